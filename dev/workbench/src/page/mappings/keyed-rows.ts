import type { Problem, SubscriptionRow } from '../../contract'
import { isSameJson } from '../form/json-value'

type Rows = readonly SubscriptionRow[]

/** A row that stays the same one while it is edited and while others come and go: its number does not. */
export interface KeyedRow {
  readonly key: string
  readonly row: SubscriptionRow
}

let count = 0

export function withKey(row: SubscriptionRow): KeyedRow {
  count += 1
  return { key: `row-${count}`, row }
}

export function isSameRow(a: SubscriptionRow, b: SubscriptionRow): boolean {
  return (
    a === b ||
    (a.name === b.name &&
      a.partnerAction === b.partnerAction &&
      a.enabled === b.enabled &&
      a.subscribe === b.subscribe &&
      isSameJson(a.mapping, b.mapping))
  )
}

export const areSameRows = (a: Rows, b: Rows): boolean =>
  a.length === b.length &&
  a.every((row, index) => {
    const other = b[index]
    return other !== undefined && isSameRow(row, other)
  })

/**
 * Rows with the keys that they are known by: the same ones first, then those of the same name and action. Where as many
 * rows are here as stood at `places`, one of the same action at the same place is taken for the same one, renamed.
 */
export function rekey(known: readonly KeyedRow[], rows: Rows, places: readonly KeyedRow[] = []): readonly KeyedRow[] {
  const taken = new Set<string>()
  const claim = (is: (one: SubscriptionRow) => boolean): KeyedRow | undefined => {
    const found = known.find(({ key, row }) => !taken.has(key) && is(row))
    if (found) taken.add(found.key)
    return found
  }
  const same = rows.map((row) => claim((one) => isSameRow(one, row)))
  const alike = rows.map((row, index) => {
    if (same[index]) return same[index]
    const before = claim((one) => one.name === row.name && one.partnerAction === row.partnerAction)
    return before && { key: before.key, row }
  })
  return rows.map((row, index) => {
    const place = places.length === rows.length ? places[index] : undefined
    const isThere = place?.row.partnerAction === row.partnerAction && !taken.has(place.key)
    return alike[index] ?? (isThere ? { key: place.key, row } : withKey(row))
  })
}

/** What is wrong, and with which row. */
export interface Refusal {
  /** Missing where it is about none of them. */
  readonly key?: string
  /** Of a row: from there on, `mapping.role`. */
  readonly path: string
  readonly message: string
}

const ROW = /^subscriptions\[(\d+)\]\.?/

/** What the server says of the rows that it was sent. */
export function toRefusals(problems: readonly Problem[], sent: readonly KeyedRow[]): readonly Refusal[] {
  return problems.map(({ path, message }) => {
    const [whole = '', index] = ROW.exec(path) ?? []
    const key = index === undefined ? undefined : sent[Number(index)]?.key
    return key === undefined ? { path, message } : { key, path: path.slice(whole.length), message }
  })
}

/** The same, with the numbers that the rows have now. What was wrong with a row that is gone is gone with it. */
export function toPlaces(refusals: readonly Refusal[], rows: readonly KeyedRow[]): readonly Problem[] {
  return refusals.flatMap(({ key, path, message }) => {
    if (key === undefined) return [{ path, message }]
    const index = rows.findIndex((one) => one.key === key)
    return index === -1 ? [] : [{ path: `subscriptions[${index}]${path === '' ? '' : `.${path}`}`, message }]
  })
}
