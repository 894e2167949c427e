import { ownFieldMappings, savedMappings } from '@intercom-destinations/scenarios'
import { runEvent } from '../test-support/run-events'

const webMappings = [...savedMappings, ...ownFieldMappings].filter(({ half }) => half === 'web')

it.each(webMappings)('$title keeps its meaning', async ({ action, subscribe, mapping, event, calls, losses = [] }) => {
  const subscriptions = [{ name: action, enabled: true, partnerAction: action, subscribe, mapping }]
  const result = await runEvent({ ...event }, { subscriptions })
  expect(result.calls).toEqual(calls)
  expect([...result.losses, ...result.doubtful]).toEqual(losses)
})
