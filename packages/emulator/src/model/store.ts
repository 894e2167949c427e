import type {
  Admin,
  Company,
  Contact,
  CustomObject,
  DataAttribute,
  DataEvent,
  EventSummary,
  Model,
  Note,
  SubscriptionType,
  Tag,
  Visitor
} from './entities'

/** Email addresses and tag names are compared without regard to case. */
const folded = (text: string) => text.toLowerCase()

const file = (index: Map<string, Set<string>>, key: string, id: string) => {
  const found = index.get(key)
  if (found) found.add(id)
  else index.set(key, new Set([id]))
}

const unfile = (index: Map<string, Set<string>>, key: string, id: string) => {
  const found = index.get(key)
  found?.delete(id)
  if (found?.size === 0) index.delete(key)
}

/** S2.16, POST /events: workspace, contact, name and second make an event what it is. */
const eventKey = (event: DataEvent) => JSON.stringify([event.contactId, folded(event.event_name), event.created_at])

/** Where a workspace keeps things. Maps throughout: a client's `__proto__` is a key like any other. */
export class Store {
  readonly #contacts = new Map<string, Contact>()
  /** When a contact came, so that those an index finds are listed in the order of all. */
  readonly #contactPlaces = new Map<string, number>()
  readonly #contactIdsByExternalId = new Map<string, Set<string>>()
  readonly #contactIdsByEmail = new Map<string, Set<string>>()
  readonly #contactIdsByCompany = new Map<string, Set<string>>()
  readonly #companies = new Map<string, Company>()
  readonly #companyIds = new Map<string, string>()
  readonly #events: DataEvent[] = []
  readonly #eventPlaces = new Map<string, number>()
  readonly #eventSummaries = new Map<string, EventSummary[]>()
  readonly #eventNames = new Set<string>()
  readonly #customObjects: CustomObject[] = []
  readonly #tags = new Map<string, Tag>()
  readonly #attributes = new Map<number, DataAttribute>()
  readonly #notes = new Map<string, Note>()
  readonly #visitors = new Map<string, Visitor>()
  readonly admins = new Map<string, Admin>()
  readonly subscriptionTypes = new Map<string, SubscriptionType>()
  readonly #planIds = new Map<string, string>()
  /** Authenticated calls answered so far. */
  calls = 0

  get contacts(): Contact[] {
    return [...this.#contacts.values()]
  }

  get activeContacts(): Contact[] {
    return this.contacts.filter((contact) => contact.status === 'active')
  }

  get companies(): Company[] {
    return [...this.#companies.values()]
  }

  get events(): DataEvent[] {
    return [...this.#events]
  }

  get tags(): Tag[] {
    return [...this.#tags.values()]
  }

  get attributes(): DataAttribute[] {
    return [...this.#attributes.values()]
  }

  contact(id: string): Contact | undefined {
    return this.#contacts.get(id)
  }

  contactsWithExternalId(externalId: string): Contact[] {
    return this.#chosen(this.#contactIdsByExternalId.get(externalId))
  }

  contactsWithEmail(email: string): Contact[] {
    return this.#chosen(this.#contactIdsByEmail.get(folded(email)))
  }

  contactsOfCompany(companyId: string): Contact[] {
    return this.#chosen(this.#contactIdsByCompany.get(companyId))
  }

  /** The contacts of these ids in the order of `contacts`. */
  contactsInOrder(ids: Iterable<string>): Contact[] {
    const place = ({ id }: Contact) => this.#contactPlaces.get(id) ?? 0
    return this.#chosen(new Set(ids)).sort((a, b) => place(a) - place(b))
  }

  contactIdsWithExternalId(externalId: string): ReadonlySet<string> {
    return this.#contactIdsByExternalId.get(externalId) ?? new Set()
  }

  contactIdsWithEmail(email: string): ReadonlySet<string> {
    return this.#contactIdsByEmail.get(folded(email)) ?? new Set()
  }

  putContact(contact: Contact): Contact {
    const before = this.#contacts.get(contact.id)
    if (before) this.#unindex(before)
    else this.#contactPlaces.set(contact.id, this.#contactPlaces.size)
    this.#contacts.set(contact.id, contact)
    this.#index(contact)
    return contact
  }

  company(id: string): Company | undefined {
    return this.#companies.get(id)
  }

  companyWithCompanyId(companyId: string): Company | undefined {
    const id = this.#companyIds.get(companyId)
    return id === undefined ? undefined : this.#companies.get(id)
  }

  putCompany(company: Company): Company {
    this.#companies.set(company.id, company)
    this.#companyIds.set(company.company_id, company.id)
    return company
  }

  /** The id Intercom gives a plan the first time it hears its name. */
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
    this.#companyIds.delete(company.company_id)
  }

  eventSummariesOf(contactId: string): readonly EventSummary[] {
    return this.#eventSummaries.get(contactId) ?? []
  }

  putEventSummary(contactId: string, summary: EventSummary): void {
    this.#eventSummaries.set(contactId, [...this.eventSummariesOf(contactId), summary])
  }

  hasEventName(name: string): boolean {
    return this.#eventNames.has(folded(name))
  }

  get eventNames(): number {
    return this.#eventNames.size
  }

  /** The instances of the type whose name this is, in whatever case. */
  customObjectsOf(type: string): CustomObject[] {
    return this.#customObjects.filter((object) => folded(object.type) === folded(type))
  }

  putCustomObject(object: CustomObject): void {
    this.#customObjects.push(object)
  }

  /** Keeps the event, unless the same one of the same second is here already: then it only counts. */
  putEvent(event: DataEvent): void {
    this.#eventNames.add(folded(event.event_name))
    const key = eventKey(event)
    const place = this.#eventPlaces.get(key)
    const before = place === undefined ? undefined : this.#events[place]
    if (place === undefined || before === undefined) {
      this.#eventPlaces.set(key, this.#events.push(event) - 1)
      return
    }
    this.#events[place] = { ...before, duplicates: before.duplicates + 1 }
  }

  /** Files the events of a merged lead under the user it became. */
  moveEvents(from: string, into: string): void {
    this.#events.forEach((event, place) => {
      if (event.contactId !== from) return
      const moved = { ...event, contactId: into }
      this.#events[place] = moved
      this.#eventPlaces.set(eventKey(moved), place)
    })
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

  attribute(id: number): DataAttribute | undefined {
    return this.#attributes.get(id)
  }

  /** The custom attribute of that name which can be written: an archived one cannot. */
  writableAttribute(model: Model, name: string): DataAttribute | undefined {
    for (const one of this.#attributes.values()) {
      if (one.model === model && one.name === name && !one.archived) return one
    }
    return undefined
  }

  putAttribute(attribute: DataAttribute): DataAttribute {
    this.#attributes.set(attribute.id, attribute)
    return attribute
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

  /** Hangs the notes about a merged lead on the user it became. */
  moveNotes(from: string, into: string): void {
    for (const note of this.notesAbout('contact', from)) this.putNote({ ...note, about: { type: 'contact', id: into } })
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

  #chosen(ids: ReadonlySet<string> | undefined): Contact[] {
    return [...(ids ?? [])].flatMap((id) => this.#contacts.get(id) ?? [])
  }

  #index(contact: Contact): void {
    if (contact.external_id !== null) file(this.#contactIdsByExternalId, contact.external_id, contact.id)
    if (contact.email) file(this.#contactIdsByEmail, folded(contact.email), contact.id)
    for (const company of contact.companyIds) file(this.#contactIdsByCompany, company, contact.id)
  }

  #unindex(contact: Contact): void {
    if (contact.external_id !== null) unfile(this.#contactIdsByExternalId, contact.external_id, contact.id)
    if (contact.email) unfile(this.#contactIdsByEmail, folded(contact.email), contact.id)
    for (const company of contact.companyIds) unfile(this.#contactIdsByCompany, company, contact.id)
  }
}
