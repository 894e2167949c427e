import { answerRequests, refuseOtherRequests } from '../../test-support/answer-requests'
import { connection, CONTACT, openDestination, toCall, toErrors, toFound } from '../../test-support/test-destination'

refuseOtherRequests()

const ACTION = 'audienceToTag'
const personas = { computation_class: 'audience', computation_key: 'big_spenders' }
const entered = {
  type: 'identify' as const,
  userId: 'u1',
  traits: { big_spenders: true },
  context: { personas }
}
const found = { to: 'GET /contacts/find_by_external_id/u1', body: CONTACT }
const tagged = { to: 'POST /tags', body: { type: 'tag', id: '7', name: 'big_spenders' } }

test('tags a person who enters the audience', async () => {
  const sent = answerRequests(found, tagged)
  await openDestination().testAction(ACTION, toCall(entered))
  expect(sent).toEqual([
    ['GET /contacts/find_by_external_id/u1'],
    ['POST /tags', { name: 'big_spenders', users: [{ id: '65a1' }] }]
  ])
})

test('untags a person who leaves it, by a track event', async () => {
  const sent = answerRequests(found, tagged)
  const left = { ...entered, type: 'track' as const, event: 'Audience Exited', properties: { big_spenders: false } }
  await openDestination().testAction(ACTION, toCall(left))
  expect(sent[1]).toEqual(['POST /tags', { name: 'big_spenders', users: [{ id: '65a1', untag: true }] }])
})

test('works for any event, by a mapping that names the tag and the membership', async () => {
  const sent = answerRequests(found, tagged)
  await openDestination().testAction(ACTION, {
    event: { type: 'track', messageId: 'm1', userId: 'u1', event: 'Plan Changed', properties: { is_vip: 'true' } },
    mapping: {
      external_id: { '@path': '$.userId' },
      tag_name: 'VIP',
      tag_prefix: 'Segment: ',
      membership: { '@path': '$.properties.is_vip' }
    },
    ...connection
  })
  expect(sent[1]).toEqual(['POST /tags', { name: 'Segment: VIP', users: [{ id: '65a1' }] }])
})

test('finds a person by the ids that Segment lists, if the event has none of its own', async () => {
  const external_ids = [
    { type: 'anonymous_id', id: 'a1' },
    { type: 'email', id: 'ada@example.com' }
  ]
  const sent = answerRequests(
    { to: 'POST /contacts/search', body: toFound({ ...CONTACT, email: 'ada@example.com' }) },
    tagged
  )
  const event = { ...entered, userId: null, context: { personas: { ...personas, external_ids } } }
  await openDestination().testAction(ACTION, toCall(event))
  expect(sent[0]?.[1]).toMatchObject({ query: { field: 'email', operator: '=', value: 'ada@example.com' } })
  expect(sent[1]).toEqual(['POST /tags', { name: 'big_spenders', users: [{ id: '65a1' }] }])
})

test('sends one call for all who enter, and one for all who leave', async () => {
  const ids = ['u1', 'u2', 'u3']
  const people = ids.map((external_id, index) => ({ ...CONTACT, id: `65a${index + 1}`, external_id }))
  const sent = answerRequests({ to: 'POST /contacts/search', body: toFound(...people) }, tagged, tagged)
  const events = ids.map((userId) => ({
    ...toCall(entered).event,
    messageId: userId,
    userId,
    traits: { big_spenders: userId !== 'u2' }
  }))
  const destination = openDestination()
  await destination.testBatchAction(ACTION, { events, useDefaultMappings: true, ...connection })
  expect(destination.results[0]?.multistatus?.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(sent.slice(1)).toEqual([
    ['POST /tags', { name: 'big_spenders', users: [{ id: '65a1' }, { id: '65a3' }] }],
    ['POST /tags', { name: 'big_spenders', users: [{ id: '65a2', untag: true }] }]
  ])
})

test('tries again while Intercom does not have the person', async () => {
  answerRequests({ ...found, status: 404, body: toErrors('not_found', 'User Not Found') })
  await expect(openDestination().testAction(ACTION, toCall(entered))).rejects.toMatchObject({ name: 'RetryableError' })
})

test('refuses an event that names no person', async () => {
  await expect(openDestination().testAction(ACTION, toCall({ ...entered, userId: null }))).rejects.toMatchObject({
    status: 400
  })
})
