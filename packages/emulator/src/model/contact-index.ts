import type { Contact } from './entities'
import { folded } from './folded'

const NONE: ReadonlySet<string> = new Set()

const addId = (index: Map<string, Set<string>>, key: string, id: string) => {
  const ids = index.get(key)
  if (ids) ids.add(id)
  else index.set(key, new Set([id]))
}

const removeId = (index: Map<string, Set<string>>, key: string, id: string) => {
  const ids = index.get(key)
  ids?.delete(id)
  if (ids?.size === 0) index.delete(key)
}

/** The ids of contacts by external id, by email address and by company. */
export class ContactIndex {
  readonly #byExternalId = new Map<string, Set<string>>()
  readonly #byEmail = new Map<string, Set<string>>()
  readonly #byCompany = new Map<string, Set<string>>()

  add(contact: Contact): void {
    this.#forEachKey(contact, addId)
  }

  remove(contact: Contact): void {
    this.#forEachKey(contact, removeId)
  }

  withExternalId(externalId: string): ReadonlySet<string> {
    return this.#byExternalId.get(externalId) ?? NONE
  }

  withEmail(email: string): ReadonlySet<string> {
    return this.#byEmail.get(folded(email)) ?? NONE
  }

  ofCompany(companyId: string): ReadonlySet<string> {
    return this.#byCompany.get(companyId) ?? NONE
  }

  #forEachKey(contact: Contact, apply: typeof addId): void {
    if (contact.external_id !== null) apply(this.#byExternalId, contact.external_id, contact.id)
    if (contact.email) apply(this.#byEmail, folded(contact.email), contact.id)
    for (const companyId of contact.companyIds) apply(this.#byCompany, companyId, contact.id)
  }
}
