import { LRUCache } from 'lru-cache'
import type { Contact } from '../client/types'
import { AttributeSchemaCache } from '../attributes/attribute-schema-cache'
import type { Clock } from '../clock'
import { RateLimiter } from '../client/rate-limiter'
import { toCacheKey } from './cache-key'
import { MAX_AGE_MS, CachedAddress, CachedCompany, CachedContact } from './cached-entities'
import { atMost, ExpiringCache } from './expiring-cache'
import { KeyedMutex } from './keyed-mutex'

/** About 15,000 people, with two aliases each, in about 30 MB. */
const MAX_ENTRIES = 50_000
const MAX_WORKSPACES = 1000
/** Events of the last hour, in a separate cache, so that they do not evict people. */
const MAX_SUBMITTED = 20_000
/** OpenAPI 2.16, search contacts: a new contact may take "a few minutes" to be found. */
const MAX_SEARCH_LAG_MS = 5 * 60 * 1000

/** The names by which a contact is cached. `external_id` is also Segment's user id of a lead. */
export type AliasKind = 'external_id' | 'email'

/** The value of an entry of which only the key matters. */
const PRESENT = 'present'

type Entry = CachedContact | CachedCompany | CachedAddress | string | number

/**
 * What Intercom's responses showed, cached for an hour in this process. Every key is a hash that includes host and token,
 * so workspaces are separate, and neither tokens nor addresses are kept as keys.
 */
export class WorkspaceCaches {
  readonly #entries: ExpiringCache<Entry>
  readonly #submitted: ExpiringCache<true>
  readonly #workspaces = new LRUCache<string, WorkspaceCache>(atMost(MAX_WORKSPACES))

  constructor(private readonly clock: Clock) {
    this.#entries = new ExpiringCache(clock, MAX_ENTRIES, MAX_AGE_MS)
    this.#submitted = new ExpiringCache(clock, MAX_SUBMITTED, MAX_AGE_MS)
  }

  forWorkspace(host: string, token: string): WorkspaceCache {
    const key = toCacheKey(host, token)
    const known = this.#workspaces.get(key)
    if (known) return known
    const workspace = new WorkspaceCache(
      key,
      { entries: this.#entries, submitted: this.#submitted },
      this.clock,
      new RateLimiter(this.clock),
      new AttributeSchemaCache(this.clock)
    )
    this.#workspaces.set(key, workspace)
    return workspace
  }

  /** Number of entries, at most `MAX_ENTRIES`. */
  get size(): number {
    return this.#entries.size
  }
}

/** The part of the cache that belongs to one workspace. */
export class WorkspaceCache {
  /** Serializes the writes to one person or company: two events must not both create the same contact. */
  readonly mutex = new KeyedMutex()

  readonly #entries: ExpiringCache<Entry>
  readonly #submitted: ExpiringCache<true>

  constructor(
    private readonly key: string,
    caches: { entries: ExpiringCache<Entry>; submitted: ExpiringCache<true> },
    private readonly clock: Clock,
    readonly rateLimiter: RateLimiter,
    readonly attributeSchema: AttributeSchemaCache
  ) {
    this.#entries = caches.entries
    this.#submitted = caches.submitted
  }

  /** By address only if a search showed, within the last hour, that no other user has it. */
  findContact(kind: AliasKind, name: string): CachedContact | undefined {
    if (kind === 'email') return this.#findByEmail(name)
    const id = this.#entries.get(this.#keyOf(kind, name))
    const person = typeof id === 'string' ? this.findContactById(id) : undefined
    // A lead that was cached by Segment's user id may have become a user with another external ID.
    const isStillNamed = person?.contact.role === 'lead' || person?.contact.external_id === name
    return isStillNamed ? person : undefined
  }

  /** The cached contacts with this address. Intercom may have others. */
  findContactsByEmail(email: string): Contact[] {
    return this.#contactsWith(email).map(({ contact }) => contact)
  }

  findContactById(id: string): CachedContact | undefined {
    const person = this.#entries.get(this.#keyOf('contact', id))
    return person instanceof CachedContact ? person : undefined
  }

  /** Caches a contact by its id, external ID and address. A lead is also found by the user id that Segment gives it. */
  cacheContact(contact: Contact, segmentUserId?: string): CachedContact {
    const person = this.findContactById(contact.id) ?? new CachedContact(contact)
    person.contact = contact
    // Set again, so that its age restarts together with that of its names.
    this.#entries.set(this.#keyOf('contact', contact.id), person)
    const external_id = contact.role === 'user' ? contact.external_id : segmentUserId
    const namesake = external_id === undefined ? undefined : this.findContact('external_id', external_id)
    // A lead's user id must not replace the user who has it as external ID.
    const isTaken = contact.role === 'lead' && namesake?.contact.role === 'user'
    if (external_id !== undefined && !isTaken) this.#entries.set(this.#keyOf('external_id', external_id), contact.id)
    if (contact.email !== undefined) this.#touchAddress(contact.email).addHolder(contact.id)
    return person
  }

  /** Records that a search has just shown no other user with this address than the cached ones. */
  markSearched(email: string): void {
    this.#touchAddress(email).searchedAt = this.clock()
  }

  /** Records that Intercom refused this address for this user, because another contact has it. */
  markEmailTaken(email: string, external_id: string): void {
    this.#entries.set(this.#takenKey(email, external_id), PRESENT)
  }

  isEmailTaken(email: string, external_id: string): boolean {
    return this.#entries.has(this.#takenKey(email, external_id))
  }

  /** Records that Intercom may have created a lead with this address: the response was lost. */
  markLeadUncertain(email: string): void {
    this.#entries.set(this.#keyOf('uncertain-lead', email.toLowerCase()), this.clock())
  }

  /** Whether such a lead may exist and not be in the search index yet. */
  isLeadUncertain(email: string): boolean {
    const since = this.#entries.get(this.#keyOf('uncertain-lead', email.toLowerCase()))
    return typeof since === 'number' && this.clock() - since < MAX_SEARCH_LAG_MS
  }

  /** Whether an event was submitted under one of these keys. */
  wasEventSubmitted(keys: readonly string[]): boolean {
    return keys.some((key) => this.#submitted.has(this.#keyOf('submitted', key)))
  }

  markEventSubmitted(keys: readonly string[]): void {
    for (const key of keys) this.#submitted.set(this.#keyOf('submitted', key), true)
  }

  /** Names that still refer to the contact find nothing from now on. */
  evictContact(id: string): void {
    this.#entries.delete(this.#keyOf('contact', id))
  }

  findCompany(company_id: string): CachedCompany | undefined {
    const company = this.#entries.get(this.#keyOf('company', company_id))
    return company instanceof CachedCompany ? company : undefined
  }

  cacheCompany(company_id: string, id: string): CachedCompany {
    const known = this.findCompany(company_id)
    const company = known?.id === id ? known : new CachedCompany(id)
    this.#entries.set(this.#keyOf('company', company_id), company)
    return company
  }

  evictCompany(company_id: string): void {
    this.#entries.delete(this.#keyOf('company', company_id))
  }

  /** Whether an event is retried for the first time within an hour. Records the retry. */
  isFirstRetry(event: string): boolean {
    const key = this.#keyOf('retry', event)
    const isFirst = !this.#entries.has(key)
    this.#entries.set(key, PRESENT)
    return isFirst
  }

  findTag(name: string): string | undefined {
    const id = this.#entries.get(this.#keyOf('tag', name.toLowerCase()))
    return typeof id === 'string' ? id : undefined
  }

  cacheTag(name: string, id: string): void {
    this.#entries.set(this.#keyOf('tag', name.toLowerCase()), id)
  }

  evictTag(name: string): void {
    this.#entries.delete(this.#keyOf('tag', name.toLowerCase()))
  }

  /** A user before a lead; of several leads the most recent. */
  #findByEmail(email: string): CachedContact | undefined {
    const { searchedAt } = this.#findAddress(email) ?? {}
    // The age of the entry restarts with every response, but changes by others in Intercom must be noticed.
    if (searchedAt === undefined || this.clock() - searchedAt >= MAX_AGE_MS) return undefined
    const people = this.#contactsWith(email)
    const [user, ...others] = people.filter(({ contact }) => contact.role === 'user')
    return others.length > 0 ? undefined : (user ?? people.at(-1))
  }

  #contactsWith(email: string): CachedContact[] {
    const people = (this.#findAddress(email)?.holders ?? []).flatMap((id) => this.findContactById(id) ?? [])
    // The address may have changed since.
    return people.filter(({ contact }) => contact.email?.toLowerCase() === email.toLowerCase())
  }

  #findAddress(email: string): CachedAddress | undefined {
    const address = this.#entries.get(this.#keyOf('email', email.toLowerCase()))
    return address instanceof CachedAddress ? address : undefined
  }

  /** The entry of an address, set again so that its age restarts. */
  #touchAddress(email: string): CachedAddress {
    const address = this.#findAddress(email) ?? new CachedAddress()
    this.#entries.set(this.#keyOf('email', email.toLowerCase()), address)
    return address
  }

  #takenKey(email: string, external_id: string): string {
    return this.#keyOf('taken', JSON.stringify([email.toLowerCase(), external_id]))
  }

  #keyOf(kind: EntryKind, name: string): string {
    return toCacheKey(this.key, kind, name)
  }
}

type EntryKind = AliasKind | 'contact' | 'company' | 'tag' | 'retry' | 'taken' | 'uncertain-lead' | 'submitted'
