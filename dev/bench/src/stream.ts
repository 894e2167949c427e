import type { Random } from './random'

export type Kind = 'identify' | 'group' | 'track'

/** One event, with what the final check needs to know about it. */
export interface StreamEvent {
  readonly kind: Kind
  /** The person's number, from 0. */
  readonly person: number
  /** The company's number, for a group call. */
  readonly company: number
  readonly seconds: number
  readonly json: Readonly<Record<string, unknown>>
}

export interface StreamOptions {
  events: number
  people: number
  companies: number
  /** The share of group calls, from 0 to 1, that change the company's values. By default every one does. */
  companyChanges?: number
  /** The share of the events after a person's first that are group calls, from 0 to 1. */
  groupShare?: number
}

/** `2024-01-02T03:04:05Z` */
export const FIRST_SECOND = 1_704_164_645

const IDENTIFY_SHARE = 0.46
const GROUP_SHARE = 0.13
/** The share of all events: these track calls name their person by the email address alone. */
const EMAIL_SHARE = 0.07
const EVENT_NAMES = ['Opened', 'Saved', 'Shared', 'Paid', 'Closed']
const PLANS = ['free', 'pro', 'team']

export const userIdOf = (person: number) => `user-${person}`
export const emailOf = (person: number) => `person-${person}@example.com`
export const companyIdOf = (company: number) => `company-${company}`

/**
 * A random stream: people are drawn with weight 1/rank, the first event of each person is an identify, and each person
 * has one fixed company. There is one event a second, so that no event looks like a duplicate of another.
 */
export function toStream(options: StreamOptions, random: Random): StreamEvent[] {
  const { events, people, companies, groupShare = GROUP_SHARE } = options
  const draw = toDraw(people, random)
  const known = new Set<number>()
  const valuesOf = toCompanyValues(options, random)
  return Array.from({ length: events }, (_, index) => {
    // The last events go to people who were never drawn, so that the number of people is exact.
    const missing = people - known.size
    const person = missing >= events - index ? firstMissing(people, known) : draw()
    const kind = known.has(person) ? toKind(random(), groupShare) : 'identify'
    known.add(person)
    return toEvent(kind, person, person % companies, index, random, valuesOf)
  })
}

function toDraw(people: number, random: Random): () => number {
  const weights = Array.from({ length: people }, (_, rank) => 1 / (rank + 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return () => {
    let left = random() * total
    const found = weights.findIndex((weight) => (left -= weight) < 0)
    return found === -1 ? people - 1 : found
  }
}

interface CompanyValues {
  plan: string | undefined
  employees: number
}

/** Returns the values of a company for one group call. */
function toCompanyValues({ companyChanges }: StreamOptions, random: Random) {
  const last = new Map<number, CompanyValues>()
  return (company: number, changed: CompanyValues): CompanyValues => {
    const before = last.get(company)
    const isRepeated = companyChanges !== undefined && before !== undefined && random() >= companyChanges
    const values = isRepeated ? before : changed
    last.set(company, values)
    return values
  }
}

function firstMissing(people: number, known: ReadonlySet<number>): number {
  return Array.from({ length: people }, (_, person) => person).find((person) => !known.has(person)) ?? 0
}

function toKind(chance: number, groupShare: number): Kind | 'track-by-email' {
  if (chance < IDENTIFY_SHARE) return 'identify'
  if (chance < IDENTIFY_SHARE + groupShare) return 'group'
  return chance >= 1 - EMAIL_SHARE ? 'track-by-email' : 'track'
}

function toEvent(
  kind: Kind | 'track-by-email',
  person: number,
  company: number,
  index: number,
  random: Random,
  valuesOf: ReturnType<typeof toCompanyValues>
): StreamEvent {
  const seconds = FIRST_SECOND + index
  const timestamp = new Date(seconds * 1000).toISOString()
  const common = { messageId: `m-${index}`, timestamp, context: {} }
  const userId = userIdOf(person)
  const plan = PLANS[Math.floor(random() * PLANS.length)]
  const event = EVENT_NAMES[index % EVENT_NAMES.length]
  switch (kind) {
    case 'identify': {
      const traits = { email: emailOf(person), name: `Person ${person}, ${index}`, plan }
      return { kind, person, company, seconds, json: { ...common, type: 'identify', userId, traits } }
    }
    case 'group': {
      const traits = { name: `Company ${company}`, ...valuesOf(company, { plan, employees: index }) }
      const json = { ...common, type: 'group', userId, groupId: companyIdOf(company), traits }
      return { kind, person, company, seconds, json }
    }
    case 'track':
      return { kind, person, company, seconds, json: { ...common, type: 'track', userId, event, properties: { plan } } }
    case 'track-by-email': {
      const json = { ...common, type: 'track', anonymousId: 'a', event, properties: { plan, email: emailOf(person) } }
      return { kind: 'track', person, company, seconds, json }
    }
  }
}
