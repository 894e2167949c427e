import { isAbsent } from '@intercom-destinations/shared-mapping'
import { isPathValue } from '../client/intercom-client'
import type { Contact } from '../client/types'
import type { KnownIdentity } from './contact-body'
import { IntercomApiError } from '../client/intercom-api-error'
import type { ContactKey } from './contact-search'
import type { CallContext } from '../state/call-context'

/** What a lookup found. */
export type ContactMatch = { kind: 'one'; contact: Contact } | { kind: 'none' } | { kind: 'many' }

/**
 * The one person of this key: remembered, or found by one search for the external ID or the e-mail address. The
 * external ID decides; among those who share the address a user comes before a lead, and several users are `many`.
 * A contact made a minute ago may not be found yet.
 */
export async function findContact(context: CallContext, key: ContactKey): Promise<ContactMatch> {
  const { cache } = context
  const { external_id, email } = key
  const known =
    external_id === undefined ? cache.findContact('email', email) : cache.findContact('external_id', external_id)
  if (known) return { kind: 'one', contact: known.contact }
  // Several users of this process share the address, so no search can make them one.
  if (external_id === undefined && usersOf(cache.findContactsByEmail(email)).length > 1) return { kind: 'many' }
  const seen = await search(context, key)
  const match = toMatch(key, seen)
  if (match.kind === 'one') {
    cache.cacheContact(match.contact)
    if (email !== undefined) noteSearch(context, email, seen, match.contact)
  }
  return match
}

/** What the index shows, and contacts that this process wrote and the index may not show yet. */
export async function search({ contactSearch, cache }: CallContext, key: ContactKey): Promise<Contact[]> {
  const found = await contactSearch.find(key)
  const known = key.email === undefined ? [] : cache.findContactsByEmail(key.email)
  return [...found, ...known.filter(({ id }) => !found.some((contact) => contact.id === id))]
}

/** An address that no other user had when it was searched for leads to this contact from now on. */
export function noteSearch({ cache }: CallContext, email: string, seen: readonly Contact[], contact: Contact): void {
  const isShared = usersOf(seen).some(({ id, email: theirs }) => id !== contact.id && isSameEmail(theirs, email))
  if (!isShared) cache.markSearched(email)
}

function usersOf(contacts: readonly Contact[]): Contact[] {
  return contacts.filter(({ role }) => role === 'user')
}

/** The user with this external ID, found at once, unlike by a search. */
export async function findContactByExternalId(context: CallContext, external_id: string): Promise<Contact | undefined> {
  const known = context.cache.findContact('external_id', external_id)
  if (known) return known.contact
  const prepared = context.contactSearch.findPrefetched({ external_id })?.find((one) => isOwn(one, external_id))
  const contact = prepared ?? (await findLive(context, external_id))
  if (contact) context.cache.cacheContact(contact)
  return contact
}

/** The live user with this external ID, whatever is remembered. */
export async function findLive(
  { client, contactSearch }: CallContext,
  external_id: string
): Promise<Contact | undefined> {
  // `.` and `..` cannot stand in a path.
  if (!isPathValue(external_id)) {
    const match = toMatch({ external_id }, await contactSearch.find({ external_id }))
    return match.kind === 'one' ? match.contact : undefined
  }
  try {
    return await client.findContactByExternalId(external_id)
  } catch (thrown) {
    if (!(thrown instanceof IntercomApiError)) throw thrown
    if (thrown.status === 404) return undefined
    if (thrown.status === 410 && thrown.details.canonicalId !== undefined)
      return client.findContact(thrown.details.canonicalId)
    throw thrown
  }
}

/** Every user who carries this external ID: there may be several, and the search may not know the newest. */
export async function findContactsWithExternalId(context: CallContext, external_id: string): Promise<Contact[]> {
  const one = await findLive(context, external_id)
  const found = await context.contactSearch.find({ external_id })
  const known = context.cache.findContact('external_id', external_id)
  const all = [
    ...(one ? [one] : []),
    ...found.filter((contact) => contact.external_id === external_id),
    ...(known ? [known.contact] : [])
  ]
  return [...new Map(all.map((contact) => [contact.id, contact])).values()]
}

/** Who of those seen is meant. */
export function toMatch({ external_id, email }: ContactKey, seen: readonly Contact[]): ContactMatch {
  const own = seen.find((contact) => isOwn(contact, external_id))
  if (own) return { kind: 'one', contact: own }
  const sharing = seen.filter((contact) => email !== undefined && isSameEmail(contact.email, email))
  const [user, ...others] = usersOf(sharing)
  if (others.length > 0) return { kind: 'many' }
  const contact = user ?? sharing[0]
  return contact ? { kind: 'one', contact } : { kind: 'none' }
}

/** Whether the contact is the user with this external ID. A lead's is random and means nothing. */
export function isOwn(contact: Contact, external_id: string | undefined): boolean {
  return external_id !== undefined && contact.role === 'user' && contact.external_id === external_id
}

/** Intercom compares addresses without case. */
export function isSameEmail(a: string | undefined, b: string | undefined): boolean {
  return a?.toLowerCase() === b?.toLowerCase()
}

/** A user with an external ID of their own is never given another one. A lead's is random and means nothing. */
export function isAnotherContact(contact: Contact, identity: KnownIdentity): boolean {
  if (identity.kind === 'lead' || identity.external_id === undefined) return false
  return contact.role === 'user' && !isAbsent(contact.external_id) && contact.external_id !== identity.external_id
}
