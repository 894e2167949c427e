import type { Loss } from './losses'
import { isAbsent, toRecord } from './values/record'

/**
 * Where the mapping takes the names and values of one free object from.
 *
 * A *whole object* (`custom_attributes: { '@path': '$.traits' }`) brings whatever the event holds; names with fields of
 * their own leave it. A name that was *picked by hand* (`custom_attributes: { size: { '@path': '$.traits.team' } }`) is
 * meant as it stands.
 */
export interface FieldSource {
  /** Whether the name was picked by hand. */
  isPicked: (name: string) => boolean
  /** Whether another field of the same mapping reads what a whole object brings under this name. */
  isRead: (name: string) => boolean
  /** Names that cannot be picked, because here they would stand for one of Intercom's own fields. */
  taken?: ReadonlySet<string> | undefined
  /** Whether the mapping falls back to the traits in the context. */
  hasContextTraits: boolean
}

/** `id`, `userId`, `company_id` and so on: our own default mappings read ids beside the traits, and all else in them. */
export const ID_NAME = /^(user|company)?_?id$/i

/** A whole object of a mapping that reads what our defaults read: the only guess where no mapping is at hand. */
export const WHOLE_OBJECT: FieldSource = {
  isPicked: () => false,
  isRead: (name) => !ID_NAME.test(name),
  hasContextTraits: false
}

/**
 * What a saved mapping says about the field at `place` (`'company'`, `'company_custom_traits'`).
 *
 * Both runtimes hand the saved mapping to an action: actions-core as `rawMapping`, the browser runtime as `mapping`.
 * Without one, the answer is `WHOLE_OBJECT`.
 */
export function toFieldSource(mapping: unknown, place: readonly string[], taken?: ReadonlySet<string>): FieldSource {
  if (typeof mapping !== 'object' || mapping === null || !toRecord(mapping)) return WHOLE_OBJECT
  const { picked, roots, others } = readPlace(mapping, place)
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

function readPlace(mapping: object, place: readonly string[]): Place {
  const known = PLACES.get(mapping) ?? new Map<string, Place>()
  PLACES.set(mapping, known)
  const key = JSON.stringify(place)
  const read = known.get(key)
  if (read) return read
  const found = place.reduce<unknown[]>((parts, key) => parts.flatMap(toObjects).map((object) => object[key]), [mapping])
  const fresh = {
    picked: found.flatMap(toObjects).flatMap(Object.keys),
    roots: toPaths(found),
    others: toPaths(mapping, found)
  }
  known.set(key, fresh)
  return fresh
}

const CONTEXT_TRAITS = 'context.traits.'

/**
 * The traits of an identify call that has them in its context only, as RudderStack sends them. A mapping can fall back
 * where there are no traits, but not where they are empty; one that reads no traits of the context loses them.
 */
export function readTraits(losses: Loss[], value: unknown, { event, mapping, source }: Origin): unknown {
  const { type, traits, context } = toRecord(event) ?? {}
  const other = toRecord(context)?.traits
  if (type !== 'identify' || !isEmpty(traits) || isEmpty(other)) return value
  if (source.hasContextTraits) return isEmpty(value) ? other : value
  if (!toPaths(mapping).some((path) => path.startsWith(CONTEXT_TRAITS)))
    losses.push({ path: 'context.traits', reason: 'no-field-reads-it' })
  return value
}

/** What a payload was made of, as far as the host tells it. */
export interface Origin {
  event: unknown
  mapping: unknown
  source: FieldSource
}

/** The objects of names that a piece of a mapping can come to: itself, or those inside its directive. */
function toObjects(part: unknown): Record<string, unknown>[] {
  const object = toRecord(part)
  if (!object) return []
  const directive = Object.keys(object).find((key) => key.startsWith('@'))
  if (directive === undefined) return [object]
  const says = object[directive]
  if (Array.isArray(says)) return toObjects(says[1])
  const { objects, then, else: otherwise, value, mapping } = toRecord(says) ?? {}
  return [objects, then, otherwise, value, mapping].flat().flatMap(toObjects)
}

const PATH = /\w+(?:[^\w\s{}]+\w+)*/g

/**
 * All paths of the event that a piece of a mapping reads, templates included: `$.traits["email"]` is `traits.email.`,
 * and the event or item itself is the empty path.
 */
function toPaths(part: unknown, without: readonly unknown[] = []): string[] {
  if (typeof part === 'string') return part.match(PATH)?.map((path) => `${path.replace(/\W+/g, '.')}.`) ?? ['']
  if (typeof part !== 'object' || part === null || without.includes(part)) return []
  return Object.values(part).flatMap((one) => toPaths(one, without))
}

/** Nothing, or an object or a list of nothings: what a mapping makes of something that is not there. */
export function isEmpty(value: unknown): value is undefined | null {
  const record = Array.isArray(value) ? value : toRecord(value)
  return record ? Object.values(record).every(isEmpty) : isAbsent(value)
}

/** The first of several spellings that says something. */
export function firstSaid(record: Record<string, unknown>, names: readonly string[]): unknown {
  return names.map((name) => record[name]).find((value) => !isAbsent(value))
}

/** What a whole object says under the first of several spellings, of those that the mapping has a field for. */
export function firstBrought(value: unknown, names: readonly string[], { isPicked, isRead }: FieldSource): unknown {
  return firstSaid(
    toRecord(value) ?? {},
    names.filter((name) => !isPicked(name) && isRead(name))
  )
}
