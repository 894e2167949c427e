import { isAbsent, withoutUndefined } from '@intercom-destinations/shared-mapping'
import type { Contact } from '../client/types'
import { isWithinRetryWindow } from '../clock'
import { conflictUnreadable, isPermanent, permanentError } from '../errors'
import { isOwn, isAnotherContact } from './find-contact'
import { IntercomApiError } from '../client/intercom-api-error'
import { toExternalId, toSentEmail, type UpsertPlan, type Attempt, type Who } from './upsert-plan'
import type { CallContext } from '../state/call-context'

/**
 * Whether the write was refused because of another contact, or of the same one that is archived or blocked; not because
 * of another write at the same moment, which passes.
 */
export function isConflict(error: IntercomApiError): boolean {
  return (error.status === 409 && isPermanent(error)) || isBlocked(error)
}

/**
 * The way on after a conflict. It does not say whether the external ID or the address matched, so a contact that is not
 * known to be this person is never written: a live one is read first. An archived one cannot be read (Intercom answers
 * 404), so the person is tried without the address, and only if that fails, too, the archived contact is theirs.
 */
export async function resolveConflict(
  context: CallContext,
  error: IntercomApiError,
  plan: UpsertPlan,
  who: Who
): Promise<UpsertPlan> {
  const external_id = toExternalId(who)
  const isSent = toSentEmail(who, plan.address) !== undefined
  const { attempt } = plan
  // The contact carries our external ID already, so the conflict can only be about the address.
  if (attempt.kind === 'update' && isOwn(attempt.contact, external_id)) {
    if (isSent) return withoutAddress(plan, attempt)
    throw toUnreadable(error, who, context)
  }
  if (who.identity.kind === 'lead' || external_id === undefined) return resolveByAddress(context, error, plan, who)
  const named = toNamed(error)
  switch (named.kind) {
    case 'several':
      if (!isSent) throw permanentError('several-users')
      return withoutAddress(plan, { kind: 'create' })
    case 'blocked':
      if (isSent) return inDoubt(plan)
      throw error
    case 'unreadable':
      throw toUnreadable(error, who, context)
    case 'live':
      return isSent
        ? resolveLive(context, named.id, plan, who)
        : toOurs(plan, { id: named.id, role: 'user', external_id })
    case 'archived':
      if (isSent) return inDoubt(plan, named.id)
      await restore(context, named.id)
      return toOurs(plan, { id: named.id, role: 'user', external_id }, named.id)
  }
}

/** Only the address was sent, so who was named has it. */
async function resolveByAddress(
  context: CallContext,
  error: IntercomApiError,
  plan: UpsertPlan,
  who: Who
): Promise<UpsertPlan> {
  const named = toNamed(error)
  if (named.kind === 'several') throw permanentError('several-users')
  if (named.kind === 'unreadable') throw toUnreadable(error, who, context)
  if (named.kind === 'blocked') throw error
  if (named.kind === 'archived') await restore(context, named.id)
  return { ...plan, attempt: { kind: 'update', contact: { id: named.id, role: 'user' }, isUnread: true } }
}

/** By the external ID alone it is our contact; without the address it was reached, so the address may be sent after all. */
function toOurs(plan: UpsertPlan, contact: Contact, archived?: string): UpsertPlan {
  const { address } = plan
  const isSame = address.kind === 'in-doubt' && (address.id === undefined || address.id === archived)
  return {
    ...plan,
    attempt: { kind: 'update', contact, isUnread: true },
    leads: withLead(plan),
    address: isSame || address.kind === 'sent' ? { kind: 'sent' } : { kind: 'taken' }
  }
}

async function resolveLive(context: CallContext, id: string, plan: UpsertPlan, who: Who): Promise<UpsertPlan> {
  const known = context.cache.findContactById(id)?.contact ?? plan.seen?.find((contact) => contact.id === id)
  // Only an external ID tells for sure whose contact it is, and conflicts name users only.
  const isSure = known !== undefined && known.role === 'user' && !isAbsent(known.external_id)
  const contact = isSure ? known : await findNamed(context, id)
  // Gone meanwhile.
  if (!contact) return { ...plan, attempt: { kind: 'create' } }
  if (isAnotherContact(contact, who.identity)) return withoutAddress(plan, { kind: 'create' })
  return { ...plan, attempt: { kind: 'update', contact }, leads: withLead(plan) }
}

async function findNamed({ client }: CallContext, id: string): Promise<Contact | undefined> {
  try {
    return await client.findContact(id)
  } catch (thrown) {
    if (thrown instanceof IntercomApiError && (thrown.status === 404 || thrown.status === 410)) return undefined
    throw thrown
  }
}

/** Two writes at one moment may cause it, so it is worth another try as long as the event is young. */
function toUnreadable(error: IntercomApiError, { time }: Who, { clock }: CallContext): Error {
  return isWithinRetryWindow(time, clock) ? conflictUnreadable() : error
}

/** Tried without the address, to see whether it is to blame. */
function inDoubt(plan: UpsertPlan, id?: string): UpsertPlan {
  const address: UpsertPlan['address'] = { kind: 'in-doubt', ...withoutUndefined({ id }) }
  return { ...plan, attempt: { kind: 'create' }, address, leads: withLead(plan) }
}

/** The address is another's; so are leads who have it. */
function withoutAddress(plan: UpsertPlan, attempt: Attempt): UpsertPlan {
  return { ...plan, attempt, address: { kind: 'taken' }, leads: [] }
}

/** A lead that could not become the user, because the user is there already, is merged into them. */
function withLead({ attempt, leads }: UpsertPlan): readonly Contact[] {
  return attempt.kind === 'update' && attempt.contact.role === 'lead' ? [...leads, attempt.contact] : leads
}

type Named =
  | { kind: 'live' | 'archived'; id: string }
  /** Several users share the address. */
  | { kind: 'several' }
  | { kind: 'blocked' }
  | { kind: 'unreadable' }

/** The texts of a conflict, as they were recorded. */
function toNamed(error: IntercomApiError): Named {
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

async function restore({ client }: CallContext, id: string): Promise<void> {
  try {
    await client.unarchiveContact(id)
  } catch (thrown) {
    // Both answers were recorded for contacts that were deleted for good.
    const isDeleted =
      thrown instanceof IntercomApiError &&
      (thrown.status === 500 || (thrown.status === 400 && /permanent deletion/i.test(thrown.details.text)))
    throw isDeleted ? permanentError('contact-deleted') : thrown
  }
}
