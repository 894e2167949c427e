import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Contact } from './api'
import { AttributeCatalog } from './attribute-catalog'
import type { Clock } from './clock'
import { Pacer } from './pacer'
import { Turns } from './turns'

/** Two aliases and one entry for each person: room for some 15,000 people, in about 30 MB. */
const MAX_ENTRIES = 50_000
/** Long enough for a delivery and its redeliveries; short enough that what people change in Intercom is seen again. */
const MAX_AGE_MS = 60 * 60 * 1000
const MAX_WORKSPACES = 1000
/** Of one person; Intercom allows 1000, and whoever is in more than this is attached again, which changes nothing. */
const MAX_REMEMBERED_COMPANIES = 100
/** As many custom attributes as a workspace can have (facts A3), and the contact's own fields. */
const MAX_REMEMBERED_ATTRIBUTES = 270

/** When the values of somebody or something were true that were written last, where events tell their times. */
class WriteTimes {
  readonly #writtenAt = new Map<string, number>()

  writtenAt(attribute: string): number | undefined {
    return this.#writtenAt.get(attribute)
  }

  wrote(attribute: string, time: number): void {
    if (this.#writtenAt.size >= MAX_REMEMBERED_ATTRIBUTES) this.#writtenAt.clear()
    this.#writtenAt.set(attribute, Math.max(time, this.#writtenAt.get(attribute) ?? time))
  }
}

/** What is known of a company. */
export class RememberedCompany extends WriteTimes {
  constructor(
    /** Intercom's own. */
    readonly id: string
  ) {
    super()
  }
}

/** What is known of somebody from the last answers of Intercom. */
export class RememberedPerson extends WriteTimes {
  /** By Intercom's id; since when that is known, in milliseconds. */
  readonly #companies = new Map<string, number>()

  constructor(public contact: Contact) {
    super()
  }

  /** Whether the person is surely in the company of this id of Intercom's. */
  isIn(company: string, now: number): boolean {
    const since = this.#companies.get(company)
    // The person's own age begins anew with every write; what people detach by hand in Intercom has to heal all the same.
    return since !== undefined && now - since < MAX_AGE_MS
  }

  joined(company: string, now: number): void {
    if (this.#companies.size >= MAX_REMEMBERED_COMPANIES) this.#companies.clear()
    this.#companies.set(company, now)
  }

  left(company: string): void {
    this.#companies.delete(company)
  }
}

/** The names under which somebody is remembered: Intercom's fields, and what Segment calls a lead. */
export type AliasKind = 'external_id' | 'email'

const PUT_OFF = 'put off'

type Entry = RememberedPerson | RememberedCompany | string

/**
 * What was learned from Intercom, for one process. Every key is a hash that begins with host and token, so that no
 * workspace can meet another's entry, and neither a token nor an address stands in memory as a key.
 */
export class Memory {
  readonly #entries: LRUCache<string, Entry>
  readonly #workspaces = new LRUCache<string, WorkspaceMemory>({ max: MAX_WORKSPACES })

  constructor(private readonly clock: Clock) {
    // Resolution 0: the cache asks our clock each time instead of starting timers of its own.
    this.#entries = new LRUCache({ max: MAX_ENTRIES, ttl: MAX_AGE_MS, ttlResolution: 0, perf: { now: clock } })
  }

  ofWorkspace(host: string, token: string): WorkspaceMemory {
    const key = hashOf(host, token)
    const known = this.#workspaces.get(key)
    if (known) return known
    const workspace = new WorkspaceMemory(key, this.#entries, new Pacer(this.clock), new AttributeCatalog(this.clock))
    this.#workspaces.set(key, workspace)
    return workspace
  }

  /** How many entries are kept; never more than `MAX_ENTRIES`. */
  get size(): number {
    return this.#entries.size
  }
}

/** One workspace's part of the memory. */
export class WorkspaceMemory {
  /** Whose turn it is: two events of one person must not both create them. */
  readonly turns = new Turns()

  constructor(
    private readonly key: string,
    private readonly entries: LRUCache<string, Entry>,
    /** How many calls are left to it. */
    readonly pacer: Pacer,
    /** Which attributes it has. */
    readonly attributes: AttributeCatalog
  ) {}

  findPerson(kind: AliasKind, name: string): RememberedPerson | undefined {
    const id = this.entries.get(this.#keyOf(kind, toAlias(kind, name)))
    const person = typeof id === 'string' ? this.findPersonById(id) : undefined
    // An address that they had before is nobody's, or somebody else's by now.
    const isTheirs = kind !== 'email' || person?.contact.email?.toLowerCase() === name.toLowerCase()
    return isTheirs ? person : undefined
  }

  findPersonById(id: string): RememberedPerson | undefined {
    const person = this.entries.get(this.#keyOf('contact', id))
    return person instanceof RememberedPerson ? person : undefined
  }

  /** Remembers the contact by its own names, and by the user id that Segment gives a lead. */
  rememberPerson(contact: Contact, segmentUserId?: string): RememberedPerson {
    const person = this.findPersonById(contact.id) ?? new RememberedPerson(contact)
    person.contact = contact
    // Written again, so that its age begins anew together with its names'.
    this.entries.set(this.#keyOf('contact', contact.id), person)
    const external_id = contact.role === 'user' ? contact.external_id : segmentUserId
    const known = external_id === undefined ? undefined : this.findPerson('external_id', external_id)
    // The user id of a lead is a help to find them, and no reason to lose the user who has it.
    const isTaken = contact.role === 'lead' && known?.contact.role === 'user'
    if (external_id !== undefined && !isTaken) this.#alias('external_id', external_id, contact.id)
    if (contact.email !== undefined) this.#aliasEmail(contact.email, contact)
    return person
  }

  /** Their names lead nowhere from now on. */
  forgetPerson(id: string): void {
    this.entries.delete(this.#keyOf('contact', id))
  }

  findCompany(company_id: string): RememberedCompany | undefined {
    const company = this.entries.get(this.#keyOf('company', company_id))
    return company instanceof RememberedCompany ? company : undefined
  }

  rememberCompany(company_id: string, id: string): RememberedCompany {
    const known = this.findCompany(company_id)
    const company = known?.id === id ? known : new RememberedCompany(id)
    this.entries.set(this.#keyOf('company', company_id), company)
    return company
  }

  forgetCompany(company_id: string): void {
    this.entries.delete(this.#keyOf('company', company_id))
  }

  /** Whether this is the first time that something is put off, as far as is remembered. */
  isFirstTime(what: string): boolean {
    const key = this.#keyOf('put-off', what)
    const isFirst = !this.entries.has(key)
    this.entries.set(key, PUT_OFF)
    return isFirst
  }

  findTag(name: string): string | undefined {
    const id = this.entries.get(this.#keyOf('tag', name.toLowerCase()))
    return typeof id === 'string' ? id : undefined
  }

  rememberTag(name: string, id: string): void {
    this.entries.set(this.#keyOf('tag', name.toLowerCase()), id)
  }

  forgetTag(name: string): void {
    this.entries.delete(this.#keyOf('tag', name.toLowerCase()))
  }

  #alias(kind: AliasKind, name: string, id: string): void {
    this.entries.set(this.#keyOf(kind, toAlias(kind, name)), id)
  }

  /** An address of two users leads to neither of them: then Intercom has to say how many there are. */
  #aliasEmail(email: string, contact: Contact): void {
    const other = this.findPerson('email', email)
    const isShared = other && other.contact.id !== contact.id && other.contact.role === 'user'
    if (isShared && contact.role === 'lead') return
    if (isShared) this.entries.delete(this.#keyOf('email', toAlias('email', email)))
    else this.#alias('email', email, contact.id)
  }

  #keyOf(kind: AliasKind | 'contact' | 'company' | 'tag' | 'put-off', name: string): string {
    return hashOf(this.key, kind, name)
  }
}

/** Addresses are compared without case. */
function toAlias(kind: AliasKind, name: string): string {
  return kind === 'email' ? name.toLowerCase() : name
}

/** Also makes keys of one length, however long an id is. */
function hashOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64')
}
