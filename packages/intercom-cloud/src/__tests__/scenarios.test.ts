import { scenarios } from '@intercom-destinations/scenarios'
import { toRecord, type Loss } from '@intercom-destinations/shared-mapping'
import {
  deliver,
  deliverBatch,
  openWorkspace,
  toLosses,
  withoutNetwork,
  type EventPiece,
  type Options
} from '../test-support/workspace'

withoutNetwork()

const mine = scenarios.filter(
  ({ requests, rejected, lastBody }) => requests !== undefined || rejected !== undefined || lastBody !== undefined
)

test('the book has examples for the cloud half', () => {
  expect(mine.length).toBeGreaterThan(20)
})

interface Told {
  losses: Loss[]
  doubtful: Loss[]
}

/** The parts of a delivery that a scenario checks, through either entry point. */
const ENTRY_POINTS = {
  onEvent: (event: EventPiece, options: Options): Promise<Told> => deliver(event, options),
  onBatch: async (event: EventPiece, options: Options): Promise<Told> => {
    const [verdict] = await deliverBatch([event], options)
    // No subscription matches.
    if (!verdict) return { losses: [], doubtful: [] }
    if (verdict.status !== 200) throw new Error(String(verdict.errormessage))
    const body = toRecord(verdict.body)
    return { losses: toLosses(body?.losses), doubtful: toLosses(body?.doubtful) }
  }
}

describe.each([['onEvent', ENTRY_POINTS.onEvent] as const, ['onBatch', ENTRY_POINTS.onBatch] as const])(
  'the book of examples, through the presets and %s',
  (_door, send) => {
    it.each(mine.map((scenario) => [scenario.title, scenario] as const))('%s', async (_title, scenario) => {
      const { operations, body } = openWorkspace({ seed: { ...scenario.given } })
      const losses: Loss[] = []
      const doubtful: Loss[] = []
      const last = scenario.events.length - 1
      for (const [index, event] of scenario.events.entries()) {
        const delivery = send(event, { mapping: { ...scenario.cloudMapping } })
        if (index === last && scenario.rejected !== undefined) await expect(delivery).rejects.toThrow(scenario.rejected)
        else {
          const report = await delivery
          losses.push(...report.losses)
          doubtful.push(...report.doubtful)
        }
      }
      if (scenario.requests) expect(operations()).toEqual(scenario.requests)
      if ('lastBody' in scenario) expect(body()).toEqual(scenario.lastBody)
      expect(losses).toEqual(scenario.requestLosses ?? scenario.losses ?? [])
      expect(doubtful).toEqual(scenario.requestDoubtful ?? scenario.doubtful ?? [])
    })
  }
)
