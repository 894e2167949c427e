import { isAbsent, type CustomAttributes, type Loss } from '@intercom-destinations/shared-mapping'
import { isPathValue, type Contact, type ContactBody } from './api'
import type { AttributeWriter } from './attributes'
import { toNewBody, toUpdateBody, type KnownIdentity } from './contact-body'
import { refusal } from './errors'
import { IntercomFailure } from './failure'
import type { ContactKey } from './lookup'
import type { RememberedPerson } from './memory'
import type { Session } from './session'
import { toFresh, toWritten, type AttributeTimes } from './superseded'

/** What a lookup found. */
export type ContactMatch = { kind: 'one'; contact: Contact } | { kind: 'none' } | { kind: 'many' }

/**
 * The one person of this key: remembered, or found by one search for the external ID or the e-mail address. The
 * external ID decides; among those who share the address a user comes before a lead, and several users are `many`.
 * Somebody created a minute ago may not be found yet.
 */
export async function findContact(session: Session, key: ContactKey): Promise<ContactMatch> {
  const known = findRemembered(session, key)
  if (known) return { kind: 'one', contact: known.contact }
  const match = toMatch(key, await session.lookup.find(key))
  if (match.kind === 'one') session.memory.rememberPerson(match.contact)
  return match
}

/** By the external ID, else by the address. */
export function findRemembered({ memory }: Session, { external_id, email }: ContactKey): RememberedPerson | undefined {
  if (external_id !== undefined) return memory.findPerson('external_id', external_id)
  return memory.findPerson('email', email)
}

/** The user with this external ID, found at once, unlike by a search. */
export async function findContactByExternalId(session: Session, external_id: string): Promise<Contact | undefined> {
  const known = session.memory.findPerson('external_id', external_id)
  if (known) return known.contact
  const prepared = session.lookup.toPrepared({ external_id })?.find((one) => isOwn(one, { external_id }))
  const contact = prepared ?? (await findLive(session, external_id))
  if (contact) session.memory.rememberPerson(contact)
  return contact
}

async function findLive({ api, lookup }: Session, external_id: string): Promise<Contact | undefined> {
  // `.` and `..` cannot stand in a path.
  if (!isPathValue(external_id)) {
    const match = toMatch({ external_id }, await lookup.find({ external_id }))
    return match.kind === 'one' ? match.contact : undefined
  }
  try {
    return await api.findContactByExternalId(external_id)
  } catch (thrown) {
    if (!(thrown instanceof IntercomFailure)) throw thrown
    if (thrown.has(404)) return undefined
    if (thrown.has(410) && thrown.facts.canonicalId !== undefined) return api.findContact(thrown.facts.canonicalId)
    throw thrown
  }
}

/** Every user who carries this external ID: there may be several, and the search may not know the newest. */
export async function findContactsWithExternalId(session: Session, external_id: string): Promise<Contact[]> {
  const one = await findLive(session, external_id)
  const found = await session.lookup.find({ external_id })
  const known = session.memory.findPerson('external_id', external_id)
  const all = [
    ...(one ? [one] : []),
    ...found.filter((contact) => contact.external_id === external_id),
    ...(known ? [known.contact] : [])
  ]
  return [...new Map(all.map((contact) => [contact.id, contact])).values()]
}

function toMatch(key: ContactKey, found: readonly Contact[]): ContactMatch {
  const own = found.find((contact) => isOwn(contact, key))
  if (own) return { kind: 'one', contact: own }
  const sharing = found.filter((contact) => hasEmail(contact, key.email))
  const [user, ...others] = sharing.filter(({ role }) => role === 'user')
  if (others.length > 0) return { kind: 'many' }
  const contact = user ?? sharing[0]
  return contact ? { kind: 'one', contact } : { kind: 'none' }
}

function isOwn(contact: Contact, { external_id }: { external_id?: string }): boolean {
  return external_id !== undefined && contact.role === 'user' && contact.external_id === external_id
}

function hasEmail(contact: Contact, email: string | undefined): boolean {
  return email !== undefined && contact.email?.toLowerCase() === email.toLowerCase()
}

/** A user with an external ID of their own is never given another one. A lead's is random and means nothing. */
export function isSomebodyElse(contact: Contact, identity: KnownIdentity): boolean {
  if (identity.kind === 'lead' || identity.external_id === undefined) return false
  return contact.role === 'user' && !isAbsent(contact.external_id) && contact.external_id !== identity.external_id
}

/** What to try next on the way to one contact. */
type Step =
  | { kind: 'create' }
  /** `isGuess`: Intercom named them without saying why, and the answer to the update has to show that they are ours. */
  | { kind: 'update'; contact: Contact; isRemembered?: true; isGuess?: true }

/** Where to begin, and who else was seen on the way. */
interface Road {
  step: Step
  /** Whom the search showed; `undefined` where nothing was asked. */
  seen: readonly Contact[] | undefined
  /** Leads who turned out to be the user who is written; they are merged into them. */
  leads: Contact[]
}

/** Forgotten, create, conflict, restore, update, merged: no honest road is longer, and a circle must end. */
const MAX_STEPS = 6

export interface ContactWrite {
  identity: KnownIdentity
  body: ContactBody
  custom: CustomAttributes
  attributes: AttributeWriter
  losses: Loss[]
  /** When each value was true, where the events tell it. */
  times: AttributeTimes
  /** Segment's user id of a lead, by which its events will come. */
  segmentUserId?: string
}

/**
 * Creates the person or updates the one who is there. Intercom's `POST /contacts` is no upsert and its search lags
 * behind, so the conflict that it answers is the last word on who is there. Events of one person take turns.
 */
export function resolveContact(session: Session, write: ContactWrite): Promise<RememberedPerson> {
  return session.memory.turns.run(toTurnKeys(write.identity), () => resolve(session, write))
}

function toTurnKeys(identity: KnownIdentity): string[] {
  const { email } = identity
  const external_id = identity.kind === 'user' ? identity.external_id : undefined
  return [
    ...(external_id === undefined ? [] : [`external_id ${external_id}`]),
    ...(email === undefined ? [] : [`email ${email.toLowerCase()}`])
  ]
}

async function resolve(session: Session, write: ContactWrite): Promise<RememberedPerson> {
  const { identity } = write
  let { body } = write
  let road = await findRoad(session, identity)
  for (let taken = 0; taken < MAX_STEPS; taken++) {
    try {
      const contact = await take(session, road.step, { ...write, body })
      if (isSomebodyElse(contact, identity)) throw refusal('email-of-another-user')
      if (
        road.step.kind === 'update' &&
        road.step.isGuess &&
        identity.kind === 'user' &&
        isAbsent(contact.external_id)
      ) {
        // They were known by the address alone: the external ID is still to be given.
        road = { ...road, step: { kind: 'update', contact: { ...contact, role: 'user' } } }
        continue
      }
      const person = session.memory.rememberPerson(contact, write.segmentUserId)
      for (const [name, time] of toWritten({ ...write, body })) person.wrote(name, time)
      try {
        await mergeLeads(session, road.leads, contact)
      } catch (thrown) {
        // Redelivered, the event has to find the leads again, so it may not know the way already.
        session.memory.forgetPerson(contact.id)
        throw thrown
      }
      return person
    } catch (thrown) {
      if (!(thrown instanceof IntercomFailure)) throw thrown
      if (isAboutEmailOnly(thrown, road.step, identity) && body.email !== undefined) {
        // The address belongs to somebody else; the rest of what is known about this person still arrives.
        const { email: _, ...rest } = body
        body = rest
        write.losses.push({ path: 'email', reason: 'refused-by-intercom' })
      } else {
        road = await findNextRoad(session, thrown, road, identity)
      }
    }
  }
  throw refusal('unresolved-conflict')
}

async function take(session: Session, step: Step, write: ContactWrite): Promise<Contact> {
  const { identity, attributes } = write
  if (step.kind === 'create')
    return attributes.write(write.custom, (known) =>
      session.api.createContact(toNewBody(identity, withCustom(write.body, known)))
    )
  const { contact } = step
  const { body, custom, isEmpty } = toFresh(write, session.memory.findPersonById(contact.id))
  // Everything in the event is older than what was written since.
  if (isEmpty && Object.keys(toUpdateBody(identity, body, contact)).length === 0) return contact
  return attributes.write(custom, (known) =>
    session.api.updateContact(contact.id, toUpdateBody(identity, withCustom(body, known), contact))
  )
}

function withCustom(body: ContactBody, custom: CustomAttributes | undefined): ContactBody {
  return custom === undefined ? body : { ...body, custom_attributes: custom }
}

async function findRoad(session: Session, identity: KnownIdentity): Promise<Road> {
  const { memory, lookup } = session
  const { email } = identity
  const external_id = identity.kind === 'user' ? identity.external_id : undefined
  const known = external_id === undefined ? undefined : memory.findPerson('external_id', external_id)
  if (known && (email === undefined || known.contact.role === 'lead' || hasEmail(known.contact, email)))
    return toRoad(known)
  // With an external ID alone the conflict names the contact, so that a new person costs one call.
  if (email === undefined) {
    const found =
      external_id === undefined
        ? undefined
        : lookup.toPrepared({ external_id })?.find((one) => isOwn(one, { external_id }))
    return { step: found ? { kind: 'update', contact: found } : { kind: 'create' }, seen: undefined, leads: [] }
  }
  if (!known) {
    const byEmail = memory.findPerson('email', email)
    if (byEmail && !isSomebodyElse(byEmail.contact, identity)) return toRoad(byEmail)
  }

  const key = external_id === undefined ? { email } : { external_id, email }
  const seen = await lookup.find(key)
  const match = known ? { kind: 'one' as const, contact: known.contact } : toMatch(key, seen)
  if (match.kind === 'many' && external_id === undefined) throw refusal('several-users')
  const step: Step =
    match.kind === 'one' && !isSomebodyElse(match.contact, identity)
      ? { kind: 'update', contact: match.contact, ...(known ? { isRemembered: true } : {}) }
      : { kind: 'create' }
  const leads = seen.filter((contact) => contact.role === 'lead' && hasEmail(contact, email))
  return { step, seen, leads: identity.kind === 'user' ? leads : [] }
}

function toRoad({ contact }: RememberedPerson): Road {
  return { step: { kind: 'update', contact, isRemembered: true }, seen: undefined, leads: [] }
}

async function findNextRoad(
  session: Session,
  failure: IntercomFailure,
  road: Road,
  identity: KnownIdentity
): Promise<Road> {
  const { facts } = failure
  const { step } = road
  if (failure.has(409)) {
    const next = await resolveConflict(session, failure, road, identity)
    // A lead that could not become the user, because the user is there already, is merged into them.
    const isLead = step.kind === 'update' && step.contact.role === 'lead'
    return { ...road, step: next, leads: isLead ? [...road.leads, step.contact] : road.leads }
  }
  if (step.kind === 'create') throw failure
  if (failure.has(410) || failure.has(404)) {
    session.memory.forgetPerson(step.contact.id)
    session.lookup.forget()
  }
  if (failure.has(410) && facts.canonicalId !== undefined) {
    // Into whom they were merged has to be seen before anything is written: it may be somebody else.
    const contact = await session.api.findContact(facts.canonicalId)
    if (isSomebodyElse(contact, identity)) throw refusal('email-of-another-user')
    return { ...road, step: { kind: 'update', contact } }
  }
  if (failure.has(404)) {
    // What was remembered is looked up again; whom the search still showed is gone.
    return step.isRemembered ? findRoad(session, identity) : { ...road, step: { kind: 'create' } }
  }
  throw failure
}

/** The three texts of a conflict (facts A3): somebody live, somebody archived, or several at once. */
async function resolveConflict(
  session: Session,
  failure: IntercomFailure,
  road: Road,
  identity: KnownIdentity
): Promise<Step> {
  const { text } = failure.facts
  if (/^Multiple existing users/i.test(text)) throw refusal('several-users')
  const [, which, id] = /^(An archived|A) contact matching .*id=([0-9a-f]+)/i.exec(text) ?? []
  if (which === undefined || id === undefined) throw failure
  const isArchived = which.toLowerCase() === 'an archived'
  if (isArchived) await restore(session, id)
  const step = await findNamed(session, id, isArchived, road, identity)
  if (isSomebodyElse(step.contact, identity)) throw refusal('email-of-another-user')
  return step
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

/**
 * A conflict does not say whether the external ID or the e-mail address matched. Where both were sent, and the search
 * showed nobody with either, they were made a moment ago: almost surely by another event of this person.
 */
async function findNamed(
  { api, memory }: Session,
  id: string,
  isArchived: boolean,
  { step, seen }: Road,
  identity: KnownIdentity
): Promise<Step & { kind: 'update' }> {
  if (identity.kind === 'lead' || identity.external_id === undefined)
    return { kind: 'update', contact: { id, role: 'user' } }
  const { external_id, email } = identity
  const known = memory.findPersonById(id)?.contact ?? seen?.find((contact) => contact.id === id)
  if (known) return { kind: 'update', contact: known }
  const contact: Contact = { id, role: 'user', external_id }
  if (email === undefined) return { kind: 'update', contact }
  if (step.kind === 'create' && seen?.length === 0 && !isArchived) return { kind: 'update', contact, isGuess: true }
  return { kind: 'update', contact: await api.findContact(id) }
}

/** The contact carries our external ID already, so a conflict on updating it can only be about the address. */
function isAboutEmailOnly(failure: IntercomFailure, step: Step, identity: KnownIdentity): boolean {
  return failure.has(409) && step.kind === 'update' && identity.kind === 'user' && isOwn(step.contact, identity)
}

/** One contact is left, with the history of all. */
async function mergeLeads({ api, memory }: Session, leads: readonly Contact[], user: Contact): Promise<void> {
  for (const id of new Set(leads.map((lead) => lead.id))) {
    if (id === user.id) continue
    try {
      await api.mergeContacts(id, user.id)
    } catch (thrown) {
      // Gone already, or no lead any more.
      if (!(thrown instanceof IntercomFailure) || !(thrown.has(404) || thrown.has(410) || thrown.has(400))) throw thrown
    }
    memory.forgetPerson(id)
  }
}

/** Somebody merged away is found under the id that Intercom's answer names; followed once. */
export async function followMerged<T>(id: string, call: (id: string) => Promise<T>): Promise<T> {
  try {
    return await call(id)
  } catch (thrown) {
    if (!(thrown instanceof IntercomFailure) || !thrown.has(410) || thrown.facts.canonicalId === undefined) throw thrown
    return call(thrown.facts.canonicalId)
  }
}
