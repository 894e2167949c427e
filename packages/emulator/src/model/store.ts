import { ContactIndex } from './contact-index'
import type {
  Admin,
  Company,
  Contact,
  CustomObject,
  DataAttribute,
  DataEvent,
  Model,
  Note,
  SubscriptionType,
  Tag,
  Visitor
} from './entities'
import { EventLog } from './event-log'
import { folded } from './folded'
import type { ListVersion } from './versioned-list'
import { VersionedMap } from './versioned-map'

/** The workspace at one time, in lists that later changes leave alone. */
export interface StoreVersion {
  readonly contacts: ListVersion<Contact>
  readonly companies: ListVersion<Company>
  readonly events: ListVersion<DataEvent>
  readonly tags: ListVersion<Tag>
  readonly dataAttributes: ListVersion<DataAttribute>
}

/** The data of a workspace. It uses maps throughout, because a client may send `__proto__` as a key. */
export class Store {
  readonly #contacts = new VersionedMap<string, Contact>()
  readonly #contactIndex = new ContactIndex()
  readonly #companies = new VersionedMap<string, Company>()
  readonly #idsByCompanyId = new Map<string, string>()
  readonly #customObjects: CustomObject[] = []
  readonly #tags = new VersionedMap<string, Tag>()
  readonly #attributes = new VersionedMap<number, DataAttribute>()
  readonly #notes = new Map<string, Note>()
  readonly #visitors = new Map<string, Visitor>()
  readonly #planIds = new Map<string, string>()
  readonly admins = new Map<string, Admin>()
  readonly subscriptionTypes = new Map<string, SubscriptionType>()
  readonly eventLog = new EventLog()
  /** Authenticated calls answered so far. */
  calls = 0

  get contacts(): Contact[] {
    return this.#contacts.values()
  }

  get activeContacts(): Contact[] {
    return this.contacts.filter((contact) => contact.status === 'active')
  }

  get companies(): Company[] {
    return this.#companies.values()
  }

  get tags(): Tag[] {
    return this.#tags.values()
  }

  get attributes(): DataAttribute[] {
    return this.#attributes.values()
  }

  /** The lists as they are now, for who looks at them later. */
  version(): StoreVersion {
    return {
      contacts: this.#contacts.version(),
      companies: this.#companies.version(),
      events: this.eventLog.version(),
      tags: this.#tags.version(),
      dataAttributes: this.#attributes.version()
    }
  }

  contact(id: string): Contact | undefined {
    return this.#contacts.get(id)
  }

  contactsWithExternalId(externalId: string): Contact[] {
    return this.#contactsOf(this.contactIdsWithExternalId(externalId))
  }

  contactsWithEmail(email: string): Contact[] {
    return this.#contactsOf(this.contactIdsWithEmail(email))
  }

  contactsOfCompany(companyId: string): Contact[] {
    return this.#contactsOf(this.#contactIndex.ofCompany(companyId))
  }

  /** The contacts with these ids, in the order of `contacts`. */
  contactsInOrder(ids: Iterable<string>): Contact[] {
    const position = ({ id }: Contact) => this.#contacts.placeOf(id) ?? 0
    return this.#contactsOf(new Set(ids)).sort((a, b) => position(a) - position(b))
  }

  contactIdsWithExternalId(externalId: string): ReadonlySet<string> {
    return this.#contactIndex.withExternalId(externalId)
  }

  contactIdsWithEmail(email: string): ReadonlySet<string> {
    return this.#contactIndex.withEmail(email)
  }

  putContact(contact: Contact): Contact {
    const before = this.#contacts.get(contact.id)
    if (before) this.#contactIndex.remove(before)
    this.#contacts.set(contact.id, contact)
    this.#contactIndex.add(contact)
    return contact
  }

  company(id: string): Company | undefined {
    return this.#companies.get(id)
  }

  companyWithCompanyId(companyId: string): Company | undefined {
    const id = this.#idsByCompanyId.get(companyId)
    return id === undefined ? undefined : this.#companies.get(id)
  }

  putCompany(company: Company): Company {
    this.#companies.set(company.id, company)
    this.#idsByCompanyId.set(company.company_id, company.id)
    return company
  }

  /** Intercom's id of a plan; a new one for a new name. */
  planId(name: string): string {
    const id = this.#planIds.get(name) ?? String(this.#planIds.size + 1)
    this.#planIds.set(name, id)
    return id
  }

  removeCompany(company: Company): void {
    for (const contact of this.contactsOfCompany(company.id)) {
      this.putContact({ ...contact, companyIds: contact.companyIds.filter((id) => id !== company.id) })
    }
    this.removeNotesAbout('company', company.id)
    this.#companies.delete(company.id)
    this.#idsByCompanyId.delete(company.company_id)
  }

  /** The instances of the custom object type with this name, in any case. */
  customObjectsOf(type: string): CustomObject[] {
    return this.#customObjects.filter((object) => folded(object.type) === folded(type))
  }

  putCustomObject(object: CustomObject): void {
    this.#customObjects.push(object)
  }

  tag(id: string): Tag | undefined {
    return this.#tags.get(id)
  }

  tagNamed(name: string): Tag | undefined {
    return this.tags.find((tag) => folded(tag.name) === folded(name))
  }

  putTag(tag: Tag): Tag {
    this.#tags.set(tag.id, tag)
    return tag
  }

  removeTag(tag: Tag): void {
    for (const contact of this.contacts) {
      if (!contact.tags.some(({ id }) => id === tag.id)) continue
      this.putContact({ ...contact, tags: contact.tags.filter(({ id }) => id !== tag.id) })
    }
    for (const company of this.companies) {
      if (!company.tagIds.includes(tag.id)) continue
      this.putCompany({ ...company, tagIds: company.tagIds.filter((id) => id !== tag.id) })
    }
    this.#tags.delete(tag.id)
  }

  attribute(id: number): DataAttribute | undefined {
    return this.#attributes.get(id)
  }

  /** The custom attribute with this name, unless it is archived: an archived one cannot be written. */
  writableAttribute(model: Model, name: string): DataAttribute | undefined {
    for (const attribute of this.#attributes.values()) {
      if (attribute.model === model && attribute.name === name && !attribute.archived) return attribute
    }
    return undefined
  }

  putAttribute(attribute: DataAttribute): DataAttribute {
    this.#attributes.set(attribute.id, attribute)
    return attribute
  }

  note(id: string): Note | undefined {
    return this.#notes.get(id)
  }

  get notes(): Note[] {
    return [...this.#notes.values()]
  }

  /** Newest first, as Intercom lists them. */
  notesAbout(type: Note['about']['type'], id: string): Note[] {
    return this.notes.filter(({ about }) => about.type === type && about.id === id).reverse()
  }

  putNote(note: Note): Note {
    this.#notes.set(note.id, note)
    return note
  }

  removeNotesAbout(type: Note['about']['type'], id: string): void {
    for (const note of this.notesAbout(type, id)) this.#notes.delete(note.id)
  }

  /** Moves the notes about a merged lead to its user. */
  moveNotes(fromContactId: string, toContactId: string): void {
    for (const note of this.notesAbout('contact', fromContactId)) {
      this.putNote({ ...note, about: { type: 'contact', id: toContactId } })
    }
  }

  get visitors(): Visitor[] {
    return [...this.#visitors.values()]
  }

  visitor(id: string): Visitor | undefined {
    return this.#visitors.get(id)
  }

  visitorWithUserId(userId: string): Visitor | undefined {
    return this.visitors.find(({ user_id }) => user_id === userId)
  }

  visitorWithEmail(email: string): Visitor | undefined {
    return this.visitors.find((visitor) => visitor.email !== null && folded(visitor.email) === folded(email))
  }

  putVisitor(visitor: Visitor): Visitor {
    this.#visitors.set(visitor.id, visitor)
    return visitor
  }

  removeVisitor(visitor: Visitor): void {
    this.#visitors.delete(visitor.id)
  }

  #contactsOf(ids: ReadonlySet<string>): Contact[] {
    return [...ids].flatMap((id) => this.#contacts.get(id) ?? [])
  }
}
