import { Destination } from '@segment/actions-core'
import { intercomCloud } from '..'
import { deliverBatch, NOW, openWorkspace, toEvent, toSettings, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const someone = { contacts: [{ role: 'user', external_id: 'u1' }] } as const
const track = (userId: string | null, event = 'Opened', properties = {}) =>
  ({ type: 'track', userId, event, properties }) as const

test('each event has its verdict at its own index, and they go out in order', async () => {
  const { operations } = openWorkspace({ seed: someone })
  const verdicts = await deliverBatch([
    track('u1', 'First'),
    track('nobody'),
    { type: 'identify', userId: 'u1' },
    track('u1', 'Second', { cart: {} }),
    track(null),
    track('u1', '')
  ])
  expect(verdicts).toMatchObject([
    { status: 200, body: { losses: [] } },
    {
      status: 400,
      errortype: 'PAYLOAD_VALIDATION_FAILED',
      errormessage: expect.stringContaining('does not know the person')
    },
    { status: 400, errormessage: expect.stringContaining('does not match the subscription') },
    { status: 200, body: { losses: [{ path: 'metadata.cart', reason: 'nested-value' }] } },
    { status: 400, errormessage: expect.stringContaining('belongs to nobody') },
    { status: 400, errormessage: expect.stringMatching(/event_name|needs a name/i) }
  ])
  expect(operations()).toEqual(['POST /events', 'POST /events', 'POST /events'])
})

test.each([
  [429, { status: 429, errortype: 'RETRYABLE_ERROR', errormessage: expect.stringContaining('rate limit') }],
  [503, { status: 503, errortype: 'RETRYABLE_ERROR', errormessage: expect.stringContaining('unavailable') }],
  [403, { status: 403, errortype: 'FORBIDDEN', errormessage: expect.stringContaining('plan') }]
])('a %i costs the event that meets it', async (status, expected) => {
  const { emulator } = openWorkspace({ seed: someone })
  emulator.fault({ status })
  expect(await deliverBatch([track('u1', 'First'), track('u1', 'Second')])).toMatchObject([expected, { status: 200 }])
})

test('a young event of somebody not there yet is to be sent again', async () => {
  openWorkspace()
  expect(await deliverBatch([track('u1')], { now: NOW })).toMatchObject([
    {
      status: 503,
      errortype: 'RETRYABLE_ERROR',
      errormessage: expect.stringContaining('does not know this person yet')
    }
  ])
})

test('a dead token fails the batch in our words, after one request', async () => {
  const { emulator, operations } = openWorkspace({ seed: someone })
  emulator.fault({ status: 401, times: 9 })
  await expect(deliverBatch([track('u1', 'First'), track('u1', 'Second')])).rejects.toThrow(
    'Connect the workspace again'
  )
  expect(operations()).toEqual(['POST /events'])
})

test('inside the batch, that is a 401 for the event and for all after it', async () => {
  const { emulator } = openWorkspace({ seed: someone })
  emulator.fault({ match: { path: '/events' }, status: 401, times: 9 })
  const { trackEvent } = intercomCloud().actions
  const destination = new Destination(intercomCloud())
  const nodes = await destination.executeBatch('trackEvent', {
    events: [track('u1', 'First'), track('u1', 'Second')].map(toEvent),
    mapping: { event_name: { '@path': '$.event' }, created_at: { '@path': '$.timestamp' }, user_id: 'u1' },
    settings: toSettings()
  })
  expect(trackEvent?.performBatch).toBeDefined()
  expect(nodes).toMatchObject([
    { status: 401, errortype: 'INVALID_AUTHENTICATION' },
    { status: 401, errortype: 'INVALID_AUTHENTICATION' }
  ])
})

test('in a batch an empty text means nothing, as it does in a single event', async () => {
  const { body } = openWorkspace()
  const traits = { email: '', name: '', phone: '', avatar: '', createdAt: '' }
  const verdicts = await deliverBatch([{ type: 'identify', userId: 'u1', traits }])
  expect(verdicts).toMatchObject([{ status: 200, body: { losses: [] } }])
  expect(body()).toEqual({ role: 'user', external_id: 'u1', last_seen_at: 1704164645 })
})

test('groups and identifies go in batches, too', async () => {
  const { operations } = openWorkspace()
  await deliverBatch([
    { type: 'identify', userId: 'u1', traits: {} },
    { type: 'identify', userId: 'u1', traits: {} }
  ])
  await deliverBatch([{ type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme' } }])
  expect(operations()).toEqual([
    'POST /contacts',
    'PUT /contacts/{contact}',
    'POST /companies',
    'GET /contacts/find_by_external_id/u1',
    'POST /contacts/{contact}/companies'
  ])
})
