import { isAbsent, type CustomAttributes, type Loss } from '@intercom-destinations/shared-mapping'
import { isPathValue, type Contact, type ContactBody, type IntercomApi, type SearchFilter } from './api'
import type { AttributeWriter } from './attributes'
import { toNewBody, toUpdateBody, type KnownIdentity } from './contact-body'
import { refusal } from './errors'
import { IntercomFailure } from './failure'

/** By what a person is looked up; at least one of the two. */
export type ContactKey = { external_id: string; email?: string } | { external_id?: undefined; email: string }

/** What a lookup found. */
export type ContactMatch =
  | { kind: 'one'; contact: Contact; by: 'external_id' | 'email' }
  | { kind: 'none' }
  | { kind: 'many'; contacts: Contact[] }

/**
 * One search for the external ID or the e-mail address. The external ID decides; among those who share the address a
 * user comes before a lead, and several users are `many`. Somebody created a minute ago may not be found yet.
 */
export async function findContact(api: IntercomApi, key: ContactKey): Promise<ContactMatch> {
  const filters: SearchFilter[] = []
  if (key.external_id !== undefined) filters.push({ field: 'external_id', operator: '=', value: key.external_id })
  if (key.email !== undefined) filters.push({ field: 'email', operator: '=', value: key.email })
  const [only, ...others] = filters
  const query = only && others.length === 0 ? only : { operator: 'OR' as const, value: filters }
  return toMatch(key, await api.searchContacts(query))
}

/** The user with this external ID, found at once, unlike by a search. */
export async function findContactByExternalId(api: IntercomApi, external_id: string): Promise<Contact | undefined> {
  // `.` and `..` cannot stand in a path.
  if (!isPathValue(external_id)) return findBySearch(api, external_id)
  try {
    return await api.findContactByExternalId(external_id)
  } catch (thrown) {
    if (!(thrown instanceof IntercomFailure)) throw thrown
    if (thrown.has(404)) return undefined
    if (thrown.has(410) && thrown.facts.canonicalId !== undefined) return api.findContact(thrown.facts.canonicalId)
    throw thrown
  }
}

async function findBySearch(api: IntercomApi, external_id: string): Promise<Contact | undefined> {
  const match = await findContact(api, { external_id })
  return match.kind === 'one' ? match.contact : undefined
}

/** Every user who carries this external ID: there may be several, and the search may not know the newest. */
export async function findContactsWithExternalId(api: IntercomApi, external_id: string): Promise<Contact[]> {
  const one = await findContactByExternalId(api, external_id)
  const found = await api.searchContacts({ field: 'external_id', operator: '=', value: external_id })
  const all = [...(one ? [one] : []), ...found.filter((contact) => contact.external_id === external_id)]
  return [...new Map(all.map((contact) => [contact.id, contact])).values()]
}

function toMatch(key: ContactKey, found: Contact[]): ContactMatch {
  const own = found.find((contact) => contact.role === 'user' && hasExternalId(contact, key))
  if (own) return { kind: 'one', contact: own, by: 'external_id' }
  const sharing = found.filter(
    ({ email }) => key.email !== undefined && email?.toLowerCase() === key.email.toLowerCase()
  )
  const users = sharing.filter(({ role }) => role === 'user')
  if (users.length > 1) return { kind: 'many', contacts: users }
  const contact = users[0] ?? sharing[0]
  return contact ? { kind: 'one', contact, by: 'email' } : { kind: 'none' }
}

function hasExternalId(contact: Contact, { external_id }: { external_id?: string }): boolean {
  return external_id !== undefined && contact.external_id === external_id
}

/** A user with an external ID of their own is never given another one. A lead's is random and means nothing. */
function isSomebodyElse(contact: Contact, identity: KnownIdentity): boolean {
  if (identity.kind === 'lead' || identity.external_id === undefined) return false
  return contact.role === 'user' && !isAbsent(contact.external_id) && contact.external_id !== identity.external_id
}

/** What to try next on the way to one contact. */
type Step = { kind: 'create' } | { kind: 'update'; contact: Contact }

/** Create, conflict, restore, update, merged: no honest road is longer, and a circle must end. */
const MAX_STEPS = 6

export interface ContactWrite {
  identity: KnownIdentity
  body: ContactBody
  custom: CustomAttributes
  attributes: AttributeWriter
  losses: Loss[]
}

/**
 * Creates the person or updates the one who is there. Intercom's `POST /contacts` is no upsert and its search lags
 * behind, so the conflict that it answers is the last word on who is there.
 * Keeping order among events of one person, and remembering who was found, will live here.
 */
export async function resolveContact(api: IntercomApi, write: ContactWrite): Promise<Contact> {
  let { body } = write
  let step = await findFirstStep(api, write.identity)
  for (let taken = 0; taken < MAX_STEPS; taken++) {
    try {
      return await take(api, step, { ...write, body })
    } catch (thrown) {
      if (!(thrown instanceof IntercomFailure)) throw thrown
      if (isAboutEmailOnly(thrown, step, write.identity) && body.email !== undefined) {
        // The address belongs to somebody else; the rest of what is known about this person still arrives.
        const { email: _, ...rest } = body
        body = rest
        write.losses.push({ path: 'email', reason: 'refused-by-intercom' })
      } else {
        step = await resolveStep(api, thrown, step, write.identity)
      }
    }
  }
  throw refusal('unresolved-conflict')
}

function take(api: IntercomApi, step: Step, { identity, body, custom, attributes }: ContactWrite): Promise<Contact> {
  return attributes.write(custom, (known) => {
    const whole = known === undefined ? body : { ...body, custom_attributes: known }
    return step.kind === 'create'
      ? api.createContact(toNewBody(identity, whole))
      : api.updateContact(step.contact.id, toUpdateBody(identity, whole, step.contact))
  })
}

async function findFirstStep(api: IntercomApi, identity: KnownIdentity): Promise<Step> {
  // With an external ID alone the conflict names the contact, so that a new person costs one call.
  if (identity.email === undefined) return { kind: 'create' }
  const external_id = identity.kind === 'user' ? identity.external_id : undefined
  const key = external_id === undefined ? { email: identity.email } : { external_id, email: identity.email }
  const match = await findContact(api, key)
  switch (match.kind) {
    case 'none':
      return { kind: 'create' }
    case 'many':
      if (external_id === undefined) throw refusal('several-users')
      return { kind: 'create' }
    case 'one':
      return isSomebodyElse(match.contact, identity) ? { kind: 'create' } : { kind: 'update', contact: match.contact }
  }
}

async function resolveStep(
  api: IntercomApi,
  failure: IntercomFailure,
  step: Step,
  identity: KnownIdentity
): Promise<Step> {
  const { facts } = failure
  if (failure.has(409)) return resolveConflict(api, failure, identity)
  if (step.kind === 'create') throw failure
  if (failure.has(410) && facts.canonicalId !== undefined)
    return { kind: 'update', contact: { ...step.contact, id: facts.canonicalId } }
  // The search still showed somebody who is gone.
  if (failure.has(404)) return { kind: 'create' }
  throw failure
}

/** The three texts of a conflict (facts A3): somebody live, somebody archived, or several at once. */
async function resolveConflict(api: IntercomApi, failure: IntercomFailure, identity: KnownIdentity): Promise<Step> {
  const { text } = failure.facts
  if (/^Multiple existing users/i.test(text)) throw refusal('several-users')
  const [, which, id] = /^(An archived|A) contact matching .*id=([0-9a-f]+)/i.exec(text) ?? []
  if (which === undefined || id === undefined) throw failure
  if (which.toLowerCase() === 'an archived') await restore(api, id)
  const contact = await findNamed(api, id, identity)
  if (isSomebodyElse(contact, identity)) throw refusal('email-of-another-user')
  return { kind: 'update', contact }
}

async function restore(api: IntercomApi, id: string): Promise<void> {
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

/** A conflict does not say whether the external ID or the e-mail address matched; where both were sent, look. */
async function findNamed(api: IntercomApi, id: string, identity: KnownIdentity): Promise<Contact> {
  if (identity.kind === 'user' && identity.external_id !== undefined) {
    const { external_id, email } = identity
    return email === undefined ? { id, role: 'user', external_id } : api.findContact(id)
  }
  return { id, role: 'user' }
}

/** The contact carries our external ID already, so a conflict on updating it can only be about the address. */
function isAboutEmailOnly(failure: IntercomFailure, step: Step, identity: KnownIdentity): boolean {
  return (
    failure.has(409) &&
    step.kind === 'update' &&
    identity.kind === 'user' &&
    step.contact.role === 'user' &&
    hasExternalId(step.contact, identity)
  )
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
