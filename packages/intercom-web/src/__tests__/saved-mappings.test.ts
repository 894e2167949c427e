import { savedMappings } from '@intercom-destinations/scenarios'
import { runEvent } from '../test-support/run-events'

const mine = savedMappings.filter(({ half }) => half === 'web')

it.each(mine)('$title keeps its meaning', async ({ action, subscribe, mapping, event, calls, losses = [] }) => {
  const subscriptions = [{ name: action, enabled: true, partnerAction: action, subscribe, mapping }]
  const told = await runEvent({ ...event }, { subscriptions })
  expect(told.calls).toEqual(calls)
  expect([...told.losses, ...told.doubtful]).toEqual(losses)
})
