import type { InputField } from '@segment/actions-core'

type Default = InputField['default']

/** A directive of Segment's mapping kit: the value at a path of the event. */
export function path(at: string): Path {
  return { '@path': at }
}

/**
 * The first of several paths at which the event says something. Blanks say nothing: `{ revenue: '', total: 20 }` has a
 * revenue of 20, and `{ revenue: 0, total: 20 }` one of 0. The last path is read whatever it holds.
 *
 * Each condition doubles the time that the kit takes to check what follows it, so there is one for each path but the last.
 *
 * The kit's own `@if` cannot tell them apart: its `exists` takes `''` for something, its `blank` takes 0 for nothing
 * and `' '` for something. So it is asked about the value without spaces and tabs. A template would do that, too, but
 * it throws on some objects.
 */
export function firstOf(...paths: [string, ...string[]]): Directive {
  const [first, next, ...others] = paths
  if (next === undefined) return path(first)
  return { '@if': { blank: without(first, ' ', '\t'), then: path(first), else: firstOf(next, ...others) } }
}

/**
 * The text at a path, else inside one of several objects. Below a 0 or a `false` the kit finds that 0 or `false` at every
 * path, and no text that is looked for inside an object is one of them.
 */
export function orInside(first: string, ...inside: string[]): Directive {
  return {
    '@if': {
      blank: without(first, ' ', '\t'),
      then: path(first),
      else: inside.reduceRight<Directive>(
        (otherwise, at) => ({ '@if': { blank: without(at, '0', 'false'), then: path(at), else: otherwise } }),
        path(first)
      )
    }
  }
}

/** The first of several paths at which the event has anything, an object too. */
export function existing(...paths: [string, ...string[]]): Existing {
  const [first, next, ...others] = paths
  return next === undefined
    ? path(first)
    : { '@if': { exists: path(first), then: path(first), else: existing(next, ...others) } }
}

/**
 * What is at the path, else an option that an event carries for Intercom, in either spelling of its name.
 * `integrations: { Intercom: false }` switches the destination off: at every path below it the kit finds that `false`,
 * which is no option. An object is blank for `@replace`.
 */
export function orOption(first: string, option: string): Directive {
  const below = (name: string, next?: Directive): Directive => ({
    '@if': {
      blank: without(`$.integrations.${name}`, ' ', '\t'),
      ...(next && { then: next }),
      else: {
        '@if': {
          blank: without(`$.integrations.${name}.${option}`, ' ', '\t'),
          then: path(`$.integrations.${name}.${option}`),
          ...(next && { else: next })
        }
      }
    }
  })
  const options = below('Intercom', below('intercom'))
  return { '@if': { blank: without(first, ' ', '\t'), then: path(first), else: options } }
}

/** Every option is written out: what is missing the kit would write into the mapping that it is given. */
function without(at: string, pattern: string, pattern2: string): Replace {
  const removed = { replacement: '', replacement2: '', ignorecase: false, global: true }
  return { '@replace': { ...removed, pattern, pattern2, value: path(at) } }
}

type Path = { '@path': string }
type Existing = Path | { '@if': { exists: Path; then: Path; else: Existing } }
type Replace = {
  '@replace': {
    pattern: string
    pattern2: string
    replacement: string
    replacement2: string
    ignorecase: boolean
    global: boolean
    value: Path
  }
}
type Directive = Existing | { '@if': { blank: Replace; then?: Directive; else?: Directive } }

/** The same field, filled from somewhere else. */
export function withDefault<F extends InputField, D extends Default>(field: F, value: D) {
  return { ...field, default: value }
}

/**
 * The field as the cloud half declares it. Segment refuses a whole event for one bad optional number, date or boolean
 * (`'11-50'`, `'yesterday'`, `'no'`), so there all of them are texts and the builders convert (the catalog contract).
 * It refuses an object or a list in any of them, too, so the default mapping hands on none; the builder finds it in the
 * whole object and names it.
 */
export function asText<F extends InputField & { default?: Directive }>(field: F): Omit<F, keyof TextField> & TextField {
  const text: TextField = { type: 'string' }
  if (field.default) text.default = withoutObjects(field.default)
  return { ...field, ...text }
}

interface TextField {
  type: 'string'
  default?: Directive | undefined
}

function withoutObjects(value: Directive): Directive | undefined {
  if ('@path' in value) return { '@if': { blank: without(value['@path'], ' ', '\t'), then: value } }
  const choice = value['@if']
  if ('exists' in choice) return undefined
  const { blank, then, else: otherwise } = choice
  const next = otherwise && withoutObjects(otherwise)
  return { '@if': { blank, ...(then && { then }), ...(next && { else: next }) } }
}
