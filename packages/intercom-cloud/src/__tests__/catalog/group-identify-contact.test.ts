import { answerRequests, refuseOtherRequests } from '../../test-support/answer-requests'
import { COMPANY, CONTACT, openDestination, toCall, toErrors } from '../../test-support/test-destination'

refuseOtherRequests()

const ACTION = 'groupIdentifyContact'
const event = { type: 'group' as const, userId: 'u1', groupId: 'c1', traits: { name: 'Acme' } }
const written = { to: 'POST /companies', body: COMPANY }

test('writes the company, and attaches the contact', async () => {
  const sent = answerRequests(
    written,
    { to: 'GET /contacts/find_by_external_id/u1', body: CONTACT },
    { to: 'POST /contacts/65a1/companies', body: COMPANY }
  )
  await openDestination().testAction(ACTION, toCall(event))
  expect(sent).toEqual([
    ['POST /companies', { company_id: 'c1', name: 'Acme' }],
    ['GET /contacts/find_by_external_id/u1'],
    ['POST /contacts/65a1/companies', { id: '65c1' }]
  ])
})

test('attaches the contact that the mapping names, without a search', async () => {
  const sent = answerRequests(written, { to: 'POST /contacts/65a9/companies', body: COMPANY })
  await openDestination().testAction(ACTION, toCall(event, { contact_id: '65a9' }))
  expect(sent.map(([operation]) => operation)).toEqual(['POST /companies', 'POST /contacts/65a9/companies'])
})

test('sends the creation of the company in seconds', async () => {
  const sent = answerRequests(written)
  const traits = { name: 'Acme', createdAt: '2020-01-01T00:00:00Z' }
  await openDestination().testAction(ACTION, toCall({ ...event, userId: null, traits }))
  expect(sent).toEqual([['POST /companies', { company_id: 'c1', name: 'Acme', remote_created_at: 1577836800 }]])
})

test('attaches no owner of an address that is the company’s own', async () => {
  const sent = answerRequests(written)
  const traits = { name: 'Acme', email: 'info@acme.example' }
  await openDestination().testAction(ACTION, toCall({ ...event, userId: null, traits }))
  expect(sent.map(([operation]) => operation)).toEqual(['POST /companies'])
})

test('keeps the company, and tries again, while Intercom does not have the person', async () => {
  answerRequests(written, {
    to: 'GET /contacts/find_by_external_id/u1',
    status: 404,
    body: toErrors('not_found', 'User Not Found')
  })
  await expect(openDestination().testAction(ACTION, toCall(event))).rejects.toMatchObject({ name: 'RetryableError' })
})
