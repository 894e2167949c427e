import { Context } from '@segment/analytics-next'
import { LOSS_EVENT } from '..'
import { loadPlugins, recordIntercom, renewPage, type TestSettings } from '../test-support/run-events'

/** What waits until the page is idle. */
let waiting: (() => void)[] = []
const reports: Event[] = []
const keep = (event: Event) => reports.push(event)

beforeEach(() => {
  renewPage()
  waiting = []
  reports.length = 0
  Object.assign(window, { requestIdleCallback: (act: () => void) => waiting.push(act) })
  window.addEventListener(LOSS_EVENT, keep)
})
afterEach(() => {
  window.removeEventListener(LOSS_EVENT, keep)
  Reflect.deleteProperty(window, 'requestIdleCallback')
})

/** Lets the page be idle until nothing waits for it, and returns how often it was. */
async function idle(): Promise<number> {
  let moments = 0
  for (let acts = waiting.splice(0); acts.length > 0; acts = waiting.splice(0)) {
    expect(acts).toHaveLength(1)
    moments += 1
    acts[0]?.()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return moments
}

async function toCalls(settings: TestSettings, isRehearsed: boolean): Promise<unknown[][]> {
  const calls = recordIntercom()
  const { plugins } = await loadPlugins(settings)
  if (isRehearsed) await idle()
  const timestamp = '2024-01-02T03:04:05Z'
  for (const plugin of plugins) {
    await plugin.identify?.(new Context({ type: 'identify', userId: 'u1', traits: { plan: 'pro' }, timestamp }))
    await plugin.track?.(new Context({ type: 'track', userId: 'u1', event: 'Paid', properties: { seats: 2 } }))
  }
  window.dispatchEvent(new Event('pagehide'))
  renewPage()
  return calls
}

it('takes one idle moment for each type and mapping, so that the page can answer in between', async () => {
  await loadPlugins()
  expect(await idle()).toBe(9)
})

it('sends nothing to Intercom and reports nothing', async () => {
  const calls = recordIntercom()
  const log = jest.spyOn(console, 'debug').mockImplementation()
  const subscriptions = [
    { partnerAction: 'trackEvent', enabled: true, subscribe: 'type = "track"', mapping: {} },
    { partnerAction: 'identifyCompany', enabled: true, subscribe: 'type = "group"', mapping: { company: 5 } }
  ]
  await loadPlugins({ debug: true, subscriptions })
  expect(await idle()).toBe(6)
  expect([calls, reports, log.mock.calls]).toEqual([[], [], []])
})

it('changes nothing of what the first event sends', async () => {
  const calls = await toCalls({}, true)
  expect(calls).toEqual(await toCalls({}, false))
  expect(calls.map(([command]) => command)).toEqual(['boot', 'trackEvent'])
})

it('ends quietly at a mapping that cannot be followed', async () => {
  const mapping = { event_name: { '@none': '$.event' } }
  await loadPlugins({
    subscriptions: [{ partnerAction: 'trackEvent', enabled: true, subscribe: 'type = "track"', mapping }]
  })
  expect(await idle()).toBe(2)
})

it('does not run in a browser that has no idle moments', async () => {
  Reflect.deleteProperty(window, 'requestIdleCallback')
  await loadPlugins()
  expect(waiting).toEqual([])
})
