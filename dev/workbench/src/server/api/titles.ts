import type { Company, Contact, Visitor } from '@intercom-destinations/emulator'

/** The title of a contact on the page: the most readable of its ids and names. */
export const toPersonTitle = ({ name, email, external_id, id }: Contact): string =>
  [name, email, external_id].find((text) => text !== null && text !== '') ?? id

export const toCompanyTitle = ({ name, company_id }: Company): string => name ?? company_id

/** A person in the Messenger who is not identified. */
export const toVisitorTitle = ({ name, user_id }: Pick<Visitor, 'name' | 'user_id'>): string =>
  name ?? `Visitor ${user_id}`
