import type { InputField } from '@segment/actions-core'

type Default = InputField['default']

/** A directive of Segment's mapping kit: the value at a path of the event. */
export function path(at: string): { '@path': string } {
  return { '@path': at }
}

/** The first of several paths at which the event has something. */
export function firstOf(...paths: [string, ...string[]]): Directive {
  const [first, ...rest] = paths
  const [next, ...others] = rest
  if (next === undefined) return path(first)
  return { '@if': { exists: path(first), then: path(first), else: firstOf(next, ...others) } }
}

type Directive = { '@path': string } | { '@if': { exists: Directive; then: Directive; else: Directive } }

/** The same field, filled from somewhere else. */
export function withDefault<F extends InputField, D extends Default>(field: F, value: D) {
  return { ...field, default: value }
}

/**
 * The field as the cloud half declares it. Segment refuses a whole event for one bad optional number, date or boolean
 * (`'11-50'`, `'yesterday'`, `'no'`), so there all of them are texts and the builders convert (the catalog contract).
 */
export function asText<F extends InputField>(field: F): Omit<F, 'type'> & { type: 'string' } {
  return { ...field, type: 'string' }
}
