import { scenarios } from '@intercom-destinations/scenarios'
import { runEvents, type Recorded } from '../test-support/run-events'

const ours = scenarios.filter(({ messenger }) => messenger !== undefined)

/** The book says what each event means by itself; what a page remembers between events has tests of its own. */
it.each(ours)('$title', async (scenario) => {
  const { events, webSettings, messenger, losses = [], messengerLosses = losses } = scenario
  const { doubtful = [], messengerDoubtful = doubtful } = scenario
  const pages: Recorded[] = []
  for (const event of events) pages.push(await runEvents([{ ...event }], webSettings))
  expect(pages.map(({ calls }) => calls[0]?.[0])).toEqual(pages.map(() => 'boot'))
  expect(pages.flatMap(({ calls }) => calls.slice(1))).toEqual(messenger)
  expect(pages.flatMap(({ reports }) => reports).flatMap((report) => report.losses)).toEqual(messengerLosses)
  expect(pages.flatMap(({ reports }) => reports).flatMap((report) => report.doubtful ?? [])).toEqual(messengerDoubtful)
})
