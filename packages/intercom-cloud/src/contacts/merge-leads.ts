import type { Contact } from '../client/types'
import { BAD_REQUEST, GONE, NOT_FOUND } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'
import type { CallContext } from '../state/call-context'

/** Merges leads and their history into the user. */
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
      // The lead no longer exists, or is a user by now.
      if (!hasStatus(thrown, NOT_FOUND, GONE, BAD_REQUEST)) throw thrown
    }
    cache.evictContact(id)
  }
}

/** Runs a call for a contact; once more with the id that Intercom names if the contact was merged into another one. */
export async function followMerged<T>(id: string, call: (id: string) => Promise<T>): Promise<T> {
  try {
    return await call(id)
  } catch (thrown) {
    if (!hasStatus(thrown, GONE) || thrown.details.canonicalId === undefined) throw thrown
    return call(thrown.details.canonicalId)
  }
}
