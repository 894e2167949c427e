import type { Json } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { isSameJson } from '../form/json-value'

/** The source of a field's value, in the form's terms. */
export type Source =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'path'; readonly path: string }
  /** The first of several paths that has a value in the event. */
  | { readonly kind: 'first'; readonly paths: readonly string[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'template'; readonly template: string }
  /** An object, key by key. */
  | { readonly kind: 'keys'; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly items: readonly Json[] }
  /** Values without inputs in the form. */
  | { readonly kind: 'json'; readonly value: Json }

export type Entry = readonly [key: string, value: Json]
export type SourceKind = Source['kind']

/** Reads a value of a mapping. Unknown forms are kept unchanged, so that opening a mapping loses nothing. */
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

/** Returns the mapping's value for a source. */
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

/** The paths of a chain of `@if` directives "this path, else that path"; `undefined` for other directives. */
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

/** The value of an object whose only key is this one. */
function onlyValue(value: Json | undefined, key: string): Json | undefined {
  if (!isJsonObject(value)) return undefined
  const entries = Object.entries(value)
  return entries.length === 1 && entries[0]?.[0] === key ? entries[0][1] : undefined
}
