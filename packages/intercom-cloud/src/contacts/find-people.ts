import { SEARCH_PAGE_SIZE } from '../client/intercom-client'
import { permanentError } from '../errors'
import type { CallContext } from '../state/call-context'
import type { ContactKey } from './contact-search'
import { findContact, findContactByExternalId, hasExternalId, isAnotherContact } from './find-contact'

/** Whom an event is about: a contact by Intercom's own id, or a person to search. */
export type Person = { id: string } | (ContactKey & { id?: undefined })

/**
 * Searches the people who are not cached: all of their external IDs, or addresses if they have none, then the addresses
 * of those who were not found. Most of them are in Intercom, so a search names as many as fit on one page of the answer.
 */
export async function prefetchPeople(context: CallContext, people: readonly Person[]): Promise<void> {
  const { contactSearch } = context
  const unknown = people.flatMap((person) => (person.id === undefined && !isCached(context, person) ? [person] : []))
  if (new Set(unknown.map(({ external_id, email }) => external_id ?? email.toLowerCase())).size < 2) return
  await contactSearch.prefetch(
    unknown.map(({ external_id, email }) => (external_id === undefined ? { email } : { external_id })),
    SEARCH_PAGE_SIZE
  )
  const missing = unknown.flatMap(({ external_id, email }) => {
    if (external_id === undefined || email === undefined) return []
    const isFound = contactSearch.findPrefetched({ external_id })?.some((one) => hasExternalId(one, external_id))
    return isFound ? [] : [{ email }]
  })
  if (missing.length > 0) await contactSearch.prefetch(missing, SEARCH_PAGE_SIZE)
}

/** Whether the person is found without a search. */
export function isCached({ cache }: CallContext, person: Person): boolean {
  if (person.id !== undefined) return true
  const { external_id, email } = person
  // A cached contact shows its address only to a call that has named it.
  if (email !== undefined) cache.names.of('address', email.toLowerCase())
  return external_id === undefined
    ? cache.findContact('email', email) !== undefined
    : cache.findContact('external_id', external_id) !== undefined
}

/**
 * Intercom's id of a person, by the external ID before the address; `undefined` if Intercom has no such contact. The
 * address of a user who has another external ID is another person's. A prefetched person needs no call, but may be missing
 * while the search index lags behind.
 */
export async function findPerson(context: CallContext, person: Person): Promise<string | undefined> {
  if (person.id !== undefined) return person.id
  const { external_id, email } = person
  if (external_id !== undefined) {
    const own = await findByExternalId(context, external_id)
    if (own) return own
  }
  if (email === undefined) return undefined
  const match = await findContact(context, { email })
  if (match.kind === 'many') throw permanentError('several-users')
  if (match.kind === 'none' || isAnotherContact(match.contact, { kind: 'user', ...person })) return undefined
  return match.contact.id
}

async function findByExternalId(context: CallContext, external_id: string): Promise<string | undefined> {
  const { cache, contactSearch } = context
  const isKnownMissing =
    !cache.findContact('external_id', external_id) &&
    contactSearch.findPrefetched({ external_id })?.some((one) => hasExternalId(one, external_id)) === false
  return isKnownMissing ? undefined : (await findContactByExternalId(context, external_id))?.id
}
