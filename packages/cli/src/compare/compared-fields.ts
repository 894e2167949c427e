import type { Company, Contact, DataEvent } from '@intercom-destinations/emulator'

/** The fields of a thing by path, without those that have no value. */
export type ComparedFields = ReadonlyMap<string, unknown>

interface Names {
  readonly companyIds: ReadonlyMap<string, string>
  readonly tagNames: ReadonlyMap<string, string>
}

/** Code points of a value that are shown. */
const LONGEST_VALUE = 80

/** Ids, and times that the workspace sets itself, differ by nature and are left out. */
export function toComparedFields(thing: Contact | Company | DataEvent, names: Names): ComparedFields {
  const fields = new Map<string, unknown>()
  const add = (path: string, value: unknown) => {
    if (value !== null && value !== undefined && value !== '') fields.set(path, value)
  }
  if ('metadata' in thing) {
    add('event_name', thing.event_name)
    for (const [key, value] of Object.entries(thing.metadata)) add(`metadata.${key}`, value)
    return fields
  }
  for (const [key, value] of Object.entries(thing.custom_attributes)) add(`custom_attributes.${key}`, value)
  if ('company_id' in thing) {
    const { name, plan, size, website, industry, monthly_spend, remote_created_at, tagIds } = thing
    const own = { name, plan, size, website, industry, monthly_spend, remote_created_at }
    for (const [key, value] of Object.entries(own)) add(key, value)
    add('tags', toList(tagIds, names.tagNames))
    return fields
  }
  const { role, email, name, phone, avatar, owner_id, signed_up_at, last_seen_at, unsubscribed_from_emails } = thing
  const own = { role, email, name, phone, avatar, owner_id, signed_up_at, last_seen_at, unsubscribed_from_emails }
  for (const [key, value] of Object.entries(own)) add(key, value)
  add('companies', toList(thing.companyIds, names.companyIds))
  add(
    'tags',
    toList(
      thing.tags.map(({ id }) => id),
      names.tagNames
    )
  )
  return fields
}

/** Names in order, because the order in which they were added says nothing. */
function toList(ids: readonly string[], names: ReadonlyMap<string, string>): readonly string[] | undefined {
  return ids.length === 0 ? undefined : ids.map((id) => names.get(id) ?? id).sort()
}

export const isSameValue = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

export const toShownPair = ([ours, theirs]: readonly [unknown, unknown]): readonly [string, string] => [
  toShown(ours),
  toShown(theirs)
]

function toShown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const json = [...JSON.stringify(value)]
  return json.length > LONGEST_VALUE ? `${json.slice(0, LONGEST_VALUE).join('')}…` : json.join('')
}
