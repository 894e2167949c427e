import type { DestinationCard, JsonObject, SubscriptionRow } from '../../contract'

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
export function withCopy(rows: readonly SubscriptionRow[], index: number): readonly SubscriptionRow[] {
  return rows.flatMap((row, at) =>
    at === index ? [row, { ...row, name: freeName(`${row.name} (copy)`, rows), enabled: false }] : [row]
  )
}

function freeName(wanted: string, taken: readonly SubscriptionRow[]): string {
  const names = taken.map(({ name }) => name)
  if (!names.includes(wanted)) return wanted
  let count = 2
  while (names.includes(`${wanted} ${count}`)) count += 1
  return `${wanted} ${count}`
}
