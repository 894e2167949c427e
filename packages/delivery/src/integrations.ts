/** The names by which an event's `integrations` may address the cloud destination: the catalog's name and the short one. */
export const CLOUD_NAMES = ['Intercom Cloud Mode (Actions)', 'Actions Intercom Cloud'] as const
/** The same for the web destination. */
export const WEB_NAMES = ['Intercom Web (Actions)', 'Actions Intercom Web'] as const

/**
 * Whether the event's `integrations` allow the destination. Segment decides this before a destination runs, so every
 * other host has to. `false` under one of its names keeps the event away, and so does `All: false` unless one of its
 * names is there too.
 */
export function isAllowedByIntegrations(integrations: unknown, names: readonly string[] = CLOUD_NAMES): boolean {
  if (typeof integrations !== 'object' || integrations === null) return true
  const choices = new Map<string, unknown>(Object.entries(integrations))
  const ours = names.map((name) => choices.get(name))
  if (ours.includes(false)) return false
  return choices.get('All') !== false || ours.some(Boolean)
}
