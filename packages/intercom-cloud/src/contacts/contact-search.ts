import type { IntercomClient } from '../client/intercom-client'
import type { Contact, SearchFilter, SearchQuery } from '../client/types'

/** OpenAPI 2.16, search contacts: at most 15 filters in a group, and groups may be nested once. */
const FILTERS_PER_GROUP = 15
const FILTERS_PER_SEARCH = FILTERS_PER_GROUP * FILTERS_PER_GROUP

/** By what a person is looked up; at least one of the two. */
export type ContactKey = { external_id: string; email?: string } | { external_id?: undefined; email: string }

/**
 * Asks Intercom's search who carries an external ID or an e-mail address: the people of a batch with one question,
 * whose answers then serve each of them.
 */
export class ContactSearch {
  readonly #answers = new Map<string, Contact[]>()

  constructor(private readonly client: IntercomClient) {}

  /** Everybody whom the index shows for either of the two; from the answers given before, where there are any. */
  async find(key: ContactKey): Promise<Contact[]> {
    return this.findPrefetched(key) ?? (await this.#search(toFilters(key)))
  }

  /** What an earlier question told; `undefined` where nobody asked. */
  findPrefetched(key: ContactKey): Contact[] | undefined {
    const filters = toFilters(key)
    const known = filters.flatMap((filter) => {
      const answer = this.#answers.get(toName(filter))
      return answer ? [answer] : []
    })
    return known.length === filters.length ? toOnce(known.flat()) : undefined
  }

  /** Asks about all of them at once. */
  async prefetch(keys: readonly ContactKey[]): Promise<void> {
    const filters = [...new Map(keys.flatMap(toFilters).map((filter) => [toName(filter), filter])).values()]
    for (const some of toSlices(filters, FILTERS_PER_SEARCH)) {
      const found = await this.#search(some)
      for (const filter of some)
        this.#answers.set(
          toName(filter),
          found.filter((contact) => isMeant(contact, filter))
        )
    }
  }

  /** Answers of which one proved wrong are not given again. */
  forget(): void {
    this.#answers.clear()
  }

  async #search(filters: readonly SearchFilter[]): Promise<Contact[]> {
    return toOnce(await this.client.searchContacts(toQuery(filters)))
  }
}

function toFilters({ external_id, email }: ContactKey): SearchFilter[] {
  const filters: SearchFilter[] = []
  if (external_id !== undefined) filters.push({ field: 'external_id', operator: '=', value: external_id })
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

function isMeant(contact: Contact, { field, value }: SearchFilter): boolean {
  if (field === 'external_id') return contact.external_id === value
  return contact.email?.toLowerCase() === value.toLowerCase()
}

function toName({ field, value }: SearchFilter): string {
  return `${field} ${field === 'email' ? value.toLowerCase() : value}`
}

function toOnce(contacts: readonly Contact[]): Contact[] {
  return [...new Map(contacts.map((contact) => [contact.id, contact])).values()]
}

function toSlices<T>(items: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length)
  )
}
