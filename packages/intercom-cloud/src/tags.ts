import { isAbsent, toText } from '@intercom-destinations/shared-mapping'
import type { IntercomApi } from './api'
import { IntercomFailure } from './failure'

/** What a mapping says about tags. */
export interface TagInput {
  tags_to_add?: unknown
  tags_to_remove?: unknown
}

/** Tags of a person: Intercom knows them by id, so each name is looked up, or made, first. */
export async function attachContactTags(api: IntercomApi, contactId: string, input: TagInput): Promise<void> {
  for (const name of toNames(input.tags_to_add)) await api.attachTag(contactId, await api.upsertTag(name))
  for (const name of toNames(input.tags_to_remove)) {
    const tag = await api.upsertTag(name)
    try {
      await api.detachTag(contactId, tag)
    } catch (thrown) {
      // A tag that is not there need not be taken away.
      if (!(thrown instanceof IntercomFailure && thrown.has(404))) throw thrown
    }
  }
}

/** Tags of a company go by name. */
export async function attachCompanyTags(api: IntercomApi, companyId: string, input: TagInput): Promise<void> {
  for (const name of toNames(input.tags_to_add)) await api.attachCompanyTag(name, companyId)
  for (const name of toNames(input.tags_to_remove)) await api.detachCompanyTag(name, companyId)
}

function toNames(value: unknown): string[] {
  const items: unknown[] = Array.isArray(value) ? value : isAbsent(value) ? [] : [value]
  const names = items.map((item) => toText(item)?.trim() ?? '').filter((name) => name !== '')
  return [...new Set(names)]
}
