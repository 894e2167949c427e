import type { EmulatorOptions } from '@intercom-destinations/emulator'
import { scenarios } from '@intercom-destinations/scenarios'
import nock from 'nock'
import {
  deliver,
  openWorkspace,
  withoutNetwork,
  type EventPiece
} from '../../packages/intercom-cloud/src/test-support/workspace'

withoutNetwork()

/** Both answers to what no witness tells; by itself the emulator gives the other ones. */
const OTHER_ANSWERS: readonly EmulatorOptions[] = [
  { sharedEmails: true },
  { metadataKeys: 20 },
  { refusesMetadataKeys: true },
  { freeEmails: true },
  { earlyDates: true },
  { longTexts: 'cut' },
  { longTexts: 'kept' },
  { refusesSeveralIdentifiers: true },
  { countsEventNames: true }
]

interface Played {
  readonly given?: Parameters<typeof openWorkspace>[0]
  readonly events: readonly EventPiece[]
  readonly cloudMapping?: Readonly<Record<string, string>>
}

const ADA = { external_id: 'ada-1', email: 'billing@corp.example' }
const track = (properties: Record<string, unknown>): EventPiece => ({
  ...{ type: 'track', userId: 'ada-1', event: 'Paid', properties }
})

/** What touches the unknown, beside the book of scenarios. */
const PLAYED: Readonly<Record<string, Played>> = {
  'an address that another user has': {
    given: { seed: { contacts: [ADA] } },
    events: [{ type: 'identify', userId: 'ada-2', traits: { email: ADA.email, name: 'Ada' } }]
  },
  'twelve properties, one with a dot and one with a dollar sign': {
    given: { seed: { contacts: [ADA] } },
    events: [
      track({ 'a.b': 1, a$b: 2, ...Object.fromEntries(Array.from({ length: 10 }, (_, key) => [`k${key}`, key])) })
    ]
  },
  'a sign-up before 1970': {
    events: [{ type: 'identify', userId: 'old', traits: { createdAt: '1965-05-01', name: 'Old' } }]
  },
  'a name, an address and an attribute that are too long': {
    events: [
      {
        ...{ type: 'identify', userId: 'long' },
        traits: { name: 'x'.repeat(256), email: `${'x'.repeat(256)}@example.com`, plan: 'x'.repeat(256) }
      }
    ]
  },
  'an address that is none': { events: [{ type: 'identify', userId: 'none', traits: { email: 'none', name: 'N' } }] }
}

/** Which of the events are delivered. */
const delivered = async ({ given, events, cloudMapping }: Played, answers: EmulatorOptions): Promise<boolean[]> => {
  // One workspace at a time: the first one would answer for the next.
  nock.cleanAll()
  const { emulator } = openWorkspace({ ...given, ...answers })
  const done: boolean[] = []
  for (const event of events) {
    done.push(
      await deliver(event, { mapping: { ...cloudMapping } }).then(
        () => true,
        () => false
      )
    )
  }
  expect(emulator.requests.filter(({ status }) => status === 501)).toEqual([])
  return done
}

/** All of them at once. */
const OTHERWISE: EmulatorOptions = Object.assign({}, ...OTHER_ANSWERS)

describe.each(Object.entries(PLAYED))('%s', (_title, played) => {
  it.each([{}, ...OTHER_ANSWERS])('is delivered, whatever the answer is: %j', async (answers) => {
    expect(await delivered(played, answers)).toEqual([true])
  })
})

describe('the book of scenarios', () => {
  it.each(scenarios.map((one) => [one.title, one] as const))(
    '%s: the same is delivered whatever the answers are',
    async (_title, { given, ...scenario }) => {
      const played = { ...scenario, given: { seed: { ...given } } }
      expect(await delivered(played, OTHERWISE)).toEqual(await delivered(played, {}))
    }
  )
})
