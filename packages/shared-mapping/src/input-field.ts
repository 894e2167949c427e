import type { InputField } from '@segment/actions-core'

/** A mapping as Segment saves it: the value or the directive of each field. */
export interface Mapping {
  [field: string]: MappingJson
}

/** JSON: a literal, a directive such as `{ '@path': '$.userId' }`, or an object or a list of these. */
export type MappingJson = string | number | boolean | null | MappingJson[] | { [name: string]: MappingJson }

type Default = InputField['default']

/** A directive of Segment's mapping kit: the value at a path of the event. */
export function path(at: string): Path {
  return { '@path': at }
}

/**
 * The first of several paths with a value. Blank text is no value: `{ revenue: '', total: 20 }` has a revenue of 20, and
 * `{ revenue: 0, total: 20 }` one of 0. The last path is used whatever it holds.
 *
 * For every event the kit checks what stands under `blank` once, and what stands under `then` and `else` twice. So the last
 * path has no condition, and one condition decides about the first two of four paths.
 *
 * The kit's own `@if` cannot decide this: for `exists`, `''` is a value; for `blank`, 0 is not, but `' '` is. So the
 * condition tests the value without spaces and tabs. A template could do that, too, but it throws for some objects.
 */
export function firstOf(...paths: [string, ...string[]]): Directive {
  const [first, next, third, ...others] = paths
  if (next === undefined) return path(first)
  if (third === undefined) return orElse(first, path(next))
  if (others.length === 0) return orElse(first, firstOf(next, third))
  const isEither: OfTwo = { '@if': { blank: withoutBlanks(first), then: true, else: withoutBlanks(next) } }
  return { '@if': { blank: isEither, then: orElse(first, path(next)), else: firstOf(third, ...others) } }
}

/**
 * The text at a path, else at one of several paths inside objects. If there is a 0 or `false` instead of the object, the
 * kit returns it for every path below, so these two are not accepted.
 */
export function orInside(first: string, ...inside: string[]): Directive {
  return orElse(
    first,
    inside.reduceRight<Directive>(
      (otherwise, at) => ({ '@if': { blank: without(at, '0', 'false'), then: path(at), else: otherwise } }),
      path(first)
    )
  )
}

/** The first of several paths that exist, also with an object. */
export function existing(...paths: [string, ...string[]]): Existing {
  const [first, next, ...others] = paths
  return next === undefined
    ? path(first)
    : { '@if': { exists: path(first), then: path(first), else: existing(next, ...others) } }
}

/**
 * The value at the path, else an option in the event's `integrations` object under `Intercom` or `intercom`.
 * `integrations: { Intercom: false }` disables the destination. The kit returns that `false` for every path below it, but
 * it is not an option. For `@replace` an object is blank.
 */
export function orOption(first: string, option: string): Directive {
  const below = (name: string, otherwise?: Directive): Directive => ({
    '@if': {
      blank: { '@if': { blank: withoutBlanks(name), else: withoutBlanks(`${name}.${option}`) } },
      then: path(`${name}.${option}`),
      ...(otherwise && { else: otherwise })
    }
  })
  return orElse(first, below('$.integrations.Intercom', below('$.integrations.intercom')))
}

/** The value at the path unless it is blank, else what follows. */
function orElse(at: string, otherwise: Directive): Directive {
  return { '@if': { blank: withoutBlanks(at), then: path(at), else: otherwise } }
}

function withoutBlanks(at: string): Replace {
  return without(at, ' ', '\t')
}

/** All options are given, because the kit adds missing ones to the mapping object that it receives. */
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
/** `then` decides alone if it is there; without it the second decides if the first is blank. */
type OfTwo = { '@if': { blank: Replace; then?: true; else: Replace } }
type Directive = Path | { '@if': { blank: Replace | OfTwo; then: Directive; else?: Directive } }

/** The mapping of an action's default values. A copy of actions-core's function: importing that one costs 80 KB. */
export function defaultValues(fields: Record<string, InputField>): Mapping {
  const mapping: Mapping = {}
  for (const [key, field] of Object.entries(fields)) if (isJson(field.default)) mapping[key] = field.default
  return mapping
}

/** Defaults are directives and literals; their type in actions-core is only wider. */
function isJson(value: unknown): value is MappingJson {
  return value !== undefined
}

/** The field with another default. */
export function withDefault<F extends InputField, D extends Default>(field: F, value: D) {
  return { ...field, default: value }
}

/**
 * The field as the cloud half declares it: a text. Segment rejects a whole event for one invalid optional number, date or
 * boolean (`'11-50'`, `'yesterday'`, `'no'`), so the builders convert them (docs/catalog-contract.md). It also rejects an
 * object or list in a text field, so the default mapping passes none; the builder finds it in the whole object and reports
 * it as a loss.
 */
export function asText<F extends InputField & { default?: Directive }>(field: F): Omit<F, keyof TextField> & TextField {
  const text: TextField = { type: 'string' }
  if (field.default) text.default = withoutObjects(field.default)
  return { ...field, ...text }
}

export interface TextField {
  type: 'string'
  default?: Directive | undefined
}

/** `tested`: the path of the first condition. A text that is there was found by that condition. */
function withoutObjects(value: Directive, tested?: string): Directive | undefined {
  if ('@path' in value) {
    const at = value['@path']
    return at === tested ? undefined : { '@if': { blank: withoutBlanks(at), then: value } }
  }
  const { blank, then, else: otherwise } = value['@if']
  const first = '@path' in then ? then['@path'] : undefined
  const rest = otherwise && withoutObjects(otherwise, tested ?? first)
  return { '@if': { blank, then, ...(rest && { else: rest }) } }
}
