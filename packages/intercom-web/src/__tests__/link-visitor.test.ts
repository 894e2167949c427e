import { openPage } from '../test-support/open-page'
import { join, queuedCalls, setUpLoadingPage, BOOT } from '../test-support/loading-page'

setUpLoadingPage()

const at = { timestamp: '2024-01-02T03:04:05Z' }
const last_request_at = 1704164645
const linkVisitor = true
const visitor = () => 'v1'
const linked = { intercom_visitor_id: 'v1', segment_anonymous_id: 'a1' }

/** A page with a booted visitor. */
async function openVisit(settings: object = { linkVisitor }, page: Parameters<typeof openPage>[1] = { visitor }) {
  const opened = await openPage(settings, page)
  opened.analytics.setAnonymousId('a1')
  await opened.pass(600)
  return opened
}

test('the first update that names the visitor says who they were, and no later one does', async () => {
  const { analytics, calls, pass } = await openVisit()
  void analytics.identify('u1', { plan: 'pro' }, at)
  await pass(100)
  void analytics.identify('u1', { plan: 'team' }, at)
  await pass(100)
  expect(calls).toEqual([
    ['boot', BOOT],
    ['getVisitorId'],
    ['update', { ...linked, user_id: 'u1', plan: 'pro', last_request_at }],
    ['update', { user_id: 'u1', plan: 'team', last_request_at }]
  ])
})

test('without the setting Intercom is not asked', async () => {
  const { analytics, calls, pass } = await openVisit({})
  void analytics.identify('u1', { plan: 'pro' }, at)
  await pass(100)
  expect(calls).toEqual([
    ['boot', BOOT],
    ['update', { user_id: 'u1', plan: 'pro', last_request_at }]
  ])
})

test('an update without a user id names no person yet', async () => {
  const { analytics, calls, pass } = await openVisit()
  void analytics.identify({ plan: 'pro' }, at)
  await pass(100)
  void analytics.identify('u1', {}, at)
  await pass(100)
  expect(calls.map(([method]) => method)).toEqual(['boot', 'update', 'getVisitorId', 'update'])
})

test('a person who is known at the boot was no visitor of this page', async () => {
  const { analytics, calls, pass } = await openPage({ linkVisitor }, { visitor })
  void analytics.identify('u1', { plan: 'pro' }, at)
  await pass(100)
  void analytics.identify('u1', { plan: 'team' }, at)
  await pass(100)
  expect(calls.map(([method]) => method)).toEqual(['boot', 'update'])
})

test('the visitor after a logout is another one', async () => {
  let current = 'v1'
  const { analytics, calls, pass } = await openVisit({ linkVisitor }, { visitor: () => current })
  void analytics.identify('u1', {}, at)
  await pass(100)
  void analytics.reset()
  analytics.setAnonymousId('a2')
  current = 'v2'
  void analytics.identify('u2', {}, at)
  await pass(100)
  expect(calls.at(-1)).toEqual([
    'update',
    { intercom_visitor_id: 'v2', segment_anonymous_id: 'a2', user_id: 'u2', last_request_at }
  ])
})

test.each<[string, () => unknown]>([
  ['nothing', () => undefined],
  ['blank text', () => ''],
  ['an object', () => ({ id: 'v1' })],
  [
    'an error',
    () => {
      throw new Error('blocked')
    }
  ]
])('if Intercom answers %s, the person is named all the same', async (_answer, answer) => {
  const { analytics, calls, losses, pass } = await openVisit({ linkVisitor }, { visitor: answer })
  void analytics.identify('u1', { plan: 'pro' }, at)
  await pass(100)
  expect(calls.at(-1)).toEqual(['update', { user_id: 'u1', plan: 'pro', last_request_at }])
  expect(losses).toEqual([])
})

test('traits of the same names come first', async () => {
  const { analytics, calls, pass } = await openVisit()
  void analytics.identify('u1', { segment_anonymous_id: 'own' }, at)
  await pass(100)
  expect(calls.at(-1)).toEqual(['update', { ...linked, segment_anonymous_id: 'own', user_id: 'u1', last_request_at }])
})

test('before the script is loaded Intercom is not asked, and no call waits in the queue', () => {
  const session = join({ linkVisitor })
  session?.scheduleBoot()
  jest.advanceTimersByTime(600)
  session?.update({ user_id: 'u1', plan: 'pro' }, 'person')
  jest.advanceTimersByTime(100)
  expect(queuedCalls()).toEqual([
    ['boot', BOOT],
    ['update', { user_id: 'u1', plan: 'pro' }]
  ])
})

test('a Messenger that the page itself booted: its visitor is linked, its user is not', async () => {
  const visit = async (pageSettings: object) => {
    const { analytics, calls, pass } = await openVisit({ linkVisitor }, { visitor, pageSettings })
    void analytics.identify('u1', {}, at)
    await pass(100)
    return calls
  }
  expect(await visit({ app_id: 'abc123' })).toContainEqual(['update', { ...linked, user_id: 'u1', last_request_at }])
  expect(await visit({ app_id: 'abc123', user_id: 'u1' })).not.toContainEqual(['getVisitorId'])
})
