import type { PersonKey } from '../batch/person-keys'
import { SEARCH_PAGE_SIZE } from '../client/intercom-client'
import { permanentError } from '../errors'
import type { CallContext } from '../state/call-context'
import type { ContactKey } from './contact-search'
import { findContact, findContactByExternalId, hasExternalId, isAnotherContact } from './find-contact'

/** The person of an event: a contact by Intercom's own id, or a person to search. */
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
  return external_id === undefined
    ? cache.findContact('email', email) !== undefined
    : cache.findContact('external_id', external_id) !== undefined
}

/**
 * Intercom's id of a person; `undefined` if Intercom has no such contact. The external ID comes first: unlike a search, it
 * finds a contact from the moment it is created. The address of a user with another external ID is another person's.
 */
export async function findPerson(context: CallContext, person: PersonKey): Promise<string | undefined> {
  const { id, external_id, email } = person
  if (id !== undefined) return id
  if (external_id !== undefined) {
    const contact = await findContactByExternalId(context, external_id)
    if (contact) return contact.id
  }
  return findByAddress(context, { external_id, email })
}

/**
 * The same for one of many people, without a call for each person who is missing in the search of all of them. A contact of
 * the last minutes may be missing there.
 */
export async function findPrefetchedPerson(context: CallContext, person: PersonKey): Promise<string | undefined> {
  const { id, external_id, email } = person
  if (id !== undefined || external_id === undefined || context.cache.findContact('external_id', external_id))
    return findPerson(context, person)
  const found = context.contactSearch.findPrefetched({ external_id })
  const isMissing = found?.every((contact) => !hasExternalId(contact, external_id)) === true
  return isMissing ? findByAddress(context, { external_id, email }) : findPerson(context, person)
}

/** The contact with the address, unless it belongs to another person by now. */
async function findByAddress(
  context: CallContext,
  { external_id, email }: { external_id: string | undefined; email: string | undefined }
): Promise<string | undefined> {
  if (email === undefined) return undefined
  const match = await findContact(context, { email })
  if (match.kind === 'many') throw permanentError('several-users')
  if (match.kind === 'none') return undefined
  const isSamePerson = external_id === undefined || !isAnotherContact(match.contact, { kind: 'user', external_id })
  return isSamePerson ? match.contact.id : undefined
}
