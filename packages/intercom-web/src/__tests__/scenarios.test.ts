import { scenarios } from '@intercom-destinations/scenarios'
import { runEvents } from '../test-support/run-events'

const ours = scenarios.filter(({ messenger }) => messenger !== undefined)

it.each(ours)('$title', async ({ events, webSettings, messenger, losses = [], messengerLosses = losses }) => {
  const asPageSendsThem = events.map((event) => ({ ...event }))
  const { calls, reports } = await runEvents(asPageSendsThem, webSettings)
  const [boot, ...rest] = calls
  expect(boot?.[0]).toBe('boot')
  expect(rest).toEqual(messenger)
  expect(reports.flatMap((report) => report.losses)).toEqual(messengerLosses)
})
