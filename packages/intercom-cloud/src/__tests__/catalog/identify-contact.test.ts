import { answerRequests, refuseOtherRequests } from '../../test-support/answer-requests'
import { CONTACT, openDestination, SECONDS, toCall, toErrors, toFound } from '../../test-support/test-destination'

refuseOtherRequests()

const ACTION = 'identifyContact'
const identify = toCall({ type: 'identify', userId: 'u1', traits: { name: 'Ada' } })
const body = { role: 'user', external_id: 'u1', name: 'Ada', last_seen_at: SECONDS }

test('creates a contact that Intercom does not have', async () => {
  const sent = answerRequests({ to: 'POST /contacts', body: CONTACT })
  await openDestination().testAction(ACTION, identify)
  expect(sent).toEqual([['POST /contacts', body]])
})

test('updates a contact that Intercom has, by Intercom’s id', async () => {
  const taken = toErrors('conflict', 'A contact matching those details already exists with id=65a1')
  const sent = answerRequests(
    { to: 'POST /contacts', status: 409, body: taken },
    { to: 'PUT /contacts/65a1', body: CONTACT }
  )
  await openDestination().testAction(ACTION, identify)
  expect(sent.map(([operation]) => operation)).toEqual(['POST /contacts', 'PUT /contacts/65a1'])
})

test('restores an archived contact, then updates it', async () => {
  const archived = toErrors('conflict', 'An archived contact matching those details already exists with id=65a1')
  const sent = answerRequests(
    { to: 'POST /contacts', status: 409, body: archived },
    { to: 'POST /contacts/65a1/unarchive', body: { ...CONTACT, archived: false } },
    { to: 'PUT /contacts/65a1', body: CONTACT }
  )
  await openDestination().testAction(ACTION, identify)
  expect(sent.map(([operation]) => operation)).toEqual([
    'POST /contacts',
    'POST /contacts/65a1/unarchive',
    'PUT /contacts/65a1'
  ])
})

test('finds a lead by its address, and creates no second one', async () => {
  const lead = { ...CONTACT, role: 'lead', external_id: null, email: 'ada@example.com' }
  const sent = answerRequests(
    { to: 'POST /contacts/search', body: toFound(lead) },
    { to: 'PUT /contacts/65a1', body: lead }
  )
  const event = { type: 'identify' as const, userId: null, traits: { email: 'ada@example.com', name: 'Ada' } }
  await openDestination().testAction(ACTION, toCall(event, { role: 'lead' }))
  expect(sent.map(([operation]) => operation)).toEqual(['POST /contacts/search', 'PUT /contacts/65a1'])
})

test('refuses a person without any identity, without a request', async () => {
  const nameless = toCall({ type: 'identify', userId: null, traits: { name: 'Ada' } })
  await expect(openDestination().testAction(ACTION, nameless)).rejects.toMatchObject({ status: 400 })
})

test('leaves out one bad value, and sends the rest', async () => {
  const sent = answerRequests({ to: 'POST /contacts', body: CONTACT })
  const traits = { name: 'Ada', email: 'not-an-email', createdAt: 'yesterday', avatar: 'me.png' }
  await openDestination().testAction(ACTION, toCall({ type: 'identify', userId: 'u1', traits }))
  expect(sent).toEqual([['POST /contacts', body]])
})

test('runs a mapping that was saved before this version', async () => {
  const sent = answerRequests({ to: 'POST /contacts', body: CONTACT })
  await openDestination().testAction(ACTION, {
    ...toCall({ type: 'identify', userId: 'u1', traits: { name: 'Ada', plan: 'pro' } }),
    useDefaultMappings: false,
    mapping: {
      role: 'user',
      external_id: { '@path': '$.userId' },
      name: { '@path': '$.traits.name' },
      last_seen_at: { '@path': '$.timestamp' },
      custom_attributes: { plan: { '@path': '$.traits.plan' } }
    }
  })
  expect(sent).toEqual([['POST /contacts', { ...body, custom_attributes: { plan: 'pro' } }]])
})
