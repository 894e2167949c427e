import { scenarios } from '@intercom-destinations/scenarios'
import type { Loss } from '@intercom-destinations/shared-mapping'
import { deliver, openWorkspace, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const mine = scenarios.filter(
  ({ requests, rejected, lastBody }) => requests !== undefined || rejected !== undefined || lastBody !== undefined
)

test('the book has examples for this half', () => {
  expect(mine.length).toBeGreaterThan(20)
})

describe('the book of examples, through the presets', () => {
  it.each(mine.map((scenario) => [scenario.title, scenario] as const))('%s', async (_title, scenario) => {
    const { operations, body } = openWorkspace({ seed: { contacts: scenario.given?.contacts ?? [] } })
    const losses: Loss[] = []
    const last = scenario.events.length - 1
    for (const [index, event] of scenario.events.entries()) {
      const delivery = deliver(event)
      if (index === last && scenario.rejected !== undefined) await expect(delivery).rejects.toThrow(scenario.rejected)
      else losses.push(...(await delivery).losses)
    }
    if (scenario.requests) expect(operations()).toEqual(scenario.requests)
    if ('lastBody' in scenario) expect(body()).toEqual(scenario.lastBody)
    expect(losses).toEqual(scenario.requestLosses ?? scenario.losses ?? [])
  })
})
