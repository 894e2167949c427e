import type { Problem, SubscriptionRow } from '../../contract'
import { isSameJson } from '../form/json-value'

type Rows = readonly SubscriptionRow[]

/** A row with a stable key. Its number changes when other rows are added or removed. */
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
 * Assigns the known keys to rows: first to equal rows, then to those of the same name and action. If the number of rows
 * equals that of `places`, a row of the same action at the same place counts as renamed.
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

/** A problem with the key of its row. */
export interface Refusal {
  /** Missing if it concerns no single row. */
  readonly key?: string
  /** Relative to the row: `mapping.role`. */
  readonly path: string
  readonly message: string
}

const ROW = /^subscriptions\[(\d+)\]\.?/

/** The server's problems for the rows of the request. */
export function toRefusals(problems: readonly Problem[], sent: readonly KeyedRow[]): readonly Refusal[] {
  return problems.map(({ path, message }) => {
    const [whole = '', index] = ROW.exec(path) ?? []
    const key = index === undefined ? undefined : sent[Number(index)]?.key
    return key === undefined ? { path, message } : { key, path: path.slice(whole.length), message }
  })
}

/** The problems with the current numbers of the rows. Problems of removed rows are dropped. */
export function toPlaces(refusals: readonly Refusal[], rows: readonly KeyedRow[]): readonly Problem[] {
  return refusals.flatMap(({ key, path, message }) => {
    if (key === undefined) return [{ path, message }]
    const index = rows.findIndex((one) => one.key === key)
    return index === -1 ? [] : [{ path: `subscriptions[${index}]${path === '' ? '' : `.${path}`}`, message }]
  })
}
