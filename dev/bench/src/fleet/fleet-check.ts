import type { EmulatorState } from '@intercom-destinations/emulator'
import { companyIdOf, emailOf, isLead, toNameOf, userIdOf, type FleetEvent } from './fleet-stream'

/** What Intercom holds in the end, against what was sent. All of it is 0 for a fleet that acts as one process. */
export interface FleetFaults {
  /** People, companies, memberships and events that are missing. */
  lost: number
  /** Contacts with one external ID or, of leads, one address, beyond the first; events of one second beyond the first. */
  doubled: number
  /** People and companies that end with another value than the last one. */
  older: number
}

export function toFleetFaults(
  state: EmulatorState,
  events: readonly FleetEvent[],
  /** Whether the lead with this address is left out. */
  isLeftOut: (email: string) => boolean
): FleetFaults {
  const active = state.contacts.filter(({ status, email }) => status === 'active' && !isLeftOut(email ?? ''))
  const ids = new Set(active.map(({ id }) => id))
  const held = state.events.filter(({ contactId }) => ids.has(contactId)).length
  const nameOf = (person: number) => (isLead(person) ? emailOf(person) : userIdOf(person))
  const contacts = groupBy(active, ({ role, email, external_id }) => (role === 'lead' ? email : external_id) ?? '')
  const identifies = toLast(events, 'identify', ({ person }) => nameOf(person))
  const groups = toLast(events, 'group', ({ company }) => companyIdOf(company))
  const companies = new Map(state.companies.map((company) => [company.company_id, company]))
  const members = new Set(
    active.flatMap(({ external_id, companyIds }) => companyIds.map((id) => `${external_id ?? ''} ${id}`))
  )
  const wantedMembers = new Set(
    events
      .filter(({ kind }) => kind === 'group')
      .map(({ person, company }) => `${userIdOf(person)} ${companies.get(companyIdOf(company))?.id ?? ''}`)
  )
  const tracks = events.filter(({ kind }) => kind === 'track').length
  const missing = (names: Iterable<string>, found: { has: (name: string) => boolean }) =>
    [...names].filter((name) => !found.has(name)).length
  return {
    lost:
      missing(identifies.keys(), contacts) +
      missing(groups.keys(), companies) +
      missing(wantedMembers, members) +
      Math.max(0, tracks - held),
    doubled: [...contacts.values()].reduce((sum, { length }) => sum + length - 1, 0) + Math.max(0, held - tracks),
    older:
      [...identifies].filter(([name, { person, seconds }]) =>
        (contacts.get(name) ?? []).some(
          (contact) => contact.name !== toNameOf(person, seconds) || contact.last_seen_at !== seconds
        )
      ).length + [...groups].filter(([id, { seconds }]) => (companies.get(id)?.size ?? seconds) !== seconds).length
  }
}

function toLast(
  events: readonly FleetEvent[],
  kind: FleetEvent['kind'],
  nameOf: (event: FleetEvent) => string
): Map<string, FleetEvent> {
  const sorted = events.filter((event) => event.kind === kind).sort((a, b) => a.seconds - b.seconds)
  return new Map(sorted.map((event) => [nameOf(event), event]))
}

function groupBy<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(nameOf(item), [...(groups.get(nameOf(item)) ?? []), item])
  return groups
}
