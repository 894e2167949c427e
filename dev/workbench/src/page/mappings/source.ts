import type { Json } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { isSameJson } from '../form/json-value'

/** Where a field takes its value from: a value of the mapping, as a form shows it. */
export type Source =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'path'; readonly path: string }
  /** The first of several paths at which the event has something. */
  | { readonly kind: 'first'; readonly paths: readonly string[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'template'; readonly template: string }
  /** An object, key by key. */
  | { readonly kind: 'keys'; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  /** Whatever the form has no inputs for. */
  | { readonly kind: 'json'; readonly value: Json }

export type Entry = readonly [key: string, value: Json]
export type SourceKind = Source['kind']

/** Reads a value of a mapping. What is not understood stays as it is, so that nothing is lost by looking at it. */
export function toSource(value: Json | undefined): Source {
  if (value === undefined) return { kind: 'nothing' }
  if (value === null) return { kind: 'json', value }
  if (isJsonList(value)) return { kind: 'list', items: value }
  if (!isJsonObject(value)) return { kind: 'literal', value }
  const entries = Object.entries(value)
  if (!entries.some(([key]) => key.startsWith('@'))) return { kind: 'keys', entries }
  const paths = toPaths(value)
  const [path] = paths
  if (path !== undefined) return paths.length === 1 ? { kind: 'path', path } : { kind: 'first', paths }
  const template = onlyValue(value, '@template')
  return typeof template === 'string' ? { kind: 'template', template } : { kind: 'json', value }
}

/** Writes a value of a mapping. */
export function fromSource(source: Source): Json | undefined {
  switch (source.kind) {
    case 'nothing':
      return undefined
    case 'path':
      return { '@path': source.path }
    case 'first':
      return fromPaths(source.paths)
    case 'template':
      return { '@template': source.template }
    case 'keys':
      return Object.fromEntries(source.entries)
    case 'list':
      return [...source.items]
    case 'literal':
    case 'json':
      return source.value
  }
}

function fromPaths([first, ...rest]: readonly string[]): Json | undefined {
  if (first === undefined) return undefined
  const path = { '@path': first }
  const others = fromPaths(rest)
  return others === undefined ? path : { '@if': { exists: path, then: path, else: others } }
}

/** The paths of a chain "if there is something at a path, take it, else …", or nothing where it is no such chain. */
function toPaths(value: Json | undefined): readonly string[] {
  const path = onlyValue(value, '@path')
  if (typeof path === 'string') return [path]
  const choice = onlyValue(value, '@if')
  if (!isJsonObject(choice) || Object.keys(choice).sort().join() !== 'else,exists,then') return []
  const first = onlyValue(choice.exists, '@path')
  if (typeof first !== 'string' || !isSameJson(choice.exists, choice.then)) return []
  const rest = toPaths(choice.else)
  return rest.length === 0 ? [] : [first, ...rest]
}

/** The value of an object that has this key and no other. */
function onlyValue(value: Json | undefined, key: string): Json | undefined {
  if (!isJsonObject(value)) return undefined
  const entries = Object.entries(value)
  return entries.length === 1 && entries[0]?.[0] === key ? entries[0][1] : undefined
}
