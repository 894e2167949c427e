import { answerRequests, refuseOtherRequests } from '../../test-support/answer-requests'
import { connection, CONTACT, openDestination, toCall, toErrors, toFound } from '../../test-support/test-destination'

refuseOtherRequests()

const ACTION = 'archiveContact'
const closed = { type: 'track' as const, userId: 'u1', event: 'Account Closed' }
const archived = { to: 'POST /contacts/65a1/archive', body: { ...CONTACT, archived: true } }
const restored = { to: 'POST /contacts/65a1/unarchive', body: { ...CONTACT, archived: false } }
const conflict = (which: string) => ({
  ...{ to: 'POST /contacts', status: 409 },
  body: toErrors('conflict', `${which} contact matching those details already exists with id=65a1`)
})

test('archives a user by the external ID', async () => {
  const sent = answerRequests({ to: 'GET /contacts/find_by_external_id/u1', body: CONTACT }, archived)
  await openDestination().testAction(ACTION, toCall(closed))
  expect(sent.map(([operation]) => operation)).toEqual([
    'GET /contacts/find_by_external_id/u1',
    'POST /contacts/65a1/archive'
  ])
})

test('archives a lead by the address', async () => {
  const lead = { ...CONTACT, role: 'lead', external_id: 'random', email: 'ada@example.com' }
  const sent = answerRequests({ to: 'POST /contacts/search', body: toFound(lead) }, archived)
  const event = { ...closed, userId: null, context: { traits: { email: 'ada@example.com' } } }
  await openDestination().testAction(ACTION, toCall(event))
  expect(sent[1]?.[0]).toBe('POST /contacts/65a1/archive')
})

test('archives and restores by Intercom’s id, without a search', async () => {
  const sent = answerRequests(archived, restored)
  const destination = openDestination()
  await destination.testAction(ACTION, toCall(closed, { contact_id: '65a1' }))
  await destination.testAction(ACTION, toCall(closed, { contact_id: '65a1', operation: 'unarchive' }))
  expect(sent).toHaveLength(2)
})

test('restores a user by the external ID alone, because the address may be that of another contact', async () => {
  const sent = answerRequests(conflict('An archived'), restored)
  const event = { ...closed, context: { traits: { email: 'ada@example.com' } } }
  await openDestination().testAction(ACTION, toCall(event, { operation: 'unarchive' }))
  expect(sent).toEqual([['POST /contacts', { role: 'user', external_id: 'u1' }], ['POST /contacts/65a1/unarchive']])
})

test('leaves a contact alone that is not archived', async () => {
  const sent = answerRequests(conflict('A'))
  await openDestination().testAction(ACTION, toCall(closed, { operation: 'unarchive' }))
  expect(sent).toHaveLength(1)
})

test('searches the people of a batch once', async () => {
  const other = { ...CONTACT, id: '65a2', external_id: 'u2' }
  const sent = answerRequests({ to: 'POST /contacts/search', body: toFound(CONTACT, other) }, archived, {
    ...{ to: 'POST /contacts/65a2/archive', body: other }
  })
  const events = ['u1', 'u2'].map((userId) => ({ ...toCall(closed).event, messageId: userId, userId }))
  await openDestination().testBatchAction(ACTION, { events, useDefaultMappings: true, ...connection })
  expect(sent).toHaveLength(3)
})
