import { DOUBT_REASONS, LOSS_REASONS, type Loss } from '@intercom-destinations/intercom-cloud'

/** The losses in what an action reports; anything else in the list is left out. */
export function toLosses(value: unknown): Loss[] {
  return Array.isArray(value) ? value.filter(isLoss) : []
}

function isLoss(value: unknown): value is Loss {
  if (typeof value !== 'object' || value === null) return false
  const { path, reason }: { path?: unknown; reason?: unknown } = value
  return (
    typeof path === 'string' &&
    typeof reason === 'string' &&
    (Object.hasOwn(LOSS_REASONS, reason) || Object.hasOwn(DOUBT_REASONS, reason))
  )
}
