import type { Company, Contact, DataEvent, EmulatorState } from '@intercom-destinations/emulator'
import type { ComparedExample, DifferenceRow } from '../report/comparison'
import { isSameValue, toComparedFields, toShownPair, type ComparedFields } from './compared-fields'

/** How many different rows are kept. Custom attributes may have any number of names. */
const ROWS_KEPT = 500
const OTHERS = 'others'

export interface WorkspacesOptions {
  readonly ours: EmulatorState
  readonly theirs: EmulatorState
  /** The event that was the latest about a thing, in words such as `line 12`. */
  readonly toAt: (kind: DifferenceRow['kind'], key: string) => string | undefined
  /** Whether one pair of values of each row is shown. Values are personal data. */
  readonly values: boolean
}

/** The differences between what two workspaces hold, by field, the most frequent first. */
export function compareWorkspaces({ ours, theirs, toAt, values }: WorkspacesOptions): DifferenceRow[] {
  const rows = new DifferenceRows(values)
  for (const kind of ['contact', 'company', 'event'] as const) {
    const left = toThings(kind, ours)
    const right = toThings(kind, theirs)
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      const at = toAt(kind, key) ?? 'an event before'
      rows.compare({ kind, at }, left.get(key), right.get(key))
    }
  }
  return rows.list()
}

interface MutableRow {
  readonly kind: DifferenceRow['kind']
  readonly field: string
  onlyOurs: number
  onlyTheirs: number
  unequal: number
  readonly example: ComparedExample
}

class DifferenceRows {
  readonly #rows = new Map<string, MutableRow>()
  readonly #values: boolean

  constructor(values: boolean) {
    this.#values = values
  }

  compare(
    where: { readonly kind: DifferenceRow['kind']; readonly at: string },
    ours: ComparedFields | undefined,
    theirs: ComparedFields | undefined
  ): void {
    if (ours === undefined || theirs === undefined) {
      this.#rowOf(where, '')[theirs === undefined ? 'onlyOurs' : 'onlyTheirs'] += 1
      return
    }
    for (const field of new Set([...ours.keys(), ...theirs.keys()])) {
      const left = ours.get(field)
      const right = theirs.get(field)
      if (isSameValue(left, right)) continue
      const result = right === undefined ? 'onlyOurs' : left === undefined ? 'onlyTheirs' : 'unequal'
      this.#rowOf(where, field, [left, right])[result] += 1
    }
  }

  list(): DifferenceRow[] {
    const total = ({ onlyOurs, onlyTheirs, unequal }: DifferenceRow) => onlyOurs + onlyTheirs + unequal
    return [...this.#rows.values()].sort((a, b) => total(b) - total(a))
  }

  #rowOf(
    { kind, at }: { readonly kind: DifferenceRow['kind']; readonly at: string },
    wanted: string,
    pair?: readonly [unknown, unknown]
  ): MutableRow {
    const isKept = this.#rows.size < ROWS_KEPT || this.#rows.has(`${kind} ${wanted}`)
    const field = isKept ? wanted : OTHERS
    const key = `${kind} ${field}`
    const found = this.#rows.get(key)
    if (found) return found
    const values = this.#values && pair ? { values: toShownPair(pair) } : {}
    const row = { kind, field, onlyOurs: 0, onlyTheirs: 0, unequal: 0, example: { at, ...values } }
    this.#rows.set(key, row)
    return row
  }
}

/** The things of one kind by what both workspaces call them alike; a number tells those of the same name apart. */
function toThings(kind: DifferenceRow['kind'], state: EmulatorState): Map<string, ComparedFields> {
  const things = new Map<string, ComparedFields>()
  const add = (name: string, fields: ComparedFields) => {
    let key = name
    for (let number = 2; things.has(key); number += 1) key = `${name} #${number}`
    things.set(key, fields)
  }
  const companyIds = new Map(state.companies.map(({ id, company_id }) => [id, company_id]))
  const tagNames = new Map(state.tags.map(({ id, name }) => [id, name]))
  if (kind === 'contact') {
    for (const contact of state.contacts)
      if (contact.status === 'active') add(toContactKey(contact), toComparedFields(contact, { companyIds, tagNames }))
  } else if (kind === 'company') {
    for (const company of state.companies)
      add(toCompanyKey(company), toComparedFields(company, { companyIds, tagNames }))
  } else {
    const contactKeys = new Map(state.contacts.map((contact) => [contact.id, toContactKey(contact)]))
    for (const event of state.events)
      add(toEventKey(contactKeys.get(event.contactId) ?? '', event), toComparedFields(event, { companyIds, tagNames }))
  }
  return things
}

/** Intercom gives leads ids of their own, so they are known by their address. */
export function toContactKey({ role, external_id, email }: Pick<Contact, 'role' | 'external_id' | 'email'>): string {
  const isKnownById = role === 'user' && external_id !== null && external_id !== ''
  return isKnownById ? toUserKey(external_id) : `email ${(email ?? '').toLowerCase()}`
}

export const toUserKey = (userId: string): string => `user ${userId}`

const toCompanyKey = ({ company_id }: Company): string => company_id

export const toEventKey = (
  contactKey: string,
  { event_name, created_at }: Pick<DataEvent, 'event_name' | 'created_at'>
): string => `${contactKey} ${event_name.toLowerCase()} ${created_at}`
