import { isAbsent } from '@intercom-destinations/shared-mapping'
import { isPathValue } from '../client/intercom-client'
import type { Contact } from '../client/types'
import type { KnownIdentity } from './contact-body'
import { GONE, NOT_FOUND } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'
import type { ContactKey } from './contact-search'
import type { CallContext } from '../state/call-context'

/** The result of a search for one person. */
export type ContactMatch = { kind: 'one'; contact: Contact } | { kind: 'none' } | { kind: 'many' }

/**
 * The contact for an external ID or e-mail address, from the cache or by one search. The external ID takes precedence. Of
 * the contacts with the address, a user takes precedence over a lead; several users are `many`. A contact created within
 * the last minutes may not be found, because the search index lags behind.
 */
export async function findContact(context: CallContext, key: ContactKey): Promise<ContactMatch> {
  const { cache } = context
  const { external_id, email } = key
  const cached =
    external_id === undefined ? cache.findContact('email', email) : cache.findContact('external_id', external_id)
  if (cached) return { kind: 'one', contact: cached.contact }
  // Several cached users share the address, so a search cannot find a single one.
  if (external_id === undefined && toUsers(cache.findContactsByEmail(email)).length > 1) return { kind: 'many' }
  const found = await searchContacts(context, key)
  const match = toMatch(key, found)
  if (match.kind === 'one') {
    cache.cacheContact(match.contact)
    if (email !== undefined) recordSearch(context, email, found, match.contact)
  }
  return match
}

/** The contacts in the search index, and those that this process wrote and that the index may not have yet. */
export async function searchContacts({ contactSearch, cache }: CallContext, key: ContactKey): Promise<Contact[]> {
  const found = await contactSearch.find(key)
  const cached = key.email === undefined ? [] : cache.findContactsByEmail(key.email)
  return [...found, ...cached.filter(({ id }) => !found.some((contact) => contact.id === id))]
}

/** Lets the address find this contact in the cache, if the search showed no other user with it. */
export function recordSearch({ cache }: CallContext, email: string, found: readonly Contact[], contact: Contact): void {
  const isShared = toUsers(found).some((user) => user.id !== contact.id && isSameEmail(user.email, email))
  if (!isShared) cache.markSearched(email)
}

function toUsers(contacts: readonly Contact[]): Contact[] {
  return contacts.filter(({ role }) => role === 'user')
}

/** The user with this external ID. Unlike a search, this finds a contact from the moment it is created. */
export async function findContactByExternalId(context: CallContext, external_id: string): Promise<Contact | undefined> {
  const cached = context.cache.findContact('external_id', external_id)
  if (cached) return cached.contact
  const prefetched = context.contactSearch
    .findPrefetched({ external_id })
    ?.find((contact) => hasExternalId(contact, external_id))
  const contact = prefetched ?? (await findUncached(context, external_id))
  if (contact) context.cache.cacheContact(contact)
  return contact
}

/** The user with this external ID, regardless of the cache. */
async function findUncached({ client, contactSearch }: CallContext, external_id: string): Promise<Contact | undefined> {
  // `.` and `..` cannot be part of a path.
  if (!isPathValue(external_id)) {
    const match = toMatch({ external_id }, await contactSearch.find({ external_id }))
    return match.kind === 'one' ? match.contact : undefined
  }
  try {
    return await client.findContactByExternalId(external_id)
  } catch (thrown) {
    if (hasStatus(thrown, NOT_FOUND)) return undefined
    if (hasStatus(thrown, GONE) && thrown.details.canonicalId !== undefined)
      return client.findContact(thrown.details.canonicalId)
    throw thrown
  }
}

/** All users with this external ID. There may be several, and the search may not return the newest. */
export async function findContactsWithExternalId(context: CallContext, external_id: string): Promise<Contact[]> {
  const user = await findUncached(context, external_id)
  const found = await context.contactSearch.find({ external_id })
  const cached = context.cache.findContact('external_id', external_id)
  const all = [
    ...(user ? [user] : []),
    ...found.filter((contact) => contact.external_id === external_id),
    ...(cached ? [cached.contact] : [])
  ]
  return [...new Map(all.map((contact) => [contact.id, contact])).values()]
}

/** Selects the person among the contacts that were found. */
export function toMatch({ external_id, email }: ContactKey, found: readonly Contact[]): ContactMatch {
  const own = found.find((contact) => hasExternalId(contact, external_id))
  if (own) return { kind: 'one', contact: own }
  const sharing = found.filter((contact) => email !== undefined && isSameEmail(contact.email, email))
  const [user, ...others] = toUsers(sharing)
  if (others.length > 0) return { kind: 'many' }
  const contact = user ?? sharing[0]
  return contact ? { kind: 'one', contact } : { kind: 'none' }
}

/** Whether the contact is the user with this external ID. That of a lead is random. */
export function hasExternalId(contact: Contact, external_id: string | undefined): boolean {
  return external_id !== undefined && contact.role === 'user' && contact.external_id === external_id
}

/** Intercom ignores case in addresses. */
export function isSameEmail(a: string | undefined, b: string | undefined): boolean {
  return a?.toLowerCase() === b?.toLowerCase()
}

/** Whether the contact is a user with a different external ID, which must not be overwritten. That of a lead is random. */
export function isAnotherContact(contact: Contact, identity: KnownIdentity): boolean {
  if (identity.kind === 'lead' || identity.external_id === undefined) return false
  return contact.role === 'user' && !isAbsent(contact.external_id) && contact.external_id !== identity.external_id
}
