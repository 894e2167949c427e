import { DOUBT_REASONS, LOSS_REASONS, type Loss } from '@intercom-destinations/intercom-cloud'
import { toFields } from './fields'

/** The losses in an action's report; anything else in the list is ignored. */
export function toLosses(value: unknown): Loss[] {
  return Array.isArray(value) ? value.filter(isLoss) : []
}

function isLoss(value: unknown): value is Loss {
  const { path, reason } = toFields(value)
  return (
    typeof path === 'string' &&
    typeof reason === 'string' &&
    (Object.hasOwn(LOSS_REASONS, reason) || Object.hasOwn(DOUBT_REASONS, reason))
  )
}
