import { toSlices } from '../batch/to-slices'
import type { IntercomClient } from '../client/intercom-client'
import type { Contact, SearchFilter, SearchQuery } from '../client/types'

/** OpenAPI 2.16, search contacts: at most 15 filters in a group, and groups may be nested once. */
const FILTERS_PER_GROUP = 15
const FILTERS_PER_SEARCH = FILTERS_PER_GROUP * FILTERS_PER_GROUP

/** What to search a contact by; at least one of the two. */
export type ContactKey =
  /** `anonymous_id`: the external ID that the person may have had before. */
  | { external_id: string; email?: string; anonymous_id?: string }
  | { external_id?: undefined; email: string; anonymous_id?: undefined }

/**
 * Searches contacts by external ID or e-mail address. A batch prefetches all of its people with one search for up to 225
 * ids and addresses, and each event then uses those results.
 */
export class ContactSearch {
  readonly #prefetched = new Map<string, Contact[]>()

  constructor(private readonly client: IntercomClient) {}

  /** All contacts in the search index that match either of the two, prefetched or searched now. */
  async find(key: ContactKey): Promise<Contact[]> {
    return this.findPrefetched(key) ?? (await this.#search(toFilters(key)))
  }

  /** The prefetched contacts; `undefined` if the key was not prefetched. */
  findPrefetched(key: ContactKey): Contact[] | undefined {
    const filters = toFilters(key)
    const known = filters.flatMap((filter) => {
      const contacts = this.#prefetched.get(toFilterKey(filter))
      return contacts ? [contacts] : []
    })
    return known.length === filters.length ? withoutDuplicates(known.flat()) : undefined
  }

  /** Searches all keys at once, with this many ids and addresses in a search. */
  async prefetch(keys: readonly ContactKey[], filtersPerSearch = FILTERS_PER_SEARCH): Promise<void> {
    const filters = [...new Map(keys.flatMap(toFilters).map((filter) => [toFilterKey(filter), filter])).values()]
    for (const slice of toSlices(filters, filtersPerSearch)) {
      const found = await this.#search(slice)
      for (const filter of slice)
        this.#prefetched.set(
          toFilterKey(filter),
          found.filter((contact) => matches(contact, filter))
        )
    }
  }

  /** Drops the prefetched contacts with this external ID, which one of them is about to lose. */
  forget(external_id: string): void {
    for (const filter of toFilters({ external_id })) this.#prefetched.delete(toFilterKey(filter))
  }

  /** Drops all prefetched contacts after one of them proved outdated. */
  clear(): void {
    this.#prefetched.clear()
  }

  async #search(filters: readonly SearchFilter[]): Promise<Contact[]> {
    return withoutDuplicates(await this.client.searchContacts(toQuery(filters)))
  }
}

function toFilters({ external_id, anonymous_id, email }: ContactKey): SearchFilter[] {
  const filters: SearchFilter[] = []
  for (const value of [external_id, anonymous_id])
    if (value !== undefined) filters.push({ field: 'external_id', operator: '=', value })
  if (email !== undefined) filters.push({ field: 'email', operator: '=', value: email })
  return filters
}

function toQuery(filters: readonly SearchFilter[]): SearchQuery {
  const [only, ...others] = filters
  if (only && others.length === 0) return only
  const groups = toSlices(filters, FILTERS_PER_GROUP).map((value) => ({ operator: 'OR' as const, value }))
  const [group, ...more] = groups
  return group && more.length === 0 ? group : { operator: 'OR', value: groups }
}

function matches(contact: Contact, { field, value }: SearchFilter): boolean {
  if (field === 'external_id') return contact.external_id === value
  return contact.email?.toLowerCase() === value.toLowerCase()
}

function toFilterKey({ field, value }: SearchFilter): string {
  return `${field} ${field === 'email' ? value.toLowerCase() : value}`
}

function withoutDuplicates(contacts: readonly Contact[]): Contact[] {
  return [...new Map(contacts.map((contact) => [contact.id, contact])).values()]
}
