import { toText } from '@intercom-destinations/shared-mapping'
import { findContactsWithExternalId } from './find-contact'
import { GONE, NOT_FOUND } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'
import { toPersonRecords } from '../batch/person-keys'
import type { CallContext } from '../state/call-context'

/** The result of a user deletion. */
export interface DeletionReport {
  /** Number of contacts. */
  deleted: number
  /** The result in words. */
  output: string
}

const ARCHIVED = 'Intercom cannot look up archived contacts: delete an archived one by hand, in Intercom.'

/** Deletes every contact that has the user id as its external ID. */
export async function deleteContacts(context: CallContext, userId: unknown): Promise<DeletionReport> {
  // Not trimmed, as in identify: 'u1 ' is another person.
  const external_id = toText(userId) ?? ''
  if (external_id.trim() === '')
    return {
      deleted: 0,
      output: `Nothing was deleted: the request names no user id, and Intercom does not know Segment's anonymous ids. ${ARCHIVED}`
    }
  await context.workspace.load(context.cache, () => toPersonRecords(context, { external_id }))
  const contacts = await findContactsWithExternalId(context, external_id)
  let deleted = 0
  for (const { id } of contacts) deleted += await deleteContact(context, id)
  const result =
    deleted === 0
      ? 'Nothing was deleted: no contact in Intercom carries this user id.'
      : `Deleted ${deleted} ${deleted === 1 ? 'contact' : 'contacts'} with this user id.`
  return { deleted, output: `${result} ${ARCHIVED}` }
}

/** The number of contacts deleted. The search may still return a deleted contact. */
async function deleteContact({ client, cache }: CallContext, id: string): Promise<0 | 1> {
  cache.evictContact(id)
  try {
    await client.deleteContact(id)
    return 1
  } catch (thrown) {
    if (hasStatus(thrown, NOT_FOUND, GONE)) return 0
    throw thrown
  }
}
