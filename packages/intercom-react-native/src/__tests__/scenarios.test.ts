import { companyScenarios, contactScenarios, eventScenarios, scenarios } from '@intercom-destinations/scenarios'
import type { LossReport } from '..'
import { pass, startApp, toDoubts, toLosses } from '../test-support/app'
import { newPhone } from '../test-support/intercom-module'

type Event = (typeof scenarios)[number]['events'][number]

/** Each event runs in an app of its own; other tests cover what an app remembers between events. */
async function runInOwnApp(event: Event): Promise<{ calls: unknown[][]; reports: LossReport[] }> {
  const isLoggedIn = event.type !== 'identify' && typeof event.userId === 'string'
  const phone = newPhone(isLoggedIn ? { login: { userId: String(event.userId) } } : {})
  const { plugin, reports } = await startApp()
  await pass(plugin, { ...event })
  expect(phone.misfits).toEqual([])
  return { calls: phone.calls, reports }
}

const withCalls = scenarios.flatMap(({ mobile, ...scenario }) =>
  mobile === undefined || typeof mobile === 'string' ? [] : [{ ...scenario, mobile }]
)

it.each(withCalls)('$title', async ({ events, mobile, ...scenario }) => {
  const { losses = [], mobileLosses = losses, doubtful = [], mobileDoubtful = doubtful } = scenario
  const calls: unknown[][] = []
  const reports: LossReport[] = []
  // An app has no page calls.
  for (const event of events.filter(({ type }) => type !== 'page')) {
    const app = await runInOwnApp(event)
    calls.push(...app.calls)
    reports.push(...app.reports)
  }
  expect(calls).toEqual(mobile)
  expect(toLosses(reports)).toEqual(mobileLosses)
  expect(toDoubts(reports)).toEqual(mobileDoubtful)
  for (const { text } of reports.flatMap((report) => [...report.losses, ...report.doubtful])) expect(text).toMatch(/\w/)
})

it('every scenario of a person, a company and an event says what an app sends, or why it takes no part', () => {
  const silent = [...contactScenarios, ...companyScenarios, ...eventScenarios].filter(
    ({ mobile }) => mobile === undefined
  )
  expect(silent.map(({ title }) => title)).toEqual([])
})
