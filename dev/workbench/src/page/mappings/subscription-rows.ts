import type { DestinationCard, Json, JsonObject, SubscriptionRow } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { isSameJson } from '../form/json-value'
import { areSameRows, withKey, type KeyedRow } from './keyed-rows'

/** A ready-made row by its name, or a row for an action, filled with the defaults of its fields. */
export function newRow(card: DestinationCard, action: string, taken: readonly SubscriptionRow[]): SubscriptionRow {
  const offered = card.offered.find(({ name }) => name === action)
  if (offered) return { ...offered, name: freeName(offered.name, taken) }
  const { title, defaultSubscription, fields } = card.actions[action] ?? { title: action, fields: {} }
  const mapping: JsonObject = Object.fromEntries(
    Object.entries(fields).flatMap(([key, field]) => (field.default === undefined ? [] : [[key, field.default]]))
  )
  return {
    name: freeName(title, taken),
    partnerAction: action,
    enabled: true,
    subscribe: defaultSubscription ?? 'type = "track"',
    mapping
  }
}

/** The rows with a copy of one after it. The copy is off: both at once would send everything twice. */
export function withCopy(rows: readonly KeyedRow[], key: string): readonly KeyedRow[] {
  const names = rows.map(({ row }) => row)
  return rows.flatMap((one) =>
    one.key === key
      ? [one, withKey({ ...one.row, name: freeName(`${one.row.name} (copy)`, names), enabled: false })]
      : [one]
  )
}

/**
 * Whether a mapping file would replace edited mappings: rows that are neither the presets nor those of the file. The server
 * reads every format; an object is an answer of the Public API, or a Terraform file.
 */
export function isReplacing(
  file: Json,
  rows: readonly SubscriptionRow[],
  presets: readonly SubscriptionRow[]
): boolean {
  if (rows.length === 0 || areSameRows(rows, presets)) return false
  if (!isJsonList(file)) return isJsonObject(file)
  if (file.length === 0) return false
  return !isSameJson(
    file,
    rows.map((row) => ({ ...row }))
  )
}

/** `there` is the number of mappings in a list; `undefined` for a file that the server has yet to read. */
export function sayReplacing(here: number, there: number | undefined, file: string): string {
  const old = here === 1 ? 'the mapping that is here' : `the ${here} mappings that are here`
  if (there === undefined) return `Replace ${old} by those of ${file}?`
  return `Replace ${old} by the ${there === 1 ? 'one' : there} of ${file}?`
}

function freeName(wanted: string, taken: readonly SubscriptionRow[]): string {
  const names = taken.map(({ name }) => name)
  if (!names.includes(wanted)) return wanted
  let count = 2
  while (names.includes(`${wanted} ${count}`)) count += 1
  return `${wanted} ${count}`
}
