import { isAbsent, toText, type Loss } from '@intercom-destinations/shared-mapping'
import { IntercomApiError } from '../client/intercom-api-error'
import type { CallContext } from '../state/call-context'

/** What a mapping says about tags. */
export interface TagInput {
  tags_to_add?: unknown
  tags_to_remove?: unknown
}

/** What both events want, in this order: of one name, the later word counts. */
export function toLaterTags(earlier: TagInput, later: TagInput): TagInput {
  const wanted = new Map<string, { name: string; isOn: boolean }>()
  for (const { tags_to_add, tags_to_remove } of [earlier, later]) {
    for (const name of toNames(tags_to_add)) wanted.set(name.toLowerCase(), { name, isOn: true })
    for (const name of toNames(tags_to_remove)) wanted.set(name.toLowerCase(), { name, isOn: false })
  }
  const named = (isOn: boolean) => [...wanted.values()].filter((one) => one.isOn === isOn).map(({ name }) => name)
  return { tags_to_add: named(true), tags_to_remove: named(false) }
}

/** Items of the lists of names that are none. `prefix` stands before the name of the field. */
export function findTagLosses(input: TagInput, prefix = ''): Loss[] {
  return (['tags_to_add', 'tags_to_remove'] as const).flatMap((key) => {
    const value = input[key]
    if (!Array.isArray(value)) return isNested(value) ? { path: prefix + key, reason: 'nested-value' } : []
    return value.flatMap((item: unknown, index) =>
      isNested(item) ? { path: `${prefix}${key}[${index}]`, reason: 'nested-value' as const } : []
    )
  })
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null

/** Tags of a person: Intercom knows them by id, so each name is looked up, or made, first. */
export async function attachContactTags(context: CallContext, contactId: string, input: TagInput): Promise<void> {
  const { client } = context
  for (const name of toNames(input.tags_to_add)) await attachTag(context, contactId, name)
  for (const tag of await findExistingTags(context, toNames(input.tags_to_remove))) {
    try {
      await client.detachTag(contactId, tag)
    } catch (thrown) {
      // A tag that is not there need not be taken away.
      if (!(thrown instanceof IntercomApiError && thrown.status === 404)) throw thrown
    }
  }
}

/** Tags of a company go by name. What a batch says several times is said to Intercom once. */
export async function attachCompanyTags(context: CallContext, companyId: string, input: TagInput): Promise<void> {
  const { client, companyTags } = context
  const tag = async (name: string, isOn: boolean) => {
    const key = JSON.stringify([companyId, name.toLowerCase()])
    if (companyTags.get(key) === isOn) return
    await (isOn ? client.attachCompanyTag(name, companyId) : client.detachCompanyTag(name, companyId))
    companyTags.set(key, isOn)
  }
  for (const name of toNames(input.tags_to_add)) await tag(name, true)
  for (const name of toNames(input.tags_to_remove)) await tag(name, false)
}

/** A tag that was deleted in Intercom meanwhile is made again. */
async function attachTag(context: CallContext, contactId: string, name: string): Promise<void> {
  const { client, cache } = context
  const isRemembered = cache.findTag(name) !== undefined
  try {
    await client.attachTag(contactId, await findTag(context, name))
  } catch (thrown) {
    if (!isRemembered || !(thrown instanceof IntercomApiError && thrown.status === 404)) throw thrown
    cache.evictTag(name)
    await client.attachTag(contactId, await findTag(context, name))
  }
}

/** By its name, in whatever case; one that is remembered is not asked for again. */
async function findTag({ client, cache }: CallContext, name: string): Promise<string> {
  const known = cache.findTag(name)
  if (known !== undefined) return known
  const id = await client.upsertTag(name)
  cache.cacheTag(name, id)
  return id
}

/** The tags that there are of these names; what nobody has made nobody has put on. */
async function findExistingTags({ client, cache }: CallContext, names: readonly string[]): Promise<string[]> {
  const known = () => names.flatMap((name) => cache.findTag(name) ?? [])
  if (known().length === names.length) return known()
  for (const { name, id } of await client.findTags()) cache.cacheTag(name, id)
  return known()
}

function toNames(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : isAbsent(value) ? [] : [value]
  const names = items.map((item) => toText(item)?.trim() ?? '').filter((name) => name !== '')
  return [...new Set(names)]
}
