import type { DestinationCard, Json, JsonObject, SubscriptionRow } from '../../contract'
import { isJsonList } from '../../json-guards'
import { isSameJson } from '../form/json-value'
import { areSameRows, withKey, type KeyedRow } from './keyed-rows'

/** A row for an action, filled with the defaults of its fields. */
export function newRow(card: DestinationCard, action: string, taken: readonly SubscriptionRow[]): SubscriptionRow {
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

/** Whether a mapping file would replace edited mappings: rows that are neither the presets nor those of the file. */
export function isReplacing(
  file: Json,
  rows: readonly SubscriptionRow[],
  presets: readonly SubscriptionRow[]
): file is Json[] {
  if (!isJsonList(file) || file.length === 0 || rows.length === 0 || areSameRows(rows, presets)) return false
  return !isSameJson(
    file,
    rows.map((row) => ({ ...row }))
  )
}

export function sayReplacing(here: number, there: number, file: string): string {
  const old = here === 1 ? 'the mapping that is here' : `the ${here} mappings that are here`
  return `Replace ${old} by the ${there === 1 ? 'one' : there} of ${file}?`
}

function freeName(wanted: string, taken: readonly SubscriptionRow[]): string {
  const names = taken.map(({ name }) => name)
  if (!names.includes(wanted)) return wanted
  let count = 2
  while (names.includes(`${wanted} ${count}`)) count += 1
  return `${wanted} ${count}`
}
