/** The names by which an event's `integrations` may speak of a destination: the catalog's, and Segment's short one. */
export const CLOUD_NAMES = ['Intercom Cloud Mode (Actions)', 'Actions Intercom Cloud'] as const
export const WEB_NAMES = ['Intercom Web (Actions)', 'Actions Intercom Web'] as const

/**
 * Whether the sender wants this event there. Segment decides that before a destination runs, so whoever stands in for
 * Segment has to: `false` under its name keeps it away, and so does `All: false` unless its name stands beside it.
 */
export function isSwitchedOn(integrations: unknown, names: readonly string[] = CLOUD_NAMES): boolean {
  if (typeof integrations !== 'object' || integrations === null) return true
  const choices = new Map<string, unknown>(Object.entries(integrations))
  const ours = names.map((name) => choices.get(name))
  if (ours.includes(false)) return false
  return choices.get('All') !== false || ours.some(Boolean)
}
