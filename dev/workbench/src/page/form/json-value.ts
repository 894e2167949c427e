import type { Json, JsonObject } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { readJson } from '../api'

/** An own value of an object, never one of its prototype. */
export const ownValue = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined

/** The object with another value at a key, or without the key. Its keys keep their order. */
export function withValue(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  const entries = Object.entries(object)
  if (value === undefined) return Object.fromEntries(entries.filter(([other]) => other !== key))
  if (!Object.hasOwn(object, key)) return Object.fromEntries([...entries, [key, value]])
  return Object.fromEntries(entries.map(([other, kept]) => [other, other === key ? value : kept]))
}

/** Whether two values are the same JSON; the order of keys does not matter. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (isJsonList(a) && isJsonList(b))
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]))
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  )
}

/** A text as JSON; `undefined` for invalid JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return readJson<Json>(text)
  } catch {
    return undefined
  }
}
