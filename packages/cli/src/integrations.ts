/** The names by which an event's `integrations` may speak of this destination: the catalog's, and Segment's short one. */
const NAMES = ['Intercom Cloud Mode (Actions)', 'Actions Intercom Cloud'] as const

/**
 * Whether the sender wants this event here. Segment decides that before a destination runs, so whoever stands in for
 * Segment has to: `false` under our name keeps it away, and so does `All: false` unless our name stands beside it.
 */
export function isSwitchedOn(integrations: unknown): boolean {
  if (typeof integrations !== 'object' || integrations === null) return true
  const choices = new Map<string, unknown>(Object.entries(integrations))
  const ours = NAMES.map((name) => choices.get(name))
  if (ours.includes(false)) return false
  return choices.get('All') !== false || ours.some(Boolean)
}
