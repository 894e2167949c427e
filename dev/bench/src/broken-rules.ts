import type { EmulatorState } from '@intercom-destinations/emulator'
import type { Batch } from './batches'
import { companyIdOf, userIdOf } from './stream'

/** Compares what Intercom holds in the end with what was sent: everything exactly once, with its last values. */
export function toBrokenRules(state: EmulatorState, batches: readonly Batch[]): string[] {
  const sent = batches.flatMap(({ events }) => events).sort((a, b) => a.seconds - b.seconds)
  const identifies = sent.filter(({ kind }) => kind === 'identify')
  const groups = sent.filter(({ kind }) => kind === 'group')
  const tracks = sent.filter(({ kind }) => kind === 'track')
  const broken: string[] = []
  const check = (isTrue: boolean, rule: string) => {
    if (!isTrue) broken.push(rule)
  }

  const active = state.contacts.filter(({ status }) => status === 'active')
  const people = new Map(identifies.map((event) => [userIdOf(event.person), event]))
  const contacts = new Map(active.map((contact) => [contact.external_id, contact]))
  check(active.length === people.size, `${people.size} people were sent, ${active.length} arrived`)
  for (const [id, { json, seconds }] of people) {
    const contact = contacts.get(id)
    const traits: { name?: unknown; plan?: unknown } =
      typeof json.traits === 'object' && json.traits !== null ? json.traits : {}
    const isLast =
      contact?.name === traits.name &&
      contact?.custom_attributes.plan === traits.plan &&
      contact?.last_seen_at === seconds
    check(isLast, `${id} does not have the values of the last identify`)
  }

  const companies = new Map(groups.map((event) => [companyIdOf(event.company), event]))
  check(
    state.companies.length === companies.size,
    `${companies.size} companies were sent, ${state.companies.length} arrived`
  )
  for (const company of state.companies) {
    const traits: unknown = companies.get(company.company_id)?.json.traits
    const size: unknown =
      typeof traits === 'object' && traits !== null && 'employees' in traits ? traits.employees : undefined
    check(company.size === size, `${company.company_id} does not have the values of the last group call`)
  }
  const attached = new Set(groups.map(({ person, company }) => `${userIdOf(person)} ${companyIdOf(company)}`))
  const nameOf = new Map(state.companies.map(({ id, company_id }) => [id, company_id]))
  const present = active.flatMap(({ external_id, companyIds }) =>
    companyIds.map((id) => `${external_id ?? ''} ${nameOf.get(id) ?? ''}`)
  )
  check(
    present.length === attached.size && present.every((membership) => attached.has(membership)),
    'people are not members of exactly their companies'
  )

  check(state.events.length === tracks.length, `${tracks.length} events were sent, ${state.events.length} arrived`)
  return broken
}
