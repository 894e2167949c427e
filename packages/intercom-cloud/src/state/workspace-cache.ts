import { isAbsent } from '@intercom-destinations/shared-mapping'
import type { Contact } from '../client/types'
import { CachedCompany, CachedContact } from './cached-entities'
import { LINK, PRESENT, toEntityName } from './record-names'
import { RecordView } from './record-view'
import { MAX_AGE_MS, type Field } from './state-store'

/** OpenAPI 2.16, search contacts: a new contact may take "a few minutes" to be found. */
const MAX_SEARCH_LAG_MS = 5 * 60 * 1000
/** Contacts cached for each address. With two users it is ambiguous already. */
const MAX_HOLDERS = 10

/** The names by which a contact is cached. `external_id` is also Segment's user id of a lead. */
export type AliasKind = 'external_id' | 'email'

const SELF = 'self'

/** What Intercom's responses showed, as one turn or one call sees it. */
export class WorkspaceCache extends RecordView {
  /** By address only if a search showed, within the last hour, that no other user has it. */
  findContact(kind: AliasKind, name: string): CachedContact | undefined {
    if (kind === 'email') return this.#findByEmail(name)
    const record = this.find(this.names.of('user', name), LINK)?.value
    const person = record === undefined ? undefined : this.#findEntity(record)
    // A lead that was cached by Segment's user id may have become a user with another external ID.
    const isStillNamed = person?.contact.role === 'lead' || person?.contact.external_id === name
    return isStillNamed ? person : undefined
  }

  /** Whether only a search can show the contact, or who has its address. */
  needsSearch({ external_id, email }: { external_id?: string | undefined; email?: string | undefined }): boolean {
    // A cached contact shows its address only to a call that has named it.
    if (email !== undefined) this.#addressOf(email)
    const known = external_id === undefined ? undefined : this.findContact('external_id', external_id)
    if (known && external_id !== undefined && email !== undefined)
      return known.contact.email?.toLowerCase() !== email.toLowerCase() && !this.isEmailTaken(email, external_id)
    if (known) return false
    return email === undefined || !this.findContact('email', email)
  }

  /** The cached contacts with this address. Intercom may have others. */
  findContactsByEmail(email: string): Contact[] {
    return this.#contactsWith(email).map(({ contact }) => contact)
  }

  findContactById(id: string): CachedContact | undefined {
    return this.#findEntity(toEntityName('contact', id))
  }

  /** Caches a contact by its id, external ID and address. A lead is also found by the user id that Segment gives it. */
  cacheContact(contact: Contact, segmentUserId?: string): CachedContact {
    const record = toEntityName('contact', contact.id)
    this.renew(record, SELF, this.#toSelf(contact))
    const external_id = contact.role === 'user' ? contact.external_id : segmentUserId
    const namesake = external_id === undefined ? undefined : this.findContact('external_id', external_id)
    // A lead's user id must not replace the user who has it as external ID.
    const isTaken = contact.role === 'lead' && namesake?.contact.role === 'user'
    if (external_id !== undefined && !isTaken) this.renew(this.names.of('user', external_id), LINK, record)
    if (contact.email !== undefined) this.renew(this.#addressOf(contact.email), LINK + contact.id, record)
    return new CachedContact(this, record, contact)
  }

  /** Records that a search has just shown no other user with this address than the cached ones. */
  markSearched(email: string): void {
    this.change(this.#addressOf(email), 'searched', PRESENT)
  }

  /** Records that Intercom refused this address for this user, because another contact has it. */
  markEmailTaken(email: string, external_id: string): void {
    this.change(this.#addressOf(email), this.#toTaken(external_id), PRESENT)
  }

  isEmailTaken(email: string, external_id: string): boolean {
    return this.findRecent(this.#addressOf(email), this.#toTaken(external_id), MAX_AGE_MS) !== undefined
  }

  /** Records that Intercom may have created a lead with this address: the response was lost. */
  markLeadUncertain(email: string): void {
    this.change(this.#addressOf(email), 'uncertain-lead', PRESENT)
  }

  /** Whether such a lead may exist and not be in the search index yet. */
  isLeadUncertain(email: string): boolean {
    return this.findRecent(this.#addressOf(email), 'uncertain-lead', MAX_SEARCH_LAG_MS) !== undefined
  }

  /** Whether an event was submitted under one of these names of records. */
  wasEventSubmitted(records: readonly string[]): boolean {
    return records.some((record) => this.find(record, 'done') !== undefined)
  }

  markEventSubmitted(records: readonly string[]): void {
    for (const record of records) this.change(record, 'done', PRESENT)
  }

  /** Names that still refer to the contact find nothing from now on. */
  evictContact(id: string): void {
    this.remove(toEntityName('contact', id), SELF)
  }

  findCompany(company_id: string): CachedCompany | undefined {
    const record = this.find(this.names.of('company', company_id), LINK)?.value
    return record === undefined ? undefined : new CachedCompany(this, record)
  }

  cacheCompany(company_id: string, id: string): CachedCompany {
    const record = toEntityName('company-values', id)
    this.renew(this.names.of('company', company_id), LINK, record)
    return new CachedCompany(this, record)
  }

  evictCompany(company_id: string): void {
    this.remove(this.names.of('company', company_id), LINK)
  }

  /** Whether an event is retried for the first time within an hour. Records the retry. */
  isFirstRetry(record: string): boolean {
    const isFirst = this.find(record, 'done') === undefined
    this.change(record, 'done', PRESENT)
    return isFirst
  }

  findTag(name: string): string | undefined {
    return this.find(this.#tagOf(name), 'id')?.value
  }

  cacheTag(name: string, id: string): void {
    this.change(this.#tagOf(name), 'id', id)
  }

  evictTag(name: string): void {
    this.remove(this.#tagOf(name), 'id')
  }

  /** A user before a lead; of several leads the most recent. */
  #findByEmail(email: string): CachedContact | undefined {
    // The age of the record restarts with every response, but changes by others in Intercom must be noticed.
    if (this.findRecent(this.#addressOf(email), 'searched', MAX_AGE_MS) === undefined) return undefined
    const people = this.#contactsWith(email)
    const [user, ...others] = people.filter(({ contact }) => contact.role === 'user')
    return others.length > 0 ? undefined : (user ?? people.at(-1))
  }

  /** The most recent last. */
  #contactsWith(email: string): CachedContact[] {
    const record = this.#addressOf(email)
    const links = this.fieldsOf(record).filter((name) => name.startsWith(LINK))
    const holders = links.flatMap((name) => this.find(record, name) ?? [])
    const people = holders
      .sort((a, b) => a.stamp - b.stamp)
      .slice(-MAX_HOLDERS)
      .flatMap(({ value }) => this.#findEntity(value) ?? [])
    // The address may have changed since.
    return people.filter(({ contact }) => contact.email?.toLowerCase() === email.toLowerCase())
  }

  #findEntity(record: string): CachedContact | undefined {
    const contact = this.#toContact(record, this.find(record, SELF))
    return contact && new CachedContact(this, record, contact)
  }

  /** Role and hashes of external ID, address and name. A lead's external ID is random, so it is left out. */
  #toSelf({ role, external_id, email, name }: Contact): string {
    const { names } = this
    const user = role === 'user' && !isAbsent(external_id) ? names.hash('user', external_id) : ''
    const address = email === undefined ? '' : names.hash('address', email.toLowerCase())
    return [role, user, address, name === undefined ? '' : names.hash('name', name)].join('|')
  }

  /** A field that another release wrote in another form is as good as missing. */
  #toContact(record: string, self: Field | undefined): Contact | undefined {
    const [role, user, address, name, ...others] = (self?.value ?? '').split('|')
    const [, id] = record.split(' ')
    if (id === undefined || (role !== 'user' && role !== 'lead') || name === undefined || others.length > 0)
      return undefined
    const { names } = this
    return {
      id,
      role,
      ...(user ? { external_id: names.reveal(user) } : {}),
      ...(address ? { email: names.reveal(address) } : {}),
      ...(name ? { name: names.reveal(name) } : {})
    }
  }

  #addressOf(email: string): string {
    return this.names.of('address', email.toLowerCase())
  }

  #toTaken(external_id: string): string {
    return `taken ${this.names.hash('user', external_id)}`
  }

  #tagOf(name: string): string {
    return this.names.of('tag', name.toLowerCase())
  }
}
