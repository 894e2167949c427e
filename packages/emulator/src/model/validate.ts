import type { Associations, Attributes, Model, Role, Scalar } from './entities'
import { badParameter, parameterInvalid } from '../http/errors'
import { MONTHLY_SPEND_MAX } from './limits'
import type { Store } from './store'
import type { Unknowns } from './unknowns'
import {
  parameterMissing,
  type Read,
  readAttributeValue,
  readBoolean,
  readEmail,
  readIdentifier,
  readLongText,
  readPictureUrl,
  readSeconds,
  readSize,
  readText
} from './assumed-validation'
import { isBody, type Body } from '../http/call'
import { isSince } from '../http/versions'
import type { Workspace } from './workspace'

/** The fields of a write to a contact: `undefined` leaves a field unchanged, `null` clears it. */
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
  associations: Associations
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

/** Throws 400 for the first parameter that is unknown, or newer than the version. */
export const refuseUnknown = (body: Body, known: ReadonlyMap<string, string>, version: string): void => {
  for (const name of Object.keys(body)) {
    const since = known.get(name)
    if (since === undefined || !isSince(version, since)) throw badParameter(name)
  }
}

/** Reads single fields of a body. */
const fieldsOf = (body: Body, unknowns: Unknowns) => ({
  /** Undefined if absent, null if cleared, otherwise the result of `read`. */
  optional: <T>(name: string, read: Read<T>): T | null | undefined => {
    if (!Object.hasOwn(body, name)) return undefined
    const value = body[name]
    return value === null ? null : read(value, name, unknowns)
  },
  present: <T>(name: string, read: Read<T>): T | undefined =>
    Object.hasOwn(body, name) ? read(body[name], name, unknowns) : undefined
})

/** DEV:2.3 has user and lead; FIX: "contact" was accepted as user. */
const readRole = (value: unknown): Role => {
  if (value === 'contact') return 'user'
  if (value === 'user' || value === 'lead') return value
  throw parameterInvalid('role must be user or lead')
}

/** 2.3 returned owners as integers, later versions as strings; both are accepted. */
const readOwner = (store: Store) => (value: unknown) => {
  if ((typeof value === 'string' || typeof value === 'number') && store.admins.has(String(value))) return String(value)
  throw parameterInvalid('The owner specified is not a member of the workspace')
}

/** Throws 400 with the first undeclared name: one such name refuses the whole request (DEV:2.3). */
export const readAttributes = (body: Body, model: Model, { store, unknowns }: Workspace): Attributes => {
  if (!Object.hasOwn(body, 'custom_attributes') || body.custom_attributes === null) return {}
  const sent = body.custom_attributes
  if (!isBody(sent)) throw parameterInvalid('custom_attributes must be an object')
  const values: [string, Scalar][] = []
  for (const name of Object.keys(sent)) {
    const attribute = store.writableAttribute(model, name)
    if (!attribute) throw parameterInvalid(`Custom attribute '${name}' does not exist`)
    values.push([name, readAttributeValue(sent[name], attribute, unknowns)])
  }
  return Object.fromEntries(values)
}

const isIds = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/**
 * Separates associations with custom objects from the body of PUT /contacts. The example of S2.16 is
 * `custom_attributes: { order: ['21'] }`, where `Order` is a type of custom object.
 */
export const readAssociations = (body: Body, { store }: Workspace): { associations: Associations; rest: Body } => {
  const sent = body.custom_attributes
  if (!isBody(sent)) return { associations: {}, rest: body }
  const associations: [string, readonly string[]][] = []
  const others: [string, unknown][] = []
  for (const [name, ids] of Object.entries(sent)) {
    const objects = store.customObjectsOf(name)
    if (objects.length === 0 || !isIds(ids)) {
      others.push([name, ids])
      continue
    }
    const unknown = ids.find((id) => !objects.some((object) => object.id === id))
    // GUESS: an unknown instance is refused like an invalid value.
    if (unknown !== undefined) throw parameterInvalid(`Custom object instance '${unknown}' of '${name}' does not exist`)
    associations.push([name, ids])
  }
  return {
    associations: Object.fromEntries(associations),
    rest: { ...body, custom_attributes: Object.fromEntries(others) }
  }
}

/**
 * Reads the body of POST and PUT /contacts. FIX: unknown keys are ignored, and so are parameters that are newer than the
 * version.
 */
export const readContact = (body: Body, workspace: Workspace): ContactChange => {
  const { optional, present } = fieldsOf(body, workspace.unknowns)
  const change = {
    role: present('role', readRole),
    external_id: optional('external_id', readIdentifier),
    email: optional('email', readEmail),
    email_verified: isSince(workspace.version, '2.16') ? optional('email_verified', readBoolean) : undefined,
    phone: optional('phone', readText),
    name: optional('name', readText),
    avatar: optional('avatar', readPictureUrl),
    signed_up_at: optional('signed_up_at', readSeconds),
    last_seen_at: optional('last_seen_at', readSeconds),
    owner_id: optional('owner_id', readOwner(workspace.store)),
    unsubscribed_from_emails: optional('unsubscribed_from_emails', readBoolean),
    custom_attributes: readAttributes(body, 'contact', workspace),
    associations: {}
  }
  // S2.16: "sending it without an email returns a 400".
  if (change.email_verified != null && !change.email) throw parameterMissing('email_verified needs an email')
  return change
}

/** S2.16: floats are truncated. GUESS: text, and values beyond the upper limit, are refused. */
const readSpend = (value: unknown, name: string): number => {
  if (typeof value !== 'number') throw parameterInvalid(`${name} must be a number`)
  const whole = Math.trunc(value)
  if (Math.abs(whole) > MONTHLY_SPEND_MAX) throw parameterInvalid(`${name} must not exceed ${MONTHLY_SPEND_MAX}`)
  return whole
}

const readCompanyFields = (body: Body, workspace: Workspace): CompanyChange => {
  const { optional, present } = fieldsOf(body, workspace.unknowns)
  return {
    name: optional('name', readText),
    plan: optional('plan', readText),
    size: optional('size', readSize),
    website: optional('website', readLongText),
    industry: optional('industry', readText),
    monthly_spend: optional('monthly_spend', readSpend),
    remote_created_at: optional('remote_created_at', readSeconds),
    update_last_request_at: present('update_last_request_at', readBoolean) ?? false,
    custom_attributes: readAttributes(body, 'company', workspace)
  }
}

/** Reads the body of POST /companies. */
export const readNewCompany = (body: Body, workspace: Workspace): { company_id: string; change: CompanyChange } => {
  refuseUnknown(body, NEW_COMPANY_PARAMETERS, workspace.version)
  // GUESS: the real answer without the key is not known.
  const company_id = fieldsOf(body, workspace.unknowns).present('company_id', readIdentifier)
  if (company_id === undefined) throw parameterMissing('company_id not specified')
  return { company_id, change: readCompanyFields(body, workspace) }
}

/** Reads the body of PUT /companies/{id}. */
export const readCompany = (body: Body, workspace: Workspace): CompanyChange => {
  refuseUnknown(body, COMPANY_PARAMETERS, workspace.version)
  return readCompanyFields(body, workspace)
}
