import type { Json } from '../../contract'
import { toJsonLines } from '../shown/json-lines'

/** The fields of Intercom that hold a customer's own values. */
const CONTAINER = /^(?:.*\.)?(?:metadata|custom_attributes)\./

/** Context fields such as page, browser and library. No loss concerns them. */
const ASIDE = /^(?:context|integrations)\b/

/**
 * The paths of lost values in an event or a payload. A loss has its path in Intercom's terms
 * (`metadata.cart`), the payload in the field's (`event_metadata.cart`), the event in Segment's (`properties.cart`).
 */
export function findLostPlaces(value: Json, losses: readonly { readonly path: string }[]): readonly string[] {
  if (losses.length === 0) return []
  const names = new Set(losses.flatMap(({ path }) => [path, path.replace(CONTAINER, '')]))
  return toJsonLines(value)
    .map(({ path }) => path)
    .filter((path) => !ASIDE.test(path) && (names.has(path) || names.has(path.replace(/^[^.]*\./, ''))))
}
