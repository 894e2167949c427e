import { buildAttributes, type CustomAttributes } from '../attributes'
import { buildCompanies, buildCompany, toCompanyList, type Company } from '../company/build-company'
import { firstPresent, isEmpty, WHOLE_OBJECT, type FieldSource } from '../field-source'
import { readOrLose, readTextOrLose, readTimeOrLose, type Loss, type LossReason } from '../losses'
import { FIXED_CONTACT_KEYS } from '../rules/fixed-keys'
import { RESERVED_CONTACT_KEYS } from '../rules/reserved-keys'
import { toBoolean } from '../values/boolean'
import { toEmail } from '../values/email'
import { toHttpUrl } from '../values/http-url'
import { toNumber } from '../values/number'
import { isAbsent, toRecord, withoutUndefined } from '../values/record'
import { toText } from '../values/text'
import type { UnixSeconds } from '../values/unix-seconds'

export type Role = 'user' | 'lead'

/** A person as a mapping passes it, independent of the API. Every value may be of any type. */
export interface ContactInput {
  /** Anything but `'lead'` is a user. */
  role?: unknown
  external_id?: unknown
  email?: unknown
  phone?: unknown
  name?: unknown
  avatar?: unknown
  signed_up_at?: unknown
  last_seen_at?: unknown
  owner_id?: unknown
  unsubscribed_from_emails?: unknown
  language_override?: unknown
  custom_attributes?: unknown
  /** Device, system and app; stored with the custom attributes when `include_context` is true. */
  context_attributes?: unknown
  include_context?: unknown
  company?: unknown
  companies?: unknown
}

/** What identifies the contact. Intercom assigns ids to leads, so a lead is identified by its address only. */
export type ContactIdentity =
  | { kind: 'user'; external_id: string; email?: string }
  | { kind: 'user'; external_id?: undefined; email: string }
  | { kind: 'lead'; email: string }
  | { kind: 'unidentified'; role: Role }

export interface ContactAttributes {
  name?: string
  phone?: string
  /** An absolute web address. */
  avatar?: string
  signed_up_at?: UnixSeconds
  last_seen_at?: UnixSeconds
  owner_id?: number
  unsubscribed_from_emails?: boolean
  language_override?: string
}

export interface BuiltContact {
  identity: ContactIdentity
  attributes: ContactAttributes
  /** The name is a first or last name only. It may name a contact without a name, but never rename one. */
  isPartialName: boolean
  custom: CustomAttributes
  company: Company | undefined
  companies: Company[]
  losses: Loss[]
}

const RULES = { fixed: FIXED_CONTACT_KEYS, reserved: RESERVED_CONTACT_KEYS }
const SIGNED_UP_KEYS = ['createdAt', 'created_at', 'created', 'signedUpAt', 'signed_up_at', 'remoteCreatedAt']
/** Segment's spec has a first and a last name, Intercom has a single name. */
const NAME_PARTS = [
  ['firstName', 'first_name'],
  ['lastName', 'last_name']
]

/** The sources of the object fields in the mapping. The default is a whole object. */
export interface ContactSources {
  custom_attributes?: FieldSource
  company?: FieldSource
  companies?: FieldSource
}

/** Builds a person as Intercom accepts it, and the losses. Accepts any input, never throws, and does not change its input. */
export function buildContact(input: ContactInput, sources: ContactSources = {}): BuiltContact {
  const losses: Loss[] = []
  const fields = toRecord(input) ?? {}
  const source = withReadNames(sources.custom_attributes ?? WHOLE_OBJECT)
  const traits = toRecord(fields.custom_attributes) ?? {}
  const fromTraits = (names: readonly string[]) => firstPresent(traits, names, source)
  // A mapping of text fields does not pass objects, so an object among the traits is read here, to report it as a loss.
  const valueOf = (key: keyof ContactInput) => (isAbsent(fields[key]) ? toObject(fromTraits([key])) : fields[key])
  const read = <T>(key: keyof ContactInput, to: (value: unknown) => T | undefined, reason: LossReason) =>
    readOrLose(losses, key, valueOf(key), to, reason)

  const role: Role = fields.role === 'lead' ? 'lead' : 'user'
  const external_id = readTextOrLose(losses, 'external_id', fields.external_id)
  const identity = toIdentity(role, external_id, read('email', toEmail, 'not-an-email'), losses)
  const fullName = readTextOrLose(losses, 'name', valueOf('name'))
  const parts = fullName === undefined ? NAME_PARTS.flatMap((names) => toText(fromTraits(names))?.trim() ?? []) : []
  const signedUpAt = isAbsent(fields.signed_up_at) ? fromTraits(SIGNED_UP_KEYS) : fields.signed_up_at
  const attributes = withoutUndefined({
    name: fullName ?? readTextOrLose(losses, 'name', parts.join(' ')),
    phone: readTextOrLose(losses, 'phone', valueOf('phone')),
    avatar: readOrLose(losses, 'avatar', toPicture(valueOf('avatar')), toHttpUrl, 'not-a-url'),
    signed_up_at: readTimeOrLose(losses, 'signed_up_at', signedUpAt),
    last_seen_at: readTimeOrLose(losses, 'last_seen_at', fields.last_seen_at),
    owner_id: read('owner_id', toWholeNumber, 'not-a-number'),
    unsubscribed_from_emails: read('unsubscribed_from_emails', toBoolean, 'not-a-boolean'),
    language_override: readTextOrLose(losses, 'language_override', fields.language_override)
  })
  return {
    identity,
    attributes,
    isPartialName: parts.length === 1 && attributes.name !== undefined,
    custom: buildCustom(fields, source, losses),
    ...buildAllCompanies(fields, sources, losses),
    losses
  }
}

/** Device and app, which the mapping lists one by one, and the custom attributes, which take precedence. */
function buildCustom(fields: Record<string, unknown>, source: FieldSource, losses: Loss[]): CustomAttributes {
  const isIncluded = readOrLose(losses, 'include_context', fields.include_context, toBoolean, 'not-a-boolean') === true
  const context = isIncluded ? toContext(fields.context_attributes, losses) : {}
  const id = fields.external_id
  return {
    ...buildAttributes(
      context,
      'context_attributes',
      { ...RULES, source: { ...source, isPicked: () => true } },
      losses
    ),
    ...buildAttributes(fields.custom_attributes, 'custom_attributes', { ...RULES, source, id }, losses)
  }
}

/**
 * Adds the names that the builder reads in addition to the mapping. First and last name have no field, so they are always
 * read. If the mapping reads the sign-up date under one name, all of its names are read.
 */
function withReadNames(source: FieldSource): FieldSource {
  const readsSignUp = SIGNED_UP_KEYS.some((key) => source.isRead(key))
  const isReadHere = (name: string) =>
    NAME_PARTS.flat().includes(name) || (readsSignUp && SIGNED_UP_KEYS.includes(name))
  return { ...source, isRead: (name) => isReadHere(name) || source.isRead(name) }
}

/** `company` and `companies`. A list in the place of one company is a list of companies. */
function buildAllCompanies(
  fields: Record<string, unknown>,
  sources: ContactSources,
  losses: Loss[]
): Pick<BuiltContact, 'company' | 'companies'> {
  const company = isEmpty(fields.company) ? findCompany(fields.custom_attributes, sources, losses) : fields.company
  const list = toCompanyList(company)
  const single = list ? undefined : buildCompany(company, 'company', sources.company)
  const listed = list ? buildCompanies(list, 'company') : undefined
  const several = buildCompanies(fields.companies, 'companies', sources.companies)
  losses.push(...(single?.losses ?? []), ...(listed?.losses ?? []), ...several.losses)
  return { company: single?.company, companies: [...(listed?.companies ?? []), ...several.companies] }
}

function toIdentity(
  role: Role,
  external_id: string | undefined,
  email: string | undefined,
  losses: Loss[]
): ContactIdentity {
  if (role === 'lead') {
    if (external_id !== undefined) losses.push({ path: 'external_id', reason: 'not-for-leads' })
    return email === undefined ? { kind: 'unidentified', role } : { kind: 'lead', email }
  }
  if (external_id !== undefined) return { kind: 'user', external_id, ...withoutUndefined({ email }) }
  return email === undefined ? { kind: 'unidentified', role } : { kind: 'user', email }
}

/**
 * The company among the traits, if it is a text or a list: a mapping that reads the parts of a company finds nothing in
 * them. An object of which the mapping reads no part is a loss.
 */
function findCompany(
  traits: unknown,
  { custom_attributes: source = WHOLE_OBJECT }: ContactSources,
  losses: Loss[]
): unknown {
  const company = firstPresent(toRecord(traits) ?? {}, ['company'], source)
  if (isEmpty(company) || !toRecord(company)) return company
  losses.push({ path: 'custom_attributes.company', reason: 'no-field-reads-it' })
  return undefined
}

function toObject(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? value : undefined
}

/** The address of a picture, also from Intercom's object `{ type: 'avatar', image_url }`. */
function toPicture(avatar: unknown): unknown {
  return toRecord(avatar)?.image_url ?? avatar
}

/** The context attributes that the event has. A missing one must not clear the attribute in Intercom. */
function toContext(context: unknown, losses: Loss[]): Record<string, unknown> {
  const record = readOrLose(losses, 'context_attributes', context, toRecord, 'not-an-object') ?? {}
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !isAbsent(value)))
}

function toWholeNumber(value: unknown): number | undefined {
  const number = toNumber(value)
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined
}
