import { notEmulated, parameterInvalid } from '../http/errors'
import type { Contact, Scalar } from './entities'
import type { Store } from './store'

/** The fields that POST /contacts/search can search by, after S2.16. */

type FieldKind = 'text' | 'number' | 'boolean' | 'date' | 'tag'

export interface SearchField {
  kind: FieldKind
  read: (contact: Contact) => Scalar
}

const text = (read: SearchField['read']): SearchField => ({ kind: 'text', read })
const date = (read: SearchField['read']): SearchField => ({ kind: 'date', read })
const flag = (read: SearchField['read']): SearchField => ({ kind: 'boolean', read })
const alwaysNull = () => null

/** S2.16, "Accepted Fields". A field that no emulated operation fills is searchable and empty. */
const FIELDS = new Map<string, SearchField>([
  ['id', text((contact) => contact.id)],
  ['role', text((contact) => contact.role)],
  ['name', text((contact) => contact.name)],
  ['avatar', text((contact) => contact.avatar)],
  ['owner_id', text((contact) => contact.owner_id)],
  ['email', text((contact) => contact.email?.toLowerCase() || null)],
  ['email_domain', text((contact) => contact.email?.toLowerCase().split('@')[1] ?? null)],
  ['phone', text((contact) => contact.phone)],
  ['formatted_phone', text((contact) => contact.phone)],
  ['external_id', text((contact) => contact.external_id)],
  ['created_at', date((contact) => contact.created_at)],
  ['updated_at', date((contact) => contact.updated_at)],
  ['signed_up_at', date((contact) => contact.signed_up_at)],
  ['last_seen_at', date((contact) => contact.last_seen_at)],
  ['last_contacted_at', date(alwaysNull)],
  ['last_replied_at', date(alwaysNull)],
  ['last_email_opened_at', date(alwaysNull)],
  ['last_email_clicked_at', date(alwaysNull)],
  ['language_override', text(alwaysNull)],
  ['browser', text(alwaysNull)],
  ['browser_language', text(alwaysNull)],
  ['os', text(alwaysNull)],
  ['location.country', text(alwaysNull)],
  ['location.region', text(alwaysNull)],
  ['location.city', text(alwaysNull)],
  ['unsubscribed_from_emails', flag((contact) => contact.unsubscribed_from_emails)],
  ['marked_email_as_spam', flag(() => false)],
  ['has_hard_bounced', flag(() => false)],
  ['tag_id', { kind: 'tag', read: alwaysNull }]
])

/** Fields of Intercom that this emulator stores no data for. */
const NOT_EMULATED = /^(segment_id$|ios_|android_|andoid_)/

const CUSTOM_PREFIX = 'custom_attributes.'

const OPERATORS: Readonly<Record<FieldKind, readonly string[]>> = {
  text: ['=', '!=', 'IN', 'NIN', '~', '!~', '^', '$'],
  number: ['=', '!=', 'IN', 'NIN', '<', '>', '<=', '>='],
  boolean: ['=', '!=', 'IN', 'NIN'],
  date: ['=', '<', '>'],
  tag: ['=', '!=']
}

export const ALL_OPERATORS = ['=', '!=', 'IN', 'NIN', '<', '>', '<=', '>=', '~', '!~', '^', '$']

export const isSupported = (operator: string, { kind }: SearchField): boolean => OPERATORS[kind].includes(operator)

const customField = (name: string, store: Store): SearchField => {
  const attribute = store.writableAttribute('contact', name)
  if (!attribute) throw parameterInvalid(`Custom attribute '${name}' does not exist`)
  const read = ({ custom_attributes }: Contact) =>
    Object.hasOwn(custom_attributes, name) ? (custom_attributes[name] ?? null) : null
  switch (attribute.data_type) {
    case 'string':
      return { kind: 'text', read }
    case 'boolean':
      return { kind: 'boolean', read }
    case 'integer':
    case 'float':
      return { kind: 'number', read }
    case 'date':
    case 'datetime':
      return { kind: 'date', read }
  }
}

/** The field with this name. Throws 400 for an unknown field, 501 for one that is not emulated. */
export const fieldNamed = (name: string, store: Store): SearchField => {
  const field = FIELDS.get(name)
  if (field) return field
  if (name.startsWith(CUSTOM_PREFIX)) return customField(name.slice(CUSTOM_PREFIX.length), store)
  if (NOT_EMULATED.test(name)) throw notEmulated(`a search by ${name}`)
  throw parameterInvalid(`'${name}' is not a searchable field`)
}

/** Reads the value to search for. S2.16: "has to match the accepted type, otherwise the query will fail". */
export const readSearchValue = (value: unknown, field: SearchField, name: string): Scalar => {
  if (value === null) return null
  switch (field.kind) {
    case 'text':
    case 'tag': {
      if (typeof value !== 'string') throw parameterInvalid(`The value for '${name}' must be a string`)
      if (name === 'role' && value !== 'user' && value !== 'lead') throw parameterInvalid('role must be user or lead')
      return name === 'email' || name === 'email_domain' ? value.toLowerCase() : value
    }
    case 'boolean':
      if (typeof value !== 'boolean') throw parameterInvalid(`The value for '${name}' must be true or false`)
      return value
    case 'number':
    case 'date': {
      // S2.16's own example sends the seconds as text.
      const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
      if (typeof number !== 'number') throw parameterInvalid(`The value for '${name}' must be a number`)
      return number
    }
  }
}
