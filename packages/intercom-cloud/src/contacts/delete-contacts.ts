import { toText } from '@intercom-destinations/shared-mapping'
import { findContactsWithExternalId } from './find-contact'
import { IntercomApiError } from '../client/intercom-api-error'
import type { CallContext } from '../state/call-context'

/** What became of a request to erase somebody. */
export interface DeletionReport {
  deleted: number
  output: string
}

const ARCHIVED = 'Intercom cannot look up archived contacts: delete an archived one by hand, in Intercom.'

/** Erases every contact that carries the user id, by Intercom's own id. */
export async function deleteContacts(context: CallContext, userId: unknown): Promise<DeletionReport> {
  // As it is: identify does not trim it either, and 'u1 ' is somebody else.
  const external_id = toText(userId) ?? ''
  if (external_id.trim() === '')
    return {
      deleted: 0,
      output: `Nothing was deleted: the request names no user id, and Intercom does not know Segment's anonymous ids. ${ARCHIVED}`
    }
  const contacts = await findContactsWithExternalId(context, external_id)
  let deleted = 0
  for (const { id } of contacts) deleted += await deleteOnce(context, id)
  const told =
    deleted === 0
      ? 'Nothing was deleted: no contact in Intercom carries this user id.'
      : `Deleted ${deleted} ${deleted === 1 ? 'contact' : 'contacts'} with this user id.`
  return { deleted, output: `${told} ${ARCHIVED}` }
}

/** The search may still show somebody who is gone. */
async function deleteOnce({ client, cache }: CallContext, id: string): Promise<0 | 1> {
  cache.evictContact(id)
  try {
    await client.deleteContact(id)
    return 1
  } catch (thrown) {
    if (thrown instanceof IntercomApiError && (thrown.status === 404 || thrown.status === 410)) return 0
    throw thrown
  }
}
