import { scenarios } from '@intercom-destinations/scenarios'
import { runEvents, type Recorded } from '../test-support/run-events'

const webScenarios = scenarios.filter(({ messenger }) => messenger !== undefined)

/** Each event runs on a page of its own; other tests cover what a page remembers between events. */
it.each(webScenarios)('$title', async (scenario) => {
  const { events, given, webSettings, messenger, losses = [], messengerLosses = losses } = scenario
  const visitor = given?.visitors?.[0]?.user_id
  const { doubtful = [], messengerDoubtful = doubtful } = scenario
  const pages: Recorded[] = []
  for (const event of events) pages.push(await runEvents([{ ...event }], webSettings, visitor))
  expect(pages.map(({ calls }) => calls[0]?.[0])).toEqual(pages.map(() => 'boot'))
  expect(pages.flatMap(({ calls }) => calls.slice(1))).toEqual(messenger)
  expect(pages.flatMap(({ reports }) => reports).flatMap((report) => report.losses)).toEqual(messengerLosses)
  expect(pages.flatMap(({ reports }) => reports).flatMap((report) => report.doubtful ?? [])).toEqual(messengerDoubtful)
})
