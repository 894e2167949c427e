import { toText } from '@intercom-destinations/shared-mapping'
import { findContactsWithExternalId } from './find-contact'
import { IntercomFailure } from './failure'
import type { Session } from './session'

/** What became of a request to erase somebody. */
export interface DeletionReport {
  deleted: number
  output: string
}

const ARCHIVED = 'Intercom cannot look up archived contacts: delete an archived one by hand, in Intercom.'

/** Erases every contact that carries the user id, by Intercom's own id. */
export async function deleteContacts(session: Session, userId: unknown): Promise<DeletionReport> {
  // As it is: identify does not trim it either, and 'u1 ' is somebody else.
  const external_id = toText(userId) ?? ''
  if (external_id.trim() === '')
    return {
      deleted: 0,
      output: `Nothing was deleted: the request names no user id, and Intercom does not know Segment's anonymous ids. ${ARCHIVED}`
    }
  const contacts = await findContactsWithExternalId(session, external_id)
  let deleted = 0
  for (const { id } of contacts) deleted += await deleteOnce(session, id)
  const told =
    deleted === 0
      ? 'Nothing was deleted: no contact in Intercom carries this user id.'
      : `Deleted ${deleted} ${deleted === 1 ? 'contact' : 'contacts'} with this user id.`
  return { deleted, output: `${told} ${ARCHIVED}` }
}

/** The search may still show somebody who is gone. */
async function deleteOnce({ api, memory }: Session, id: string): Promise<0 | 1> {
  memory.forgetPerson(id)
  try {
    await api.deleteContact(id)
    return 1
  } catch (thrown) {
    if (thrown instanceof IntercomFailure && (thrown.has(404) || thrown.has(410))) return 0
    throw thrown
  }
}
