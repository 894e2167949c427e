import { path, readOrLose, toFieldSource, toRecord, toText, type Loss } from '@intercom-destinations/shared-mapping'
import { findNameLosses, findTagLosses, toLaterTags, type TagInput } from './tags'

/** The tag fields of a mapping that may take tags from the traits, too. Every value may be of any type. */
export interface TraitTagInput extends TagInput {
  /** `add`; anything else leaves the traits as they are. */
  tags_from_traits?: unknown
  /** The traits that are tags, each by a name of its own. */
  tags_in_traits?: unknown
}

const FIELD = 'tags_in_traits'

/**
 * The tags of an event, by choice with those of its traits. What the mapping says about a tag precedes the traits. `prefix`
 * is put before the paths of the losses.
 */
export function readTags(losses: Loss[], input: TraitTagInput, prefix = ''): TagInput {
  losses.push(...findTagLosses(input, prefix))
  if (!isAdded(input)) return input
  const traits = readOrLose(losses, prefix + FIELD, input.tags_in_traits, toRecord, 'not-an-object') ?? {}
  const tags_to_add = Object.entries(traits).flatMap(([name, value]) => {
    losses.push(...findNameLosses(value, `${prefix}${FIELD}.${name}`))
    const names: readonly unknown[] = Array.isArray(value) ? value : (toText(value)?.split(',') ?? [])
    return names
  })
  return toLaterTags({ tags_to_add }, input)
}

/** The custom attributes of an event without the traits that are tags. A name that is picked by hand stays. */
export function withoutTagTraits(attributes: unknown, input: TraitTagInput, mapping: unknown): unknown {
  const record = isAdded(input) ? toRecord(attributes) : undefined
  if (!record) return attributes
  const { custom_attributes, tags_in_traits } = toRecord(mapping) ?? UNKNOWN_MAPPING
  const { isPicked, isRead } = toFieldSource({ custom_attributes, tags_in_traits }, ['custom_attributes'])
  // Of an object the mapping may read one part only.
  const isTags = ([name, value]: [string, unknown]) => isRead(name) && !isPicked(name) && !toRecord(value)
  return Object.fromEntries(Object.entries(record).filter((entry) => !isTags(entry)))
}

/** The default mapping, for a host that does not pass the saved one. */
const UNKNOWN_MAPPING = { custom_attributes: path('$.traits'), tags_in_traits: { tags: path('$.traits.tags') } }

function isAdded({ tags_from_traits }: TraitTagInput): boolean {
  return tags_from_traits === 'add'
}
