import type { Json } from '../../contract'
import { toJsonLines } from '../shown/json-lines'

/** What Intercom calls the place of a customer's own values. */
const CONTAINER = /^(?:.*\.)?(?:metadata|custom_attributes)\./

/** Of an event: its page, its browser, its library. Nothing of it is what a loss is about. */
const ASIDE = /^(?:context|integrations)\b/

/**
 * Where in an event or a payload the values are that were left out. A loss names its place in Intercom's words
 * (`metadata.cart`), the payload in the field's (`event_metadata.cart`), the event in Segment's (`properties.cart`).
 */
export function findLostPlaces(value: Json, losses: readonly { readonly path: string }[]): readonly string[] {
  if (losses.length === 0) return []
  const names = new Set(losses.flatMap(({ path }) => [path, path.replace(CONTAINER, '')]))
  return toJsonLines(value)
    .map(({ path }) => path)
    .filter((path) => !ASIDE.test(path) && (names.has(path) || names.has(path.replace(/^[^.]*\./, ''))))
}
