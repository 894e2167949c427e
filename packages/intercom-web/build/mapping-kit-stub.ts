import { isRecordLike } from '@intercom-destinations/shared-mapping'

/**
 * Segment's mapping kit for the browser bundles: `transform` of @segment/actions-core/mapping-kit in half its size. Oddities
 * of the original are kept, because saved mappings rely on them; a property test compares the two. An error names the
 * directive, and not what is wrong with it: Segment checks a mapping when it is saved. `@liquid` passes unrendered.
 */
type Fields = Record<string, unknown>
/** Gets what the mapping has under the name of the directive. */
type Directive = (given: unknown, event: unknown, name: string) => unknown

/** Names a directive around the whole mapping. */
const ROOT_KEY = '__segment_internal_directive'
const MAX_PATTERN_LENGTH = 10

function isFields(value: unknown): value is Fields {
  return isRecordLike(value)
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}

function refuse(name: string): never {
  throw new Error(`${name} is not valid`)
}

/** The options of a directive. None of the required ones may be falsy. */
function toOptions(given: unknown, name: string, ...required: string[]): Fields {
  return isFields(given) && required.every((key) => given[key]) ? given : refuse(name)
}

function toText(given: unknown, event: unknown, name: string): string {
  const text = resolve(given, event)
  return typeof text === 'string' ? text : refuse(name)
}

/** A path below a falsy value is this value. Most paths have dots only. */
function get(event: unknown, path: string): unknown {
  const isPlain = !/["'[\]]/.test(path)
  const keys = isPlain ? path.split('.') : path.replace(/(["'\d])]+/g, '$1.').split(/\[(?=["'\d])|\./)
  return keys.reduce(
    (value, key) => (value && key ? Reflect.get(new Object(value), isPlain ? key : key.replace(/["']/g, '')) : value),
    event
  )
}

function getPath(event: unknown, path: string): unknown {
  return get(event, path.replace('$.', ''))
}

function render(template: string, marks: RegExp, event: unknown): string {
  return template.replace(marks, (_, path: string) => [get(event, path.trim())].join())
}

function replace(text: string, pattern: unknown, replacement: unknown, flags: string): string {
  if (typeof pattern !== 'string' || typeof replacement !== 'string') return text
  if (pattern.length > MAX_PATTERN_LENGTH || replacement.length > MAX_PATTERN_LENGTH) refuse('@replace')
  return text.replace(new RegExp(pattern.replace(/[-[\]{}()*+?.,\\^$|#\s]/g, '\\$&'), flags), replacement)
}

function toPairs(value: unknown, path: string, separator: string, keepsLists: boolean): [string, unknown][] {
  if (!isFields(value) && (keepsLists || !isList(value))) return [[path, value]]
  return Object.entries(value).flatMap(([key, item]) =>
    toPairs(item, path ? path + separator + key : key, separator, keepsLists)
  )
}

/** A copy that leaves out every `undefined` of an object. As in the original, `__proto__` does not become a key of it. */
function withoutUndefined(value: unknown): unknown {
  if (isList(value)) return value.map(withoutUndefined)
  if (!isFields(value)) return value
  const cleaned: Fields = Object.assign({}, value)
  for (const key of Object.keys(cleaned))
    if (cleaned[key] === undefined) delete cleaned[key]
    else cleaned[key] = withoutUndefined(cleaned[key])
  return cleaned
}

/** With `undefined` in place of `null`, but not inside of lists. */
function withoutNull(value: unknown): unknown {
  if (!isFields(value)) return value ?? undefined
  const cleaned: Fields = Object.assign({}, value)
  for (const key of Object.keys(cleaned)) cleaned[key] = withoutNull(cleaned[key])
  return cleaned
}

const DIRECTIVES: Record<string, Directive | undefined> = {
  '@if': (given, event, name) => {
    const { exists, blank, then, else: otherwise } = toOptions(given, name)
    if (!exists && !blank) refuse(name)
    const found = resolve(exists === undefined ? blank : exists, event)
    // eslint-disable-next-line eqeqeq -- as in the original, for which 0, false and [] are blank
    if (found !== undefined && found !== null && (exists !== undefined || found != '')) return resolve(then, event)
    return otherwise ? resolve(otherwise, event) : undefined
  },
  '@case': (given, event, name) => {
    const { operator, value } = toOptions(given, name, 'operator')
    const text = value ? resolve(value, event) : undefined
    if (typeof text !== 'string') return text
    if (operator === 'lower') return text.toLowerCase()
    return operator === 'upper' ? text.toUpperCase() : refuse(name)
  },
  '@replace': (given, event, name) => {
    const { value, pattern, replacement, pattern2, replacement2, ignorecase, global } = toOptions(
      given,
      name,
      'pattern'
    )
    if (!value) return undefined
    const found = resolve(value, event)
    const text = typeof found === 'boolean' || typeof found === 'number' ? String(found) : found
    const [isGlobal, ignoresCase, by] = [global ?? true, ignorecase ?? false, replacement ?? '']
    const isUsable = typeof pattern === 'string' && typeof by === 'string' && typeof isGlobal === 'boolean'
    if (typeof text !== 'string' || !isUsable || typeof ignoresCase !== 'boolean') return ''
    const flags = (isGlobal ? 'g' : '') + (ignoresCase ? 'i' : '')
    return replace(replace(text, pattern, by, flags), pattern2 || undefined, replacement2 ?? '', flags)
  },
  '@arrayPath': (given, event, name) => {
    const [path, shape] = isList(given) ? given : refuse(name)
    const root = typeof path === 'string' ? getPath(event, path) : resolve(path, event)
    const items = isFields(root) ? [root] : root
    const isShaped = isList(items) && isFields(shape) && Object.keys(shape).length > 0
    return isShaped ? items.map((item) => resolve(shape, item)) : root
  },
  '@path': (given, event, name) => getPath(event, toText(given, event, name)),
  '@template': (given, event, name) =>
    render(render(toText(given, event, name), /\{\{\{([^}]+)\}\}\}/g, event), /\{\{([^}]+)\}\}/g, event),
  '@literal': resolve,
  '@flatten': (given, event, name) => {
    const { separator, value, omitArrays } = toOptions(given, name, 'separator')
    const between = toText(separator, event, name)
    return Object.fromEntries(toPairs(resolve(value, event), '', between, Boolean(omitArrays)))
  },
  '@json': (given, event, name) => {
    const { mode, value } = toOptions(given, name, 'mode', 'value')
    const found = resolve(value, event)
    if (mode === 'encode') return JSON.stringify(found)
    if (mode !== 'decode') return undefined
    try {
      const decoded: unknown = typeof found === 'string' ? JSON.parse(found) : found
      return decoded
    } catch {
      return found
    }
  },
  '@merge': (given, event, name) => {
    const { objects, direction } = toOptions(given, name, 'objects', 'direction')
    const isFromRight = resolve(direction, event) === 'left'
    const found = (isList(objects) ? objects : refuse(name)).map((object) => resolve(object, event))
    const merged: unknown = Object.assign({}, ...(isFromRight ? found.reverse() : found))
    return merged
  },
  '@transform': (given, event, name) => {
    const { apply, mapping } = toOptions(given, name, 'apply', 'mapping')
    return resolve(mapping, transform(toOptions(apply, name), event))
  },
  '@excludeWhenNull': (given, event) => withoutNull(resolve(given, event)),
  '@liquid': (given) => given
}

function resolve(mapping: unknown, event: unknown): unknown {
  if (isList(mapping)) return mapping.map((item) => resolve(item, event))
  if (!isFields(mapping)) return mapping
  const keys = Object.keys(mapping)
  const name = keys.find((key) => key.startsWith('@'))
  if (name !== undefined && keys.every((key) => key.startsWith('@') || key === '_metadata')) {
    const directive = DIRECTIVES[name] ?? refuse(name)
    return directive(mapping[name], event, name)
  }
  const resolved: Fields = {}
  for (const key of keys) resolved[key] = resolve(mapping[key], event)
  return resolved
}

/** The mapping inside of its directive, if it names one. The directive keeps it, as in the original. */
function withRoot(mapping: Fields): Fields {
  const { [ROOT_KEY]: root, ...rest } = mapping
  if (root === undefined) return mapping
  const [directive, ...others] = isFields(root) ? Object.values(root) : []
  if (!isFields(root) || others.length > 0 || typeof directive !== 'object' || directive === null)
    return refuse(ROOT_KEY)
  Object.assign(directive, { mapping: rest })
  return root
}

/** What the mapping picks of the event. Throws if the event is not an object, or if a directive cannot be followed. */
export function transform(mapping: Fields, event: unknown = {}): unknown {
  if (!isFields(event)) refuse('the event')
  return withoutUndefined(resolve(withRoot(mapping), event))
}
