import type { Json, JsonObject } from '../../contract'
import { isJsonObject } from '../../json-guards'

/**
 * The keys by which an event proves to Intercom who a person is. With such a proof another person could open the
 * conversations of that person, so it does not go into a file.
 */
const PROOF_KEYS: ReadonlySet<string> = new Set([
  'user_hash',
  'userHash',
  'intercom_user_jwt',
  'intercomUserJwt',
  'jwt'
])

/** The event without proofs of identity, wherever they are. */
export const withoutProofs = (event: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(event).flatMap(([key, value]): [string, Json][] =>
      PROOF_KEYS.has(key) ? [] : [[key, withoutProofsBelow(value)]]
    )
  )

function withoutProofsBelow(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutProofsBelow)
  return isJsonObject(value) ? withoutProofs(value) : value
}
