import { isAbsent, toText, type Loss } from '@intercom-destinations/shared-mapping'
import { IntercomFailure } from './failure'
import type { Session } from './session'

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
export async function attachContactTags(session: Session, contactId: string, input: TagInput): Promise<void> {
  const { api } = session
  for (const name of toNames(input.tags_to_add)) await attachTag(session, contactId, name)
  for (const tag of await findExistingTags(session, toNames(input.tags_to_remove))) {
    try {
      await api.detachTag(contactId, tag)
    } catch (thrown) {
      // A tag that is not there need not be taken away.
      if (!(thrown instanceof IntercomFailure && thrown.has(404))) throw thrown
    }
  }
}

/** Tags of a company go by name. What a batch says several times is said to Intercom once. */
export async function attachCompanyTags(session: Session, companyId: string, input: TagInput): Promise<void> {
  const { api, tagged } = session
  const tag = async (name: string, isOn: boolean) => {
    const key = JSON.stringify([companyId, name.toLowerCase()])
    if (tagged.get(key) === isOn) return
    await (isOn ? api.attachCompanyTag(name, companyId) : api.detachCompanyTag(name, companyId))
    tagged.set(key, isOn)
  }
  for (const name of toNames(input.tags_to_add)) await tag(name, true)
  for (const name of toNames(input.tags_to_remove)) await tag(name, false)
}

/** A tag that was deleted in Intercom meanwhile is made again. */
async function attachTag(session: Session, contactId: string, name: string): Promise<void> {
  const { api, memory } = session
  const isRemembered = memory.findTag(name) !== undefined
  try {
    await api.attachTag(contactId, await findTag(session, name))
  } catch (thrown) {
    if (!isRemembered || !(thrown instanceof IntercomFailure && thrown.has(404))) throw thrown
    memory.forgetTag(name)
    await api.attachTag(contactId, await findTag(session, name))
  }
}

/** By its name, in whatever case; one that is remembered is not asked for again. */
async function findTag({ api, memory }: Session, name: string): Promise<string> {
  const known = memory.findTag(name)
  if (known !== undefined) return known
  const id = await api.upsertTag(name)
  memory.rememberTag(name, id)
  return id
}

/** The tags that there are of these names; what nobody has made nobody has put on. */
async function findExistingTags({ api, memory }: Session, names: readonly string[]): Promise<string[]> {
  const known = () => names.flatMap((name) => memory.findTag(name) ?? [])
  if (known().length === names.length) return known()
  for (const { name, id } of await api.findTags()) memory.rememberTag(name, id)
  return known()
}

function toNames(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : isAbsent(value) ? [] : [value]
  const names = items.map((item) => toText(item)?.trim() ?? '').filter((name) => name !== '')
  return [...new Set(names)]
}
