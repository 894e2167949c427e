import type { Loss } from './losses'
import { isAbsent, toRecord } from './values/record'

/**
 * How the mapping fills an object field such as `custom_attributes`.
 *
 * A *whole object* (`custom_attributes: { '@path': '$.traits' }`) contains whatever the event has; names that have their
 * own field are removed from it. A name *mapped by hand* (`custom_attributes: { size: { '@path': '$.traits.team' } }`) is
 * kept as it is.
 */
export interface FieldSource {
  /** Whether the name is mapped by hand. */
  isPicked: (name: string) => boolean
  /** Whether another field of the same mapping reads the value with this name. */
  isRead: (name: string) => boolean
  /** Names that cannot be mapped by hand, because here they would set one of Intercom's own fields. */
  taken?: ReadonlySet<string> | undefined
  /** Whether the mapping falls back to the traits in the context. */
  hasContextTraits: boolean
}

/** `id`, `userId`, `company_id` and so on. The default mappings read ids outside the traits, everything else inside. */
export const ID_NAME = /^(user|company)?_?id$/i

/** A whole object, as in the default mappings. The best guess if the mapping is not known. */
export const WHOLE_OBJECT: FieldSource = {
  isPicked: () => false,
  isRead: (name) => !ID_NAME.test(name),
  hasContextTraits: false
}

/**
 * The source of the field at `place` (`['company', 'company_custom_traits']`) in a saved mapping.
 *
 * Both runtimes pass the saved mapping to an action: actions-core as `rawMapping`, the browser runtime as `mapping`.
 * Without a mapping the result is `WHOLE_OBJECT`.
 */
export function toFieldSource(mapping: unknown, place: readonly string[], taken?: ReadonlySet<string>): FieldSource {
  const read = typeof mapping === 'object' && mapping !== null ? readPlace(mapping, place) : undefined
  if (!read) return WHOLE_OBJECT
  const { picked, roots, others } = read
  return {
    isPicked: (name) => picked.includes(name),
    isRead: (name) => roots.some((root) => others.some((path) => path.startsWith(`${root + name}.`))),
    taken,
    hasContextTraits: roots.includes(CONTEXT_TRAITS)
  }
}

/** What a mapping says about one place in it. */
interface Place {
  picked: readonly string[]
  /** The paths that the place reads. */
  roots: readonly string[]
  /** The paths that the rest of the mapping reads. */
  others: readonly string[]
}

/** A host passes the same saved mapping with every event, so that it is read once. */
const PLACES = new WeakMap<object, Map<string, Place>>()

/** `undefined` for what is not an object of names, such as a list. */
function readPlace(mapping: object, place: readonly string[]): Place | undefined {
  const key = JSON.stringify(place)
  const known = PLACES.get(mapping)
  const read = known?.get(key)
  if (read) return read
  if (!toRecord(mapping)) return undefined
  const found = place.reduce<unknown[]>(
    (parts, key) => parts.flatMap(toObjects).map((object) => object[key]),
    [mapping]
  )
  const fresh = {
    picked: found.flatMap(toObjects).flatMap(Object.keys),
    roots: toPaths(found),
    others: toPaths(mapping, found)
  }
  PLACES.set(mapping, (known ?? new Map<string, Place>()).set(key, fresh))
  return fresh
}

const CONTEXT_TRAITS = 'context.traits.'

/**
 * The traits of an identify call, also if only its context has them, as RudderStack sends it. A mapping can fall back to
 * the context if the traits are missing, but not if they are empty. A mapping that never reads them there loses them.
 */
export function readTraits(losses: Loss[], value: unknown, { event, mapping, source }: Origin): unknown {
  const { type, traits, context } = toRecord(event) ?? {}
  const contextTraits = toRecord(context)?.traits
  if (type !== 'identify' || !isEmpty(traits) || isEmpty(contextTraits)) return value
  if (source.hasContextTraits) return isEmpty(value) ? contextTraits : value
  if (!toPaths(mapping).some((path) => path.startsWith(CONTEXT_TRAITS)))
    losses.push({ path: 'context.traits', reason: 'no-field-reads-it' })
  return value
}

/** The event and the mapping that a payload comes from, as far as the host passes them. */
export interface Origin {
  event: unknown
  mapping: unknown
  source: FieldSource
}

/** The objects that a part of a mapping can result in: itself, or those inside its directive. */
function toObjects(part: unknown): Record<string, unknown>[] {
  const object = toRecord(part)
  if (!object) return []
  const directive = Object.keys(object).find((key) => key.startsWith('@'))
  if (directive === undefined) return [object]
  const content = object[directive]
  if (Array.isArray(content)) return toObjects(content[1])
  const { objects, then, else: otherwise, value, mapping } = toRecord(content) ?? {}
  return [objects, then, otherwise, value, mapping].flat().flatMap(toObjects)
}

const PATH = /\w+(?:[^\w\s{}]+\w+)*/g

/**
 * All paths of the event that a part of a mapping reads, also in templates: `$.traits["email"]` is `traits.email.`, and
 * the event or item itself is the empty path.
 */
function toPaths(part: unknown, without: readonly unknown[] = []): string[] {
  if (typeof part === 'string') return part.match(PATH)?.map((path) => `${path.replace(/\W+/g, '.')}.`) ?? ['']
  if (typeof part !== 'object' || part === null || without.includes(part)) return []
  return Object.values(part).flatMap((child) => toPaths(child, without))
}

/** Absent, or an object or list of nothing but absent values, which is what a mapping makes of a missing value. */
export function isEmpty(value: unknown): value is undefined | null {
  const record = Array.isArray(value) ? value : toRecord(value)
  return record ? Object.values(record).every(isEmpty) : isAbsent(value)
}

/** The value under the first of several names that is not absent; with a source, of names for which it has a field. */
export function firstPresent(record: Record<string, unknown>, names: readonly string[], source?: FieldSource): unknown {
  // Most names are absent, and to ask the mapping takes longer.
  const isUsed = (name: string) =>
    !isAbsent(record[name]) && (!source || (!source.isPicked(name) && source.isRead(name)))
  const name = names.find(isUsed)
  return name === undefined ? undefined : record[name]
}
