import type { Json, JsonObject } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'

/** A path of an event in a mapping's notation, with its value. */
export interface EventPath {
  readonly path: string
  readonly text: string
  /** Whether it is an object or a list. */
  readonly isWhole: boolean
}

/** A longer list would not help to find a path. */
const MAX_PATHS = 400
const MAX_DEPTH = 8
const MAX_ITEMS = 5
const MAX_TEXT = 60

/** Segment's mapping splits keys at these characters, so no path can reach them. */
const UNREACHABLE = /[.[\]'"]|^$/

/** The paths of an event, in its own order: `$.properties.total`. */
export function findEventPaths(event: JsonObject): readonly EventPath[] {
  const found: EventPath[] = []
  const walk = (value: Json, path: string, depth: number) => {
    if (found.length >= MAX_PATHS) return
    const inner = depth < MAX_DEPTH ? toInner(value, path) : []
    if (path !== '$') found.push({ path, text: toShortText(value), isWhole: isJsonObject(value) || isJsonList(value) })
    for (const [at, item] of inner) walk(item, at, depth + 1)
  }
  walk(event, '$', 0)
  return found
}

function toInner(value: Json, path: string): readonly (readonly [path: string, value: Json])[] {
  if (isJsonList(value)) return value.slice(0, MAX_ITEMS).map((item, index) => [`${path}[${index}]`, item] as const)
  if (!isJsonObject(value)) return []
  return Object.entries(value)
    .filter(([key]) => !UNREACHABLE.test(key))
    .map(([key, item]) => [`${path}.${key}`, item] as const)
}

/** A short form of a value. */
export function toShortText(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text
}
