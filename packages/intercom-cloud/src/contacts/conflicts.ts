import { isAbsent, withoutUndefined } from '@intercom-destinations/shared-mapping'
import type { Contact } from '../client/types'
import { isWithinRetryWindow } from '../clock'
import { conflictUnreadable, isPermanent, permanentError } from '../errors'
import { hasExternalId, isAnotherContact } from './find-contact'
import { BAD_REQUEST, CONFLICT, GONE, NOT_FOUND, SERVER_ERROR } from '../client/http-status'
import { hasStatus, type IntercomApiError } from '../client/intercom-api-error'
import { toExternalId, toLeads, toSentEmail, type Attempt, type UpsertPlan, type UpsertTarget } from './upsert-plan'
import type { CallContext } from '../state/call-context'
import { PersonSkipped } from './sync-mode'

/**
 * Whether the write was rejected because of another contact, or because the contact itself is archived or blocked. A race
 * with another write at the same moment is not a conflict: it is retried.
 */
export function isConflict(error: IntercomApiError): boolean {
  return (error.status === CONFLICT && isPermanent(error)) || isBlocked(error)
}

/**
 * The next attempt after a conflict. Intercom does not report whether the external ID or the address matched, and a
 * contact that may be another person is never written. A live contact is read first. An archived one cannot be read
 * (Intercom answers 404), so the write is tried without the address: if that conflicts, too, the external ID matched.
 */
export async function resolveConflict(
  context: CallContext,
  error: IntercomApiError,
  plan: UpsertPlan,
  target: UpsertTarget
): Promise<UpsertPlan> {
  const external_id = toExternalId(target)
  const isEmailSent = toSentEmail(target, plan.email) !== undefined
  const { attempt } = plan
  // The contact has our external ID already, so the conflict is about the address.
  if (attempt.kind === 'update' && hasExternalId(attempt.contact, external_id)) {
    if (isEmailSent) return withEmailTaken(plan, attempt)
    throw toUnreadable(error, target, context)
  }
  if (target.identity.kind === 'lead' || external_id === undefined)
    return resolveByAddress(context, error, plan, target)
  const other = toConflicting(error)
  switch (other.kind) {
    case 'several':
      if (!isEmailSent) throw permanentError('several-users')
      return withEmailTaken(plan, { kind: 'create' })
    case 'blocked':
      if (isEmailSent) return withEmailWithheld(plan)
      throw error
    case 'unreadable':
      throw toUnreadable(error, target, context)
    case 'live':
      return isEmailSent
        ? resolveLive(context, other.id, plan, target)
        : toUpdateByExternalId(plan, { id: other.id, role: 'user', external_id })
    case 'archived':
      if (isEmailSent) return withEmailWithheld(plan, other.id)
      await unarchive(context, other.id, target)
      return toUpdateByExternalId(plan, { id: other.id, role: 'user', external_id }, other.id)
  }
}

/** Only the address was sent, so the contact that the conflict names has it. */
async function resolveByAddress(
  context: CallContext,
  error: IntercomApiError,
  plan: UpsertPlan,
  target: UpsertTarget
): Promise<UpsertPlan> {
  const other = toConflicting(error)
  if (other.kind === 'several') throw permanentError('several-users')
  if (other.kind === 'unreadable') throw toUnreadable(error, target, context)
  if (other.kind === 'blocked') throw error
  if (other.kind === 'archived') await unarchive(context, other.id, target)
  return { ...plan, attempt: { kind: 'update', contact: { id: other.id, role: 'user' }, isIdOnly: true } }
}

/**
 * Without the address, only the external ID can have matched, so the contact is ours. If the address conflicted with the
 * same contact, or with one that was not named, it is sent again.
 */
function toUpdateByExternalId(plan: UpsertPlan, contact: Contact, archivedId?: string): UpsertPlan {
  const { email } = plan
  const isOwnAddress = email.kind === 'withheld' && (email.id === undefined || email.id === archivedId)
  return {
    ...plan,
    attempt: { kind: 'update', contact, isIdOnly: true },
    leads: toLeads(plan),
    email: isOwnAddress || email.kind === 'sent' ? { kind: 'sent' } : { kind: 'taken' }
  }
}

async function resolveLive(
  context: CallContext,
  id: string,
  plan: UpsertPlan,
  target: UpsertTarget
): Promise<UpsertPlan> {
  const known = context.cache.findContactById(id)?.contact ?? plan.found?.find((contact) => contact.id === id)
  // Only an external ID identifies a person reliably, and conflicts name users only.
  const isIdentified = known !== undefined && known.role === 'user' && !isAbsent(known.external_id)
  const contact = isIdentified ? known : await findIfLive(context, id)
  // Deleted since.
  if (!contact) return { ...plan, attempt: { kind: 'create' } }
  if (isAnotherContact(contact, target.identity)) return withEmailTaken(plan, { kind: 'create' })
  return { ...plan, attempt: { kind: 'update', contact }, leads: toLeads(plan) }
}

async function findIfLive({ client }: CallContext, id: string): Promise<Contact | undefined> {
  try {
    return await client.findContact(id)
  } catch (thrown) {
    if (hasStatus(thrown, NOT_FOUND, GONE)) return undefined
    throw thrown
  }
}

/** Two writes at the same moment may cause such a conflict, so a recent event is retried. */
function toUnreadable(error: IntercomApiError, { time }: UpsertTarget, { clock }: CallContext): Error {
  return isWithinRetryWindow(time, clock) ? conflictUnreadable() : error
}

function withEmailWithheld(plan: UpsertPlan, id?: string): UpsertPlan {
  return {
    ...plan,
    attempt: { kind: 'create' },
    email: { kind: 'withheld', ...withoutUndefined({ id }) },
    leads: toLeads(plan)
  }
}

/** The address belongs to another contact, and so do the leads that have it. */
function withEmailTaken(plan: UpsertPlan, attempt: Attempt): UpsertPlan {
  return { ...plan, attempt, email: { kind: 'taken' }, leads: [] }
}

/** What a conflict reports about the contact that it is with. */
type Conflicting =
  | { kind: 'live' | 'archived'; id: string }
  /** Several users share the address. */
  | { kind: 'several' }
  | { kind: 'blocked' }
  | { kind: 'unreadable' }

/** Reads the messages of conflicts, as recorded from Intercom. */
export function toConflicting(error: IntercomApiError): Conflicting {
  if (isBlocked(error)) return { kind: 'blocked' }
  const { text } = error.details
  if (/^Multiple existing users/i.test(text)) return { kind: 'several' }
  const [, which, id] = /^(An archived|A) contact matching .*id=([0-9a-f]+)/i.exec(text) ?? []
  if (which === undefined || id === undefined) return { kind: 'unreadable' }
  return { kind: which.toLowerCase() === 'a' ? 'live' : 'archived', id }
}

function isBlocked(error: IntercomApiError): boolean {
  return error.details.code === 'not_restorable'
}

/** Restores a contact, unless the mode of the mapping only adds people. A permanently deleted one is a permanent error. */
export async function unarchive(
  { client }: CallContext,
  id: string,
  { mode }: Pick<UpsertTarget, 'mode'> = {}
): Promise<void> {
  if (mode === 'add') throw new PersonSkipped('already-in-intercom')
  try {
    await client.unarchiveContact(id)
  } catch (thrown) {
    // Both responses were recorded for permanently deleted contacts.
    const isDeleted =
      hasStatus(thrown, SERVER_ERROR) ||
      (hasStatus(thrown, BAD_REQUEST) && /permanent deletion/i.test(thrown.details.text))
    throw isDeleted ? permanentError('contact-deleted') : thrown
  }
}
