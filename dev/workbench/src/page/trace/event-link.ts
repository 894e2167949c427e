import type { Json, JsonObject } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { readJson } from '../api'

/** An event as a part of a URL: base64url of its JSON, so that the link alone is enough to open it again. */
export function toEventCode(event: JsonObject): string {
  const bytes = new TextEncoder().encode(JSON.stringify(event))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The event of a link; `undefined` for a link that is truncated or invalid. */
export function toEventOfCode(code: string): JsonObject | undefined {
  try {
    const binary = atob(code.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
    const event = readJson<Json>(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isJsonObject(event) ? event : undefined
  } catch {
    return undefined
  }
}

/** Whether two events are equal, whatever the order of their keys. */
export const isSameEvent = (one: JsonObject, other: JsonObject): boolean => inOrder(one) === inOrder(other)

const inOrder = (value: Json): string =>
  JSON.stringify(value, (_key, part: Json) =>
    isJsonObject(part) ? Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)) : part
  )
