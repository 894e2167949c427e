import { toRecord, toText } from '@intercom-destinations/shared-mapping'
import nock from 'nock'
import { ROWS_BY_CODE, ROWS_BY_STATUS } from '../client/error-table'
import { toSegmentError, toMultiStatusError } from '../errors'
import { answer, readFixture, type Exchange } from '../test-support/replay'
import { deliver, HOST, openWorker, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

interface Row extends Exchange {
  title: string
  code?: string
  error: { name: string; status: number; text: string }
  /** How often the response is sent; 1 by default. */
  times?: number
}

function isRow(value: unknown): value is Row {
  return toText(toRecord(toRecord(value)?.error)?.text) !== undefined
}

function readRows(): Row[] {
  const rows = readFixture('errors')
  return Array.isArray(rows) ? rows.filter(isRow) : []
}

const rows = readRows()
const group = { type: 'group', groupId: 'c1', traits: { name: 'Acme' } } as const

const worker = openWorker()

async function failure(): Promise<Record<string, unknown>> {
  const thrown: unknown = await worker.deliver(group).then(
    () => undefined,
    (error: unknown) => error
  )
  if (!(thrown instanceof Error)) throw new Error('nothing was thrown')
  return { ...thrown, name: thrown.name, message: thrown.message }
}

describe('every row of the table, from a fixture', () => {
  it.each(rows.map((row) => [row.title, row] as const))('%s', async (_title, row) => {
    for (let time = 0; time < (row.times ?? 1); time++) answer(row)
    const error = await failure()
    expect(error).toMatchObject({ name: row.error.name, status: row.error.status })
    expect(error.message).toContain(row.error.text)
    expect(nock.pendingMocks()).toEqual([])
  })

  // The four codes of this package have separate tests below.
  const ours = ['timed_out', 'unreachable', 'unreadable_answer', 'not_a_path']

  test('every code of the table has a fixture', () => {
    const shown = rows.map(({ code }) => code)
    expect([...ROWS_BY_CODE.keys()].filter((code) => !ours.includes(code) && !shown.includes(code))).toEqual([])
  })

  test('every status of the table has a fixture', () => {
    const shown = rows.map(({ response }) => response.status)
    expect([...ROWS_BY_STATUS.keys()].filter((status) => !shown.includes(status))).toEqual([])
  })
})

test('no message contains text from Intercom, personal data or the token', async () => {
  for (const row of rows) {
    for (let time = 0; time < (row.times ?? 1); time++) answer(row)
    const { message } = await failure()
    expect(message).not.toMatch(/ada@example\.com|test-access-token|write_companies/)
  }
})

test('a message contains the operation without ids, and Intercom’s request id', async () => {
  nock(HOST)
    .get('/contacts/find_by_external_id/u1')
    .reply(400, { type: 'error.list', request_id: 'req-7', errors: [{ code: 'parameter_invalid', message: 'u1?' }] })
    .post('/companies')
    .reply(200, { id: '65', name: 'Acme' })
  await expect(deliver({ ...group, userId: 'u1' })).rejects.toThrow(
    'Intercom: GET /contacts/find_by_external_id/{external_id} 400 parameter_invalid, request req-7'
  )
})

test.each([
  [404, { type: 'error.list', errors: [{ code: 'company_not_found', message: 'Company Not Found' }] }],
  [400, { type: 'error.list', errors: [{ message: 'Company already exists.' }] }],
  [400, { errors: [{ code: null, message: 'Company already exists' }] }],
  [409, { type: 'error.list', errors: [{ code: 'unique_company_constraint' }] }]
])(
  'two workers that store one company at the same moment (%p %j): stored with the second try',
  async (status, body) => {
    nock(HOST).post('/companies').reply(status, body).post('/companies').reply(200, { id: '65', name: 'Acme' })
    await expect(openWorker().deliver(group)).resolves.toMatchObject({ losses: [] })
    expect(nock.pendingMocks()).toEqual([])
  }
)

test('retries after a broken connection', async () => {
  nock(HOST).post('/companies').replyWithError(new Error('socket hang up test-access-token'))
  const error = await failure()
  expect(error).toMatchObject({ name: 'RetryableError', status: 503 })
  expect(error.message).toContain('could not be reached')
  expect(error.message).not.toContain('test-access-token')
})

test('retries after a time-out', async () => {
  nock(HOST)
    .post('/companies')
    .replyWithError(Object.assign(new Error('late'), { code: 'ETIMEDOUT' }))
  expect(await failure()).toMatchObject({
    name: 'RetryableError',
    status: 503,
    message: expect.stringContaining('in time')
  })
})

test('retries after an unreadable success', async () => {
  nock(HOST).post('/companies').reply(200, '<html>')
  expect(await failure()).toMatchObject({
    name: 'RetryableError',
    message: expect.stringContaining('cannot be read')
  })
})

test('rejects an id that cannot be part of a path before any request', async () => {
  nock(HOST).post('/companies').reply(200, { id: '65', name: 'Acme' })
  await expect(deliver(group, { mapping: { contact_id: '..' } })).rejects.toMatchObject({
    name: 'IntegrationError',
    status: 400,
    message: expect.stringContaining('not usable in a web address')
  })
})

test('reports a bug without its message', () => {
  const mistake = new TypeError('ada@example.com is not a function')
  expect(toSegmentError(mistake)).toBe(mistake)
  expect(toMultiStatusError(mistake)).toEqual({
    status: 500,
    errortype: 'UNKNOWN_ERROR',
    errormessage: 'The destination itself failed on this event. Tell its maintainers when it happens again.'
  })
})
