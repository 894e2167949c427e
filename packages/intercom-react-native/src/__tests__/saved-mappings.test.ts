import { ownFieldMappings } from '@intercom-destinations/scenarios'
import { DEFAULT_MAPPINGS } from '../mappings'
import { pass, startApp, toDoubts, toLosses } from '../test-support/app'
import { newPhone } from '../test-support/intercom-module'

const onPhones = ownFieldMappings.filter(({ mobile }) => mobile !== undefined)

it('objects and lists of people, companies and events are in the book', () => {
  expect(new Set(onPhones.map(({ event }) => event.type))).toEqual(new Set(['identify', 'group', 'track']))
})

it.each(onPhones)('$title: an app does the same', async ({ mapping, event, mobile, losses = [] }) => {
  const phone = newPhone(event.type === 'identify' ? {} : { login: { userId: 'u1' } })
  // The mapping of an app is added to the defaults; `null` removes one of them.
  const defaults =
    event.type === 'group' || event.type === 'track' ? DEFAULT_MAPPINGS[event.type] : DEFAULT_MAPPINGS.identify
  const removed = Object.fromEntries(Object.keys(defaults).map((field) => [field, null]))
  const { plugin, reports } = await startApp({ plugin: { mappings: { [event.type]: { ...removed, ...mapping } } } })
  await pass(plugin, { userId: 'u1', ...event })
  expect(phone.misfits).toEqual([])
  expect(phone.calls).toEqual(mobile)
  expect([...toLosses(reports), ...toDoubts(reports)]).toEqual(losses)
})
