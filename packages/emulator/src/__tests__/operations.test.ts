import { ask, errorOf } from '../test-support/ask'
import { AT, custom, event, leaf, MISSING, ROWS, USER, workspace } from '../test-support/operations-table'

describe('the answer of an operation: precondition, status, code', () => {
  it.each(ROWS.map(([operation, precondition, ...rest]) => ({ operation, precondition, rest })))(
    '$operation — $precondition',
    async ({ operation, rest: [body, status, code] }) => {
      const reply = await ask(workspace(), operation, body)
      expect([reply.status, errorOf(reply)?.code]).toEqual([status, code])
    }
  )
})

describe('the texts of errors', () => {
  const TEXTS: [operation: string, body: unknown, message: string][] = [
    ['GET /brands', undefined, 'The emulator does not know GET /brands'],
    ['GET /visitors?user_id=x', undefined, 'Visitor Not Found'],
    ['GET /admins/2', undefined, 'Admin not found'],
    [
      'POST /contacts',
      { external_id: 'u-1' },
      `A contact matching those details already exists with id=${'a'.repeat(24)}`
    ],
    [
      'POST /contacts',
      { email: 'old@example.com' },
      `An archived contact matching those details already exists with id=${'c'.repeat(24)}`
    ],
    ['POST /contacts', custom({ zzz: 1, aaa: 2 }), "Custom attribute 'zzz' does not exist"],
    ['POST /companies', { test: 'invalid' }, "bad 'test' parameter"],
    ['POST /contacts', { external_id: 'n', owner_id: '9' }, 'The owner specified is not a member of the workspace'],
    [`GET ${MISSING}`, undefined, 'User Not Found'],
    [`PUT ${USER}`, { role: 'lead' }, "Contact with user role can't be converted to a lead"],
    ['GET /companies?company_id=x', undefined, 'Company Not Found'],
    [`POST ${USER}/companies`, {}, 'company not specified'],
    [
      'POST /events',
      { event_name: 'p', created_at: AT, email: 'twin@example.com' },
      'Multiple existing users match this email address twin@example.com - must be more specific using user_id'
    ],
    [
      'POST /contacts/search',
      { query: leaf, sort: { field: 'name', order: 'desc' } },
      "Invalid sort order 'desc'. Must be one of: ascending, descending"
    ],
    [
      'POST /data_attributes',
      { name: 'tier', model: 'contact', data_type: 'string' },
      "You already have 'tier' in your company data. To save this as new people data, use a different name."
    ],
    [
      'PUT /data_attributes/8100008',
      { archived: true },
      'The Data Attribute you are trying to archive has a dependant object'
    ],
    ['POST /events', event({ metadata: { a: [1], b: 'x', c: [] } }), 'found unpermitted parameters: :a, :c'],
    ['POST /events', event({ metadata: { a: { b: 1 } } }), 'Invalid metadata'],
    ['GET /companies?per_page=61', undefined, 'Per Page is too big'],
    ['GET /contacts?per_page=151', undefined, 'Per Page is too big'],
    ['POST /contacts/search', { query: leaf, pagination: { per_page: 151 } }, 'Per Page is too big'],
    ['GET /teams/1', undefined, 'Team not found'],
    ['PUT /data_attributes/1', {}, "We couldn't find that data attribute to update"],
    ['POST /auth/eagle/token', { code: 'x' }, 'Unauthorized Code']
  ]

  it.each(TEXTS)('%s %j', async (operation, body, message) => {
    const reply = await ask(workspace(), operation, body)
    expect(errorOf(reply)?.message).toBe(message)
  })
})
