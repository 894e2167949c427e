/** The names of the cloud destination in an event's `integrations`: the catalog's name and the short one. */
export const CLOUD_NAMES = ['Intercom Cloud Mode (Actions)', 'Actions Intercom Cloud'] as const
/** The names of the web destination. */
export const WEB_NAMES = ['Intercom Web (Actions)', 'Actions Intercom Web'] as const

/**
 * Whether an event's `integrations` allow the destination. Segment checks this before a destination runs, so every other
 * host has to check it. `false` under one of its names excludes the destination, and so does `All: false` unless one of
 * its names is listed with another value.
 */
export function isAllowedByIntegrations(integrations: unknown, names: readonly string[] = CLOUD_NAMES): boolean {
  if (typeof integrations !== 'object' || integrations === null) return true
  const choices = new Map<string, unknown>(Object.entries(integrations))
  const ours = names.map((name) => choices.get(name))
  if (ours.includes(false)) return false
  return choices.get('All') !== false || ours.some(Boolean)
}
