import { createEmulator, installMessenger, type MessengerPage } from '../index'

const now = 1_700_000_000
const open = (requiresProof = false) => {
  const emulator = createEmulator({
    clock: () => now * 1000,
    contactAttributes: [{ name: 'plan', data_type: 'string' }]
  })
  const session = emulator.openMessenger({ visitorId: 'anon-1', requiresProof: () => requiresProof })
  return { emulator, session }
}

test('a page without a name is a visitor, and its events are the visitor’s', () => {
  const { emulator, session } = open()
  session.call('boot', { app_id: 'demo' })
  session.call('trackEvent', 'Product.Viewed', { price: 3 })
  expect(emulator.state.contacts).toEqual([])
  expect(emulator.state.visitors).toMatchObject([{ user_id: 'anon-1' }])
  expect(emulator.state.events).toMatchObject([
    { event_name: 'Product-Viewed', created_at: now, metadata: { price: 3 }, contactId: emulator.state.visitors[0]?.id }
  ])
})

test('a sign-up makes the visitor a user, with the events from before, attributes and a company', () => {
  const { emulator, session } = open()
  session.call('boot', { app_id: 'demo' })
  session.call('trackEvent', 'Product Viewed')
  session.call('update', {
    ...{ user_id: 'u1', email: 'ada@example.com', name: 'Ada', created_at: 1_600_000_000, plan: 'pro', seats: 3 },
    ...{ nested: { a: 1 }, utm_source: 'ad', company: { company_id: 'c1', name: 'Analytical', tier: 'gold' } }
  })
  const [ada] = emulator.state.contacts
  expect(emulator.state.visitors).toEqual([])
  expect(ada).toMatchObject({
    ...{ role: 'user', external_id: 'u1', email: 'ada@example.com', name: 'Ada', signed_up_at: 1_600_000_000 },
    ...{ last_seen_at: now, custom_attributes: { plan: 'pro', seats: 3 } }
  })
  expect(emulator.state.companies).toMatchObject([
    { company_id: 'c1', name: 'Analytical', custom_attributes: { tier: 'gold' } }
  ])
  expect(ada?.companyIds).toEqual([emulator.state.companies[0]?.id])
  expect(emulator.state.events).toMatchObject([{ event_name: 'Product Viewed', contactId: ada?.id }])
  expect(emulator.state.dataAttributes.map(({ name }) => name)).toEqual(['plan', 'seats', 'tier'])
})

test('a workspace with identity verification refuses a person without a proof and keeps the visitor', () => {
  const { emulator, session } = open(true)
  session.call('boot', { app_id: 'demo' })
  expect(session.call('update', { user_id: 'u1', name: 'Ada' })).toEqual({
    kind: 'refused',
    reason: 'The workspace requires a proof of identity'
  })
  expect([emulator.state.contacts.length, emulator.state.visitors.length]).toEqual([0, 1])
  expect(session.call('update', { user_id: 'u1', user_hash: 'abc', name: 'Ada' })).toEqual({ kind: 'written' })
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', custom_attributes: {} }])
})

test('an update with an address alone sends no ping, and after a shutdown the next person is another one', () => {
  const { emulator, session } = open()
  expect(session.call('update', { user_id: 'early' })).toEqual({ kind: 'ignored', reason: 'update before boot' })
  session.call('boot', { app_id: 'demo', user_id: 'u1' })
  expect(session.call('update', { email: 'ada@example.com' }).kind).toBe('ignored')
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', email: null }])
  session.call('shutdown')
  session.call('boot', { app_id: 'demo', user_id: 'u2' })
  session.call('update', { companies: [{ company_id: 'unnamed' }] })
  expect(emulator.state.contacts.map(({ external_id }) => external_id)).toEqual(['u1', 'u2'])
  expect(emulator.state.companies).toEqual([])
})

test('the stand-in of a page writes through its session, also after a reset of the emulator', () => {
  const { emulator, session } = open()
  const page: MessengerPage = { intercomSettings: { app_id: 'demo', user_id: 'u1' } }
  const messenger = installMessenger(page, { session })
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1' }])
  emulator.reset()
  const intercom: unknown = page.Intercom
  if (typeof intercom === 'function') Reflect.apply(intercom, undefined, ['trackEvent', 'Invited'])
  expect(messenger.problems).toEqual([])
  expect(emulator.state.events).toMatchObject([{ event_name: 'Invited' }])
  expect(emulator.state.visitors).toHaveLength(1)
})

test('the Messenger refuses the 121st event name', () => {
  const { emulator, session } = open()
  session.call('boot', { app_id: 'demo' })
  for (let name = 1; name <= 120; name += 1) session.call('trackEvent', `Event ${name}`)
  expect(session.call('trackEvent', 'Event 121').kind).toBe('refused')
  expect(emulator.state.events).toHaveLength(120)
})
