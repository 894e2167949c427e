import { createTestIntegration, type SegmentEvent } from '@segment/actions-core'
import { scenarios, type Scenario } from '@intercom-destinations/scenarios'
import { toRecord, type Loss } from '@intercom-destinations/shared-mapping'
import { intercomCloud } from '..'
import { openWorkspace, toEvent, toLosses, withoutNetwork, type EventPiece } from '../test-support/workspace'

withoutNetwork()

/** The action of the preset for each type of event. */
const ACTIONS = new Map([
  ['identify', 'identifyContact'],
  ['group', 'groupIdentifyContact'],
  ['track', 'trackEvent']
])

const AUTH = { accessToken: 'test-access-token', refreshToken: '' }

/** The events of the book for the cloud half, each with an action, through the defaults alone. */
const mine = scenarios.filter(
  ({ events, requests, rejected, lastBody, cloudMapping }) =>
    cloudMapping === undefined &&
    (requests !== undefined || rejected !== undefined || lastBody !== undefined) &&
    events.every(({ type }) => ACTIONS.has(type))
)

/** Sets every part for which `createTestEvent` would add a person and a page. */
function toWholeEvent(piece: EventPiece): SegmentEvent {
  return toEvent({ userId: null, anonymousId: 'a1', context: {}, ...piece })
}

/** One process with the destination, from Segment's kit. Its clock is years ahead, so that no event is retried. */
function openKit() {
  return createTestIntegration(intercomCloud({ now: () => Number.MAX_SAFE_INTEGER }))
}

interface Report {
  losses: Loss[]
  doubtful: Loss[]
}

function toReport(report: unknown): Report {
  const { losses, doubtful } = toRecord(report) ?? {}
  return { losses: toLosses(losses), doubtful: toLosses(doubtful) }
}

/** With an event and the default mappings only, so that the kit's own logger and stats are used. */
const ENTRY_POINTS = {
  testAction: async (action: string, event: SegmentEvent): Promise<Report> => {
    const kit = openKit()
    await kit.testAction(action, { event, auth: AUTH, useDefaultMappings: true })
    return toReport(kit.results.find(({ output }) => output === 'Action Executed')?.data)
  },
  testBatchAction: async (action: string, event: SegmentEvent): Promise<Report> => {
    const kit = openKit()
    await kit.testBatchAction(action, { events: [event], auth: AUTH, useDefaultMappings: true })
    const [verdict] = (kit.results[0]?.multistatus ?? []).map((node) => toRecord(node))
    if (verdict?.status !== 200) throw new Error(String(verdict?.errormessage))
    return toReport(verdict.body)
  }
}

async function run(
  scenario: Scenario,
  send: (action: string, event: SegmentEvent) => Promise<Report>
): Promise<Report> {
  const report: Report = { losses: [], doubtful: [] }
  for (const [index, piece] of scenario.events.entries()) {
    const sent = send(ACTIONS.get(piece.type) ?? '', toWholeEvent(piece))
    if (index === scenario.events.length - 1 && scenario.rejected !== undefined) {
      await expect(sent).rejects.toThrow(scenario.rejected)
      continue
    }
    const { losses, doubtful } = await sent
    report.losses.push(...losses)
    report.doubtful.push(...doubtful)
  }
  return report
}

describe.each([
  ['testAction', ENTRY_POINTS.testAction] as const,
  ['testBatchAction', ENTRY_POINTS.testBatchAction] as const
])('the book of examples runs in Segment’s test kit, by %s with its defaults', (_door, send) => {
  test('there are examples of success, losses and rejections', () => {
    const lossy = mine.filter(({ losses = [], requestLosses = [] }) => losses.length + requestLosses.length > 0)
    const refused = mine.filter(({ rejected }) => rejected !== undefined)
    expect(lossy.length).toBeGreaterThan(10)
    expect(refused.length).toBeGreaterThan(2)
    expect(mine.length - lossy.length - refused.length).toBeGreaterThan(10)
  })

  test.each(mine.map((scenario) => [scenario.title, scenario] as const))('%s', async (_title, scenario) => {
    const { operations, body } = openWorkspace({ seed: { ...scenario.given } })
    expect(await run(scenario, send)).toEqual({
      losses: scenario.requestLosses ?? scenario.losses ?? [],
      doubtful: scenario.requestDoubtful ?? scenario.doubtful ?? []
    })
    if (scenario.requests) expect(operations()).toEqual(scenario.requests)
    if ('lastBody' in scenario) expect(body()).toEqual(scenario.lastBody)
  })
})

describe('executeBatch returns each result at its own index', () => {
  const person = { contacts: [{ role: 'user', external_id: 'u1' }] } as const
  const refused = (text: string) => ({ status: 400, errormessage: expect.stringContaining(text) })
  const lost = (...losses: [path: string, reason: string][]) => ({
    status: 200,
    body: { losses: losses.map(([path, reason]) => ({ path, reason })) }
  })

  const batches: [action: string, events: EventPiece[], verdicts: object[]][] = [
    [
      'identifyContact',
      [
        { type: 'identify', userId: 'u1', traits: { name: 'Ada', cart: {} } },
        { type: 'identify', userId: 'u2', traits: { phone: { home: '1' } } },
        { type: 'identify', userId: 'u3', traits: { name: 'Grace' } },
        { type: 'identify', userId: null, traits: { name: 'No one' } },
        { type: 'identify', userId: 'u1', traits: { avatar: 'me.png' } }
      ],
      [
        lost(['custom_attributes.cart', 'nested-value']),
        refused('Phone Number must be a string but it was an object'),
        lost(),
        refused('neither a user id nor an e-mail address'),
        lost(['avatar', 'not-a-url'])
      ]
    ],
    [
      'groupIdentifyContact',
      [
        { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme', offices: ['Berlin'] } },
        { type: 'group', userId: 'u1', traits: { name: 'No id' } },
        { type: 'group', userId: 'u1', groupId: 'c2', traits: { employees: '11-50' } },
        { type: 'group', userId: 'unknown', groupId: 'c3', traits: { name: 'Initech' } }
      ],
      [
        lost(['company.custom_attributes.offices', 'nested-value']),
        refused('company_id'),
        lost(['company.size', 'not-a-number']),
        lost(['contact', 'unknown-contact'])
      ]
    ],
    [
      'trackEvent',
      [
        { type: 'track', userId: 'u1', event: 'Opened', properties: { seats: 3 } },
        { type: 'track', userId: null, event: 'Opened', properties: {} },
        { type: 'track', userId: 'u1', event: '', properties: {} },
        { type: 'track', userId: 'u1', event: 'Paid', properties: { revenue: '$1', cart: [] } },
        { type: 'track', userId: 'unknown', event: 'Opened', properties: {} },
        { type: 'track', userId: 'u1', event: 'Opened', properties: { again: true } }
      ],
      [
        lost(),
        refused('does not name a person'),
        refused('needs a name'),
        lost(['revenue', 'not-money'], ['metadata.cart', 'nested-value']),
        refused('does not know the person'),
        lost(['event', 'same-second-event'])
      ]
    ]
  ]

  test.each(batches)('%s', async (action, events, verdicts) => {
    openWorkspace({ seed: person })
    const kit = openKit()
    const { mapping } = intercomCloud().presets.find(({ partnerAction }) => partnerAction === action) ?? {}
    const nodes = await kit.executeBatch(action, {
      events: events.map(toWholeEvent),
      // Saved before the defaults excluded objects, so that Segment's validation rejects an object.
      mapping: { ...mapping, ...(action === 'identifyContact' && { phone: { '@path': '$.traits.phone' } }) },
      settings: {},
      auth: AUTH
    })
    expect(nodes.map((node) => ({ ...node }))).toMatchObject(verdicts)
    expect(nodes).toHaveLength(verdicts.length)
  })
})
