import type { Attributes, Model, Role, Scalar } from './entities'
import { badParameter, parameterInvalid } from './errors'
import { MONTHLY_SPEND_MAX } from './limits'
import type { Store } from './store'
import {
  parameterMissing,
  readAttributeValue,
  readBoolean,
  readEmail,
  readIdentifier,
  readInteger,
  readLongText,
  readPictureUrl,
  readSeconds,
  readText
} from './strict'
import { isBody, type Body } from './call'
import { isSince } from './versions'

/** What a write says about a contact: `undefined` leaves a field as it is, `null` clears it. */
export interface ContactChange {
  role: Role | undefined
  external_id: string | null | undefined
  email: string | null | undefined
  email_verified: boolean | null | undefined
  phone: string | null | undefined
  name: string | null | undefined
  avatar: string | null | undefined
  signed_up_at: number | null | undefined
  last_seen_at: number | null | undefined
  owner_id: string | null | undefined
  unsubscribed_from_emails: boolean | null | undefined
  custom_attributes: Attributes
}

export interface CompanyChange {
  name: string | null | undefined
  plan: string | null | undefined
  size: number | null | undefined
  website: string | null | undefined
  industry: string | null | undefined
  monthly_spend: number | null | undefined
  remote_created_at: number | null | undefined
  update_last_request_at: boolean
  custom_attributes: Attributes
}

/** S2.16, create_contact_request and update_contact_request. The value is the version a parameter came with. */
const CONTACT_PARAMETERS = new Map([
  ['role', '2.0'],
  ['external_id', '2.0'],
  ['email', '2.0'],
  ['email_verified', '2.16'],
  ['phone', '2.0'],
  ['name', '2.0'],
  ['avatar', '2.0'],
  ['signed_up_at', '2.0'],
  ['last_seen_at', '2.0'],
  ['owner_id', '2.0'],
  ['unsubscribed_from_emails', '2.0'],
  ['custom_attributes', '2.0']
])

/** S2.16, update_company_request. */
const COMPANY_PARAMETERS = new Map([
  ['name', '2.0'],
  ['plan', '2.0'],
  ['size', '2.0'],
  ['website', '2.0'],
  ['industry', '2.0'],
  ['monthly_spend', '2.0'],
  ['custom_attributes', '2.0']
])

/** S2.16, create_or_update_company_request. */
const NEW_COMPANY_PARAMETERS = new Map([
  ...COMPANY_PARAMETERS,
  ['company_id', '2.0'],
  ['remote_created_at', '2.0'],
  ['update_last_request_at', '2.16']
])

/** Refuses the first parameter that is not among the known ones. */
export const refuseUnknown = (body: Body, known: ReadonlyMap<string, string>, version: string): void => {
  for (const name of Object.keys(body)) {
    const since = known.get(name)
    if (since === undefined || !isSince(version, since)) throw badParameter(name)
  }
}

/** A field of the body: undefined when absent, null when cleared, else what `read` makes of it. */
const optional = <T>(body: Body, name: string, read: (value: unknown, name: string) => T): T | null | undefined => {
  if (!Object.hasOwn(body, name)) return undefined
  const value = body[name]
  return value === null ? null : read(value, name)
}

const present = <T>(body: Body, name: string, read: (value: unknown, name: string) => T): T | undefined =>
  Object.hasOwn(body, name) ? read(body[name], name) : undefined

/** DEV:2.3 knows user and lead; FIX: "contact" was taken, and made a user. */
const readRole = (value: unknown): Role => {
  if (value === 'contact') return 'user'
  if (value === 'user' || value === 'lead') return value
  throw parameterInvalid('role must be user or lead')
}

/** 2.3 answered owners as integers, later versions as strings; both are taken. */
const readOwner = (store: Store) => (value: unknown) => {
  if ((typeof value === 'string' || typeof value === 'number') && store.admins.has(String(value))) return String(value)
  throw parameterInvalid('The owner specified is not a member of the workspace')
}

/** The whole request is refused when one name is not declared (DEV:2.3); the first unknown one is named. */
export const readAttributes = (body: Body, model: Model, store: Store): Attributes => {
  if (!Object.hasOwn(body, 'custom_attributes') || body.custom_attributes === null) return {}
  const sent = body.custom_attributes
  if (!isBody(sent)) throw parameterInvalid('custom_attributes must be an object')
  const values: [string, Scalar][] = []
  for (const name of Object.keys(sent)) {
    const attribute = store.writableAttribute(model, name)
    if (!attribute) throw parameterInvalid(`Custom attribute '${name}' does not exist`)
    values.push([name, readAttributeValue(sent[name], attribute)])
  }
  return Object.fromEntries(values)
}

/** The body of POST and PUT /contacts. */
export const readContact = (body: Body, version: string, store: Store): ContactChange => {
  refuseUnknown(body, CONTACT_PARAMETERS, version)
  const change = {
    role: present(body, 'role', readRole),
    external_id: optional(body, 'external_id', readIdentifier),
    email: optional(body, 'email', readEmail),
    email_verified: optional(body, 'email_verified', readBoolean),
    phone: optional(body, 'phone', readText),
    name: optional(body, 'name', readText),
    avatar: optional(body, 'avatar', readPictureUrl),
    signed_up_at: optional(body, 'signed_up_at', readSeconds),
    last_seen_at: optional(body, 'last_seen_at', readSeconds),
    owner_id: optional(body, 'owner_id', readOwner(store)),
    unsubscribed_from_emails: optional(body, 'unsubscribed_from_emails', readBoolean),
    custom_attributes: readAttributes(body, 'contact', store)
  }
  // S2.16: "sending it without an email returns a 400".
  if (change.email_verified != null && !change.email) throw parameterMissing('email_verified needs an email')
  return change
}

/** S2.16: floats are truncated. GUESS: beyond the upper limit, and as text, it is refused. */
const readSpend = (value: unknown, name: string): number => {
  if (typeof value !== 'number') throw parameterInvalid(`${name} must be a number`)
  const whole = Math.trunc(value)
  if (Math.abs(whole) > MONTHLY_SPEND_MAX) throw parameterInvalid(`${name} must not exceed ${MONTHLY_SPEND_MAX}`)
  return whole
}

const readCompanyFields = (body: Body, store: Store): CompanyChange => ({
  name: optional(body, 'name', readText),
  plan: optional(body, 'plan', readText),
  size: optional(body, 'size', readInteger),
  website: optional(body, 'website', readLongText),
  industry: optional(body, 'industry', readText),
  monthly_spend: optional(body, 'monthly_spend', readSpend),
  remote_created_at: optional(body, 'remote_created_at', readSeconds),
  update_last_request_at: present(body, 'update_last_request_at', readBoolean) ?? false,
  custom_attributes: readAttributes(body, 'company', store)
})

/** The body of POST /companies. */
export const readNewCompany = (
  body: Body,
  version: string,
  store: Store
): { company_id: string; change: CompanyChange } => {
  refuseUnknown(body, NEW_COMPANY_PARAMETERS, version)
  // GUESS: without the key the upsert has nothing to look up; the real answer is not known.
  const company_id = present(body, 'company_id', readIdentifier)
  if (company_id === undefined) throw parameterMissing('company_id not specified')
  return { company_id, change: readCompanyFields(body, store) }
}

/** The body of PUT /companies/{id}. */
export const readCompany = (body: Body, version: string, store: Store): CompanyChange => {
  refuseUnknown(body, COMPANY_PARAMETERS, version)
  return readCompanyFields(body, store)
}
