import type { Loss } from '@intercom-destinations/shared-mapping'
import { toPersonRecords } from '../batch/person-keys'
import { GONE, NOT_FOUND } from '../client/http-status'
import { hasStatus, IntercomApiError } from '../client/intercom-api-error'
import { isWithinRetryWindow } from '../clock'
import type { DeliveryReport } from '../delivery-report'
import { contactNotFoundYet } from '../errors'
import { runTurn, type CallContext } from '../state/call-context'
import { isConflict, toConflicting, unarchive } from './conflicts'
import { findPerson, type Person } from './find-people'
import { followMerged } from './merge-leads'

/** A person to archive or to restore. */
export interface ArchiveTask {
  person: Person
  operation: ArchiveOperation
  /** Time of the event in Unix seconds. */
  time?: number
  losses: readonly Loss[]
}

export type ArchiveOperation = 'archive' | 'unarchive'

/** Archives or restores the contact, which may be repeated. A person who is not in Intercom is a loss. */
export function archiveContact(context: CallContext, task: ArchiveTask): Promise<DeliveryReport> {
  return runTurn(context, { locked: toPersonRecords(context, task.person) }, async (turn) => {
    const id = await (task.operation === 'archive' ? archive(turn, task) : restore(turn, task.person))
    if (id !== undefined) return { contactId: id, losses: [...task.losses] }
    return { skipped: true, losses: [...task.losses, { path: 'contact', reason: 'not-in-intercom' }] }
  })
}

/** The id of the archived contact; `undefined` if there is none. The identify of a recent event may still arrive. */
async function archive(context: CallContext, { person, time }: ArchiveTask): Promise<string | undefined> {
  const found = await findPerson(context, person)
  const archived = found === undefined ? undefined : await archiveById(context, found)
  if (archived !== undefined || person.id !== undefined) return archived
  // The cache or the search was outdated.
  const other = found === undefined ? undefined : await findPerson(context, person)
  const again = other === undefined || other === found ? undefined : await archiveById(context, other)
  if (again === undefined && isWithinRetryWindow(time, context.clock)) throw contactNotFoundYet()
  return again
}

function archiveById(context: CallContext, found: string): Promise<string | undefined> {
  const { client, cache, contactSearch } = context
  // The next identify restores the contact, so it must not find it in the cache or in the search of this batch.
  cache.evictContact(found)
  contactSearch.clear()
  const call = async (id: string) => {
    await client.archiveContact(id)
    cache.evictContact(id)
    return id
  }
  return orMissing(() => followMerged(found, call))
}

/**
 * The id of the restored contact; `undefined` if there is none. Intercom neither finds nor returns an archived contact, and
 * names it only in the conflict of a creation. If there is no conflict, the contact that was created is archived.
 */
async function restore(context: CallContext, person: Person): Promise<string | undefined> {
  const { client } = context
  if (person.id !== undefined) return orMissing(() => restoreById(context, person.id))
  const { external_id, email } = person
  const identity = external_id === undefined ? { email } : { external_id }
  try {
    const { id } = await client.createContact({ role: 'user', ...identity })
    await client.archiveContact(id)
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof IntercomApiError) || !isConflict(thrown)) throw thrown
    const other = toConflicting(thrown)
    if (other.kind !== 'archived' && other.kind !== 'live') throw thrown
    return other.kind === 'live' ? other.id : restoreById(context, other.id)
  }
}

async function restoreById(context: CallContext, id: string): Promise<string> {
  await followMerged(id, (next) => unarchive(context, next))
  return id
}

/** The result; `undefined` if Intercom does not have the contact. */
async function orMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (thrown) {
    if (hasStatus(thrown, NOT_FOUND, GONE)) return undefined
    throw thrown
  }
}
