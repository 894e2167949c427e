import type { Contact } from '../client/types'
import { IntercomApiError } from '../client/intercom-api-error'
import type { CallContext } from '../state/call-context'

/** One contact is left, with the history of all. */
export async function mergeLeads(
  { client, cache }: CallContext,
  leads: readonly Contact[],
  user: Contact
): Promise<void> {
  for (const id of new Set(leads.map((lead) => lead.id))) {
    if (id === user.id) continue
    try {
      await client.mergeContacts(id, user.id)
    } catch (thrown) {
      // Gone already, or no lead any more.
      if (
        !(thrown instanceof IntercomApiError) ||
        !(thrown.status === 404 || thrown.status === 410 || thrown.status === 400)
      )
        throw thrown
    }
    cache.evictContact(id)
  }
}

/** A contact that was merged away is found under the id that Intercom's answer names; followed once. */
export async function followMerged<T>(id: string, call: (id: string) => Promise<T>): Promise<T> {
  try {
    return await call(id)
  } catch (thrown) {
    if (!(thrown instanceof IntercomApiError) || thrown.status !== 410 || thrown.details.canonicalId === undefined)
      throw thrown
    return call(thrown.details.canonicalId)
  }
}
