import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Contact } from '../client/types'
import { AttributeSchemaCache } from '../attributes/attribute-schema-cache'
import type { Clock } from '../clock'
import { RateLimiter } from '../client/rate-limiter'
import { MAX_AGE_MS, CachedAddress, CachedCompany, CachedContact } from './cached-entities'
import { KeyedMutex } from './keyed-mutex'

/** Two aliases and one entry for each person: room for some 15,000 people, in about 30 MB. */
const MAX_ENTRIES = 50_000
const MAX_WORKSPACES = 1000
/** Events of the last hour, in a cache of their own, so that many events push no person out. */
const MAX_SUBMITTED = 20_000
/** OpenAPI 2.16, search contacts: a new contact may take "a few minutes" to be found. */
const MAX_SEARCH_LAG_MS = 5 * 60 * 1000

/** The names under which a person is remembered: Intercom's fields, and what Segment calls a lead. */
export type AliasKind = 'external_id' | 'email'

const NOTED = 'noted'

type Entry = CachedContact | CachedCompany | CachedAddress | string | number

/**
 * What was learned from Intercom, for one process. Every key is a hash that begins with host and token, so that no
 * workspace can meet another's entry, and neither a token nor an address stands in memory as a key.
 */
export class WorkspaceCaches {
  readonly #entries: LRUCache<string, Entry>
  readonly #submitted: LRUCache<string, true>
  readonly #workspaces = new LRUCache<string, WorkspaceCache>(atMost(MAX_WORKSPACES))

  constructor(private readonly clock: Clock) {
    // With resolution 0 the cache reads the clock each time, instead of starting timers of its own.
    const expiry = { ttl: MAX_AGE_MS, ttlResolution: 0, perf: { now: clock } }
    this.#entries = new LRUCache({ ...atMost(MAX_ENTRIES), ...expiry })
    this.#submitted = new LRUCache({ ...atMost(MAX_SUBMITTED), ...expiry })
  }

  forWorkspace(host: string, token: string): WorkspaceCache {
    const key = hashOf(host, token)
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

  /** How many entries are kept; never more than `MAX_ENTRIES`. */
  get size(): number {
    return this.#entries.size
  }
}

/** One workspace's part of the memory. */
export class WorkspaceCache {
  /** Whose turn it is: two events of one person must not both create them. */
  readonly mutex = new KeyedMutex()

  readonly #entries: LRUCache<string, Entry>
  readonly #submitted: LRUCache<string, true>

  constructor(
    private readonly key: string,
    caches: { entries: LRUCache<string, Entry>; submitted: LRUCache<string, true> },
    private readonly clock: Clock,
    /** How many calls are left to it. */
    readonly rateLimiter: RateLimiter,
    /** Which attributes it has. */
    readonly attributeSchema: AttributeSchemaCache
  ) {
    this.#entries = caches.entries
    this.#submitted = caches.submitted
  }

  /** By an address only where a search of that address showed that no other user has it. */
  findContact(kind: AliasKind, name: string): CachedContact | undefined {
    if (kind === 'email') return this.#findByEmail(name)
    const id = this.#entries.get(this.#keyOf(kind, name))
    const person = typeof id === 'string' ? this.findContactById(id) : undefined
    // A lead that Segment knew by this id may have become a user with another one.
    const isTheirs = person?.contact.role === 'lead' || person?.contact.external_id === name
    return isTheirs ? person : undefined
  }

  /** The contacts that had the address when Intercom last answered; others may have it too. */
  findContactsByEmail(email: string): Contact[] {
    return this.#peopleWith(email).map(({ contact }) => contact)
  }

  findContactById(id: string): CachedContact | undefined {
    const person = this.#entries.get(this.#keyOf('contact', id))
    return person instanceof CachedContact ? person : undefined
  }

  /** Remembers the contact by its own names, and by the user id that Segment gives a lead. */
  cacheContact(contact: Contact, segmentUserId?: string): CachedContact {
    const person = this.findContactById(contact.id) ?? new CachedContact(contact)
    person.contact = contact
    // Written again, so that its age begins anew together with its names'.
    this.#entries.set(this.#keyOf('contact', contact.id), person)
    const external_id = contact.role === 'user' ? contact.external_id : segmentUserId
    const known = external_id === undefined ? undefined : this.findContact('external_id', external_id)
    // The user id of a lead is a help to find them, and no reason to lose the user who has it.
    const isTaken = contact.role === 'lead' && known?.contact.role === 'user'
    if (external_id !== undefined && !isTaken) this.#entries.set(this.#keyOf('external_id', external_id), contact.id)
    if (contact.email !== undefined) this.#addressOf(contact.email).addHolder(contact.id)
    return person
  }

  /** A search of the address has just shown no user beside those who are remembered with it. */
  markSearched(email: string): void {
    this.#addressOf(email).searchedAt = this.clock()
  }

  /** Intercom refused to give this address to this user, because another contact has it. */
  markEmailTaken(email: string, external_id: string): void {
    this.#entries.set(this.#takenKey(email, external_id), NOTED)
  }

  isEmailTaken(email: string, external_id: string): boolean {
    return this.#entries.has(this.#takenKey(email, external_id))
  }

  /** Whether Intercom created a lead with this address is not known, because its answer was lost. */
  markLeadUncertain(email: string): void {
    this.#entries.set(this.#keyOf('unsure-lead', email.toLowerCase()), this.clock())
  }

  /** Whether such a lead may be there and not be found yet. */
  isLeadUncertain(email: string): boolean {
    const since = this.#entries.get(this.#keyOf('unsure-lead', email.toLowerCase()))
    return typeof since === 'number' && this.clock() - since < MAX_SEARCH_LAG_MS
  }

  /** Whether an event went out under one of these names. */
  wasEventSubmitted(names: readonly string[]): boolean {
    return names.some((name) => this.#submitted.has(this.#keyOf('submitted', name)))
  }

  markEventSubmitted(names: readonly string[]): void {
    for (const name of names) this.#submitted.set(this.#keyOf('submitted', name), true)
  }

  /** Their names lead nowhere from now on. */
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

  /** Whether this is the first time that something is put off, as far as is remembered. */
  isFirstTime(what: string): boolean {
    const key = this.#keyOf('put-off', what)
    const isFirst = !this.#entries.has(key)
    this.#entries.set(key, NOTED)
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

  /** The user before a lead, and of several leads the latest. */
  #findByEmail(email: string): CachedContact | undefined {
    const { searchedAt } = this.#findAddress(email) ?? {}
    // Its own age begins anew with every answer; what others did in Intercom meanwhile has to be seen all the same.
    if (searchedAt === undefined || this.clock() - searchedAt >= MAX_AGE_MS) return undefined
    const people = this.#peopleWith(email)
    const [user, ...others] = people.filter(({ contact }) => contact.role === 'user')
    return others.length > 0 ? undefined : (user ?? people.at(-1))
  }

  #peopleWith(email: string): CachedContact[] {
    const people = (this.#findAddress(email)?.holders ?? []).flatMap((id) => this.findContactById(id) ?? [])
    // An address that they had before leads to them no longer.
    return people.filter(({ contact }) => contact.email?.toLowerCase() === email.toLowerCase())
  }

  #findAddress(email: string): CachedAddress | undefined {
    const address = this.#entries.get(this.#keyOf('email', email.toLowerCase()))
    return address instanceof CachedAddress ? address : undefined
  }

  /** Written again, so that its age begins anew. */
  #addressOf(email: string): CachedAddress {
    const address = this.#findAddress(email) ?? new CachedAddress()
    this.#entries.set(this.#keyOf('email', email.toLowerCase()), address)
    return address
  }

  #takenKey(email: string, external_id: string): string {
    return this.#keyOf('taken', JSON.stringify([email.toLowerCase(), external_id]))
  }

  #keyOf(kind: EntryKind, name: string): string {
    return hashOf(this.key, kind, name)
  }
}

type EntryKind = AliasKind | 'contact' | 'company' | 'tag' | 'put-off' | 'taken' | 'unsure-lead' | 'submitted'

/** So many entries, like lru-cache's `max`, which would allocate all of them at once: 10 ms and 3 MB at every import. */
function atMost(entries: number) {
  return { maxSize: entries, sizeCalculation: () => 1 }
}

/** Also makes keys of one length, however long an id is. */
function hashOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64')
}
