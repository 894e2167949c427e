import { openEngine } from '../../test-support/open-engine'

const open = async () => {
  const opened = await openEngine()
  const { emulator, change } = opened
  change('cloud', { enabled: false })
  opened.around.pageWorkspace = { state: emulator.state, open: (visitorId) => emulator.openMessenger({ visitorId }) }
  return opened
}

test('with the cloud half off, a visitor’s page makes a visitor, and the sign-up a user', async () => {
  const { emulator, watch, close } = await open()
  const viewed = await watch({ type: 'track', anonymousId: 'a1', event: 'Product Viewed' })
  expect(emulator.state.visitors).toMatchObject([{ user_id: 'a1' }])
  expect(viewed?.held).toMatchObject([
    { kind: 'visitor', title: 'Visitor a1', isNew: true },
    { kind: 'event', title: 'Product Viewed', isNew: true }
  ])
  const signUp = {
    type: 'identify',
    anonymousId: 'a1',
    userId: 'u1',
    traits: { name: 'Ada', email: 'ada@example.com' }
  }
  const trace = await watch(signUp)
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', name: 'Ada', email: 'ada@example.com' }])
  expect(emulator.state.visitors).toEqual([])
  expect(trace?.held).toMatchObject([{ kind: 'contact', title: 'Ada', isNew: true }])
  await close()
})

test('the page of a known user is theirs before any identify', async () => {
  const { emulator, watch, close } = await open()
  await watch({ type: 'track', userId: 'u1', event: 'Invited' })
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1' }])
  expect(emulator.state.events).toMatchObject([{ event_name: 'Invited', contactId: emulator.state.contacts[0]?.id }])
  await close()
})

test('an event of which nothing is sent is not called delivered', async () => {
  const { watch, close } = await openEngine()
  const trace = await watch({ type: 'track', userId: 'u1' })
  expect([trace?.web.outcome.state, trace?.web.outcome.calls]).toEqual(['nothing-sent', 0])
  await close()
})
