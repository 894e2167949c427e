import type { Random } from '../random'

/** One event, with what the check of the end needs to know about it. */
export interface FleetEvent {
  readonly kind: 'identify' | 'group' | 'track'
  readonly person: number
  readonly company: number
  /** Unix seconds. No two events of a person, and no two group calls of a company, have the same. */
  readonly seconds: number
  readonly json: Readonly<Record<string, unknown>>
}

export interface FleetStreamOptions {
  events: number
  people: number
  companies: number
  /** The first second of the events, in Unix seconds. */
  from: number
}

/** The time over which the events are spread. */
const SPAN_SECONDS = 300
const IDENTIFY_SHARE = 0.5
const GROUP_SHARE = 0.15
/** Every tenth person is a lead, who has an address and no user id. */
const LEAD_EVERY = 10
const PLANS = ['free', 'pro', 'team']

export const isLead = (person: number) => person % LEAD_EVERY === 0
export const userIdOf = (person: number) => `user-${person}`
export const emailOf = (person: number) => `person-${person}@example.com`
export const companyIdOf = (company: number) => `company-${company}`

/** Every person is identified at least once, and has one company. Each identify and group call has values of its own. */
export function toFleetStream(options: FleetStreamOptions, random: Random): FleetEvent[] {
  const { events, people, companies, from } = options
  const taken = new Set<string>()
  const toSeconds = (...names: string[]) => {
    for (let second = Math.floor(random() * SPAN_SECONDS); ; second = (second + 1) % SPAN_SECONDS) {
      const keys = names.map((name) => `${name} ${second}`)
      if (keys.some((key) => taken.has(key))) continue
      for (const key of keys) taken.add(key)
      return from + second
    }
  }
  return Array.from({ length: events }, (_, index) => {
    const person = index < people ? index : Math.floor(random() * people)
    const company = person % companies
    const chance = index < people ? 0 : random()
    const isGroup = chance >= IDENTIFY_SHARE && chance < IDENTIFY_SHARE + GROUP_SHARE && !isLead(person)
    const kind = chance < IDENTIFY_SHARE ? 'identify' : isGroup ? 'group' : 'track'
    const seconds = toSeconds(`person ${person}`, ...(isGroup ? [`company ${company}`] : []))
    return { kind, person, company, seconds, json: toJson(kind, person, company, seconds, index) }
  })
}

function toJson(kind: FleetEvent['kind'], person: number, company: number, seconds: number, index: number) {
  const ids = isLead(person) ? { anonymousId: `anonymous-${person}` } : { userId: userIdOf(person) }
  const common = { messageId: `m-${index}`, timestamp: new Date(seconds * 1000).toISOString(), ...ids }
  const plan = PLANS[index % PLANS.length]
  const email = emailOf(person)
  switch (kind) {
    case 'identify':
      return { ...common, type: 'identify', traits: { email, name: toNameOf(person, seconds), plan } }
    case 'group':
      return {
        ...common,
        type: 'group',
        groupId: companyIdOf(company),
        traits: toCompanyTraits(company, seconds, plan)
      }
    case 'track':
      return { ...common, type: 'track', event: 'Paid', properties: isLead(person) ? { email } : {} }
  }
}

/** The value of an identify. */
export const toNameOf = (person: number, seconds: number) => `Person ${person}, ${seconds}`

function toCompanyTraits(company: number, seconds: number, plan: string | undefined) {
  return { name: `Company ${company}`, plan, employees: seconds }
}
