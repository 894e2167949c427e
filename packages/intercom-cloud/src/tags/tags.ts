import { isAbsent, toText, type Loss } from '@intercom-destinations/shared-mapping'
import { BAD_INPUT_STATUSES, NOT_FOUND } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'
import type { CallContext } from '../state/call-context'

/** The tag fields of a mapping. */
export interface TagInput {
  tags_to_add?: unknown
  tags_to_remove?: unknown
}

/** Merges the tags of two events. For the same name the later event decides. */
export function toLaterTags(earlier: TagInput, later: TagInput): TagInput {
  const changes = new Map<string, { name: string; isAttached: boolean }>()
  for (const { tags_to_add, tags_to_remove } of [earlier, later]) {
    for (const name of toNames(tags_to_add)) changes.set(name.toLowerCase(), { name, isAttached: true })
    for (const name of toNames(tags_to_remove)) changes.set(name.toLowerCase(), { name, isAttached: false })
  }
  const all = [...changes.values()]
  return {
    tags_to_add: all.filter(({ isAttached }) => isAttached).map(({ name }) => name),
    tags_to_remove: all.filter(({ isAttached }) => !isAttached).map(({ name }) => name)
  }
}

/** Losses for values in place of tag names. `prefix` is put before the name of the field. */
export function findTagLosses(input: TagInput, prefix = ''): Loss[] {
  return (['tags_to_add', 'tags_to_remove'] as const).flatMap((key) => findNameLosses(input[key], prefix + key))
}

/** The same for one value: a name, or a list of names. `path` is where it stands. */
export function findNameLosses(value: unknown, path: string): Loss[] {
  if (!Array.isArray(value)) return findNameLoss(value, path)
  return value.flatMap((item: unknown, index) => findNameLoss(item, `${path}[${index}]`))
}

function findNameLoss(value: unknown, path: string): Loss[] {
  if (isAbsent(value) || toText(value) !== undefined) return []
  return [{ path, reason: typeof value === 'object' ? 'nested-value' : 'not-text' }]
}

/** The records of the tags that a task names. */
export function toTagRecords({ cache: { names } }: CallContext, { tags_to_add, tags_to_remove }: TagInput): string[] {
  return [...toNames(tags_to_add), ...toNames(tags_to_remove)].map((name) => names.of('tag', name.toLowerCase()))
}

/** Whether tags are to be attached. */
export function hasTagsToAdd({ tags_to_add }: TagInput): boolean {
  return toNames(tags_to_add).length > 0
}

/** The path of a tag that Intercom refuses. The names of two events, or of two fields, may be one tag. */
export const TAGS = 'tags'

/** Attaches and detaches tags of a contact. Intercom identifies them by id, so each name is found or created first. */
export async function updateContactTags(
  context: CallContext,
  contactId: string,
  input: TagInput,
  losses: Loss[]
): Promise<void> {
  const { client } = context
  for (const name of toNames(input.tags_to_add))
    await runOrLose(losses, TAGS, () => attachTag(context, contactId, name))
  for (const tag of await findExistingTags(context, toNames(input.tags_to_remove))) {
    try {
      await client.detachTag(contactId, tag)
    } catch (thrown) {
      // The contact does not have the tag.
      if (!hasStatus(thrown, NOT_FOUND)) throw thrown
    }
  }
}

/** Attaches and detaches tags of a company, which Intercom identifies by name. A batch makes each change once. */
export async function updateCompanyTags(
  context: CallContext,
  companyId: string,
  input: TagInput,
  losses: Loss[]
): Promise<void> {
  const { client, companyTags } = context
  const update = async (name: string, isAttached: boolean) => {
    const key = JSON.stringify([companyId, name.toLowerCase()])
    if (companyTags.get(key) === isAttached) return
    await (isAttached ? client.attachCompanyTag(name, companyId) : client.detachCompanyTag(name, companyId))
    companyTags.set(key, isAttached)
  }
  const path = `company.${TAGS}`
  for (const name of toNames(input.tags_to_add)) await runOrLose(losses, path, () => update(name, true))
  for (const name of toNames(input.tags_to_remove)) await runOrLose(losses, path, () => update(name, false))
}

/** OpenAPI 2.16, `POST /tags`: 400 `invalid tag parameters`. The person or company is stored by then, so it is a loss. */
async function runOrLose(losses: Loss[], path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (thrown) {
    if (!hasStatus(thrown, ...BAD_INPUT_STATUSES)) throw thrown
    losses.push({ path, reason: 'refused-by-intercom' })
  }
}

/** A cached tag that was deleted in Intercom is created again. */
async function attachTag(context: CallContext, contactId: string, name: string): Promise<void> {
  const { client, cache } = context
  const isCached = cache.findTag(name) !== undefined
  try {
    await client.attachTag(contactId, await findOrCreateTag(context, name))
  } catch (thrown) {
    if (!isCached || !hasStatus(thrown, NOT_FOUND)) throw thrown
    cache.evictTag(name)
    await client.attachTag(contactId, await findOrCreateTag(context, name))
  }
}

/** Intercom's id of the tag with this name, regardless of case. */
async function findOrCreateTag({ client, cache }: CallContext, name: string): Promise<string> {
  const cached = cache.findTag(name)
  if (cached !== undefined) return cached
  const id = await client.upsertTag(name)
  cache.cacheTag(name, id)
  return id
}

/** Intercom's ids of those tags that exist. A tag that does not exist is not attached anywhere. */
async function findExistingTags({ client, cache }: CallContext, names: readonly string[]): Promise<string[]> {
  const toCachedIds = () => names.flatMap((name) => cache.findTag(name) ?? [])
  if (toCachedIds().length === names.length) return toCachedIds()
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  for (const { name, id } of await client.findTags()) if (wanted.has(name.toLowerCase())) cache.cacheTag(name, id)
  return toCachedIds()
}

function toNames(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : isAbsent(value) ? [] : [value]
  const names = items.map((item) => toText(item)?.trim() ?? '').filter((name) => name !== '')
  return [...new Set(names)]
}
