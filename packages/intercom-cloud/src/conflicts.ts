import { isAbsent, withoutUndefined } from '@intercom-destinations/shared-mapping'
import type { Contact } from './api'
import { isYoung } from './clock'
import { conflictNotReadable, isRefused, refusal } from './errors'
import { isOwn, isSomebodyElse } from './find-contact'
import { IntercomFailure } from './failure'
import { toExternalId, toSentEmail, type Road, type Step, type Who } from './road'
import type { Session } from './session'

/**
 * Whether the write was refused because of another contact, or of the same one that is archived or blocked; not because
 * of another write at the same moment, which passes.
 */
export function isConflict(failure: IntercomFailure): boolean {
  return (failure.has(409) && isRefused(failure)) || isBlocked(failure)
}

/**
 * The way on after a conflict. It does not say whether the external ID or the address matched, so a contact that is not
 * known to be this person is never written: a live one is read first. An archived one cannot be read (Intercom answers
 * 404), so the person is tried without the address, and only if that fails, too, the archived contact is theirs.
 */
export async function resolveConflict(session: Session, failure: IntercomFailure, road: Road, who: Who): Promise<Road> {
  const external_id = toExternalId(who)
  const isSent = toSentEmail(who, road.address) !== undefined
  const { step } = road
  // The contact carries our external ID already, so the conflict can only be about the address.
  if (step.kind === 'update' && isOwn(step.contact, external_id)) {
    if (isSent) return withoutAddress(road, step)
    throw toUnreadable(failure, who, session)
  }
  if (who.identity.kind === 'lead' || external_id === undefined) return resolveByAddress(session, failure, road, who)
  const named = toNamed(failure)
  switch (named.kind) {
    case 'several':
      if (!isSent) throw refusal('several-users')
      return withoutAddress(road, { kind: 'create' })
    case 'blocked':
      if (isSent) return inDoubt(road)
      throw failure
    case 'unreadable':
      throw toUnreadable(failure, who, session)
    case 'live':
      return isSent
        ? resolveLive(session, named.id, road, who)
        : toOurs(road, { id: named.id, role: 'user', external_id })
    case 'archived':
      if (isSent) return inDoubt(road, named.id)
      await restore(session, named.id)
      return toOurs(road, { id: named.id, role: 'user', external_id }, named.id)
  }
}

/** Only the address was sent, so who was named has it. */
async function resolveByAddress(session: Session, failure: IntercomFailure, road: Road, who: Who): Promise<Road> {
  const named = toNamed(failure)
  if (named.kind === 'several') throw refusal('several-users')
  if (named.kind === 'unreadable') throw toUnreadable(failure, who, session)
  if (named.kind === 'blocked') throw failure
  if (named.kind === 'archived') await restore(session, named.id)
  return { ...road, step: { kind: 'update', contact: { id: named.id, role: 'user' }, isUnread: true } }
}

/** By the external ID alone it is our contact; without the address it was reached, so the address may be sent after all. */
function toOurs(road: Road, contact: Contact, archived?: string): Road {
  const { address } = road
  const isSame = address.kind === 'in-doubt' && (address.id === undefined || address.id === archived)
  return {
    ...road,
    step: { kind: 'update', contact, isUnread: true },
    leads: withLead(road),
    address: isSame || address.kind === 'sent' ? { kind: 'sent' } : { kind: 'taken' }
  }
}

async function resolveLive(session: Session, id: string, road: Road, who: Who): Promise<Road> {
  const known = session.memory.findPersonById(id)?.contact ?? road.seen?.find((contact) => contact.id === id)
  // Only an external ID tells for sure whose contact it is, and conflicts name users only.
  const isSure = known !== undefined && known.role === 'user' && !isAbsent(known.external_id)
  const contact = isSure ? known : await findNamed(session, id)
  // Gone meanwhile.
  if (!contact) return { ...road, step: { kind: 'create' } }
  if (isSomebodyElse(contact, who.identity)) return withoutAddress(road, { kind: 'create' })
  return { ...road, step: { kind: 'update', contact }, leads: withLead(road) }
}

async function findNamed({ api }: Session, id: string): Promise<Contact | undefined> {
  try {
    return await api.findContact(id)
  } catch (thrown) {
    if (thrown instanceof IntercomFailure && (thrown.has(404) || thrown.has(410))) return undefined
    throw thrown
  }
}

/** Two writes at one moment may cause it, so it is worth another try as long as the event is young. */
function toUnreadable(failure: IntercomFailure, { time }: Who, { clock }: Session): Error {
  return isYoung(time, clock) ? conflictNotReadable() : failure
}

/** Tried without the address, to see whether it is to blame. */
function inDoubt(road: Road, id?: string): Road {
  const address: Road['address'] = { kind: 'in-doubt', ...withoutUndefined({ id }) }
  return { ...road, step: { kind: 'create' }, address, leads: withLead(road) }
}

/** The address is another's; so are leads who have it. */
function withoutAddress(road: Road, step: Step): Road {
  return { ...road, step, address: { kind: 'taken' }, leads: [] }
}

/** A lead that could not become the user, because the user is there already, is merged into them. */
function withLead({ step, leads }: Road): readonly Contact[] {
  return step.kind === 'update' && step.contact.role === 'lead' ? [...leads, step.contact] : leads
}

type Named =
  | { kind: 'live' | 'archived'; id: string }
  /** Several users share the address. */
  | { kind: 'several' }
  | { kind: 'blocked' }
  | { kind: 'unreadable' }

/** The texts of a conflict, as they were recorded. */
function toNamed(failure: IntercomFailure): Named {
  if (isBlocked(failure)) return { kind: 'blocked' }
  const { text } = failure.facts
  if (/^Multiple existing users/i.test(text)) return { kind: 'several' }
  const [, which, id] = /^(An archived|A) contact matching .*id=([0-9a-f]+)/i.exec(text) ?? []
  if (which === undefined || id === undefined) return { kind: 'unreadable' }
  return { kind: which.toLowerCase() === 'a' ? 'live' : 'archived', id }
}

function isBlocked(failure: IntercomFailure): boolean {
  return failure.facts.code === 'not_restorable'
}

async function restore({ api }: Session, id: string): Promise<void> {
  try {
    await api.unarchiveContact(id)
  } catch (thrown) {
    // Both answers were recorded for contacts that were deleted for good.
    const isDeleted =
      thrown instanceof IntercomFailure &&
      (thrown.has(500) || (thrown.has(400) && /permanent deletion/i.test(thrown.facts.text)))
    throw isDeleted ? refusal('contact-deleted') : thrown
  }
}
