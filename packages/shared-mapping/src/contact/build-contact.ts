import { buildAttributes, type CustomAttributes } from '../attributes'
import { buildCompanies, buildCompany, toCompanyList, type Company } from '../company/build-company'
import { firstBrought, isEmpty, WHOLE_OBJECT, type FieldSource } from '../field-source'
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

/** What a mapping gives for a person, in neutral words. Every value may be anything at all. */
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

/** Who the contact is. Intercom gives its leads ids of their own, so a lead is known by e-mail alone. */
export type ContactIdentity =
  | { kind: 'user'; external_id: string; email?: string }
  | { kind: 'user'; external_id?: undefined; email: string }
  | { kind: 'lead'; email: string }
  | { kind: 'nobody'; role: Role }

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
  /** The name is a first or a last name alone: it may name a contact that has none, and never rename one. */
  isPartialName: boolean
  custom: CustomAttributes
  company: Company | undefined
  companies: Company[]
  losses: Loss[]
}

const RULES = { fixed: FIXED_CONTACT_KEYS, reserved: RESERVED_CONTACT_KEYS }
const SIGNED_UP_KEYS = ['createdAt', 'created_at', 'created', 'signedUpAt', 'signed_up_at', 'remoteCreatedAt']
/** Segment's spec has a first and a last name, Intercom has one name. */
const NAME_PARTS = [
  ['firstName', 'first_name'],
  ['lastName', 'last_name']
]

/** Where the mapping takes each of its free objects from; without one it counts as a whole object. */
export interface ContactSources {
  custom_attributes?: FieldSource
  company?: FieldSource
  companies?: FieldSource
}

/** A person as Intercom can take them, and what was left out. Accepts anything, never throws, leaves its input alone. */
export function buildContact(input: ContactInput, sources: ContactSources = {}): BuiltContact {
  const losses: Loss[] = []
  const fields = toRecord(input) ?? {}
  const source = withSpellings(sources.custom_attributes ?? WHOLE_OBJECT)
  const brought = (names: readonly string[]) => firstBrought(fields.custom_attributes, names, source)
  // A mapping of texts hands no object on: what the whole object brings in its place is named.
  const given = (key: keyof ContactInput) => (isAbsent(fields[key]) ? toObject(brought([key])) : fields[key])
  const read = <T>(key: keyof ContactInput, to: (value: unknown) => T | undefined, reason: LossReason) =>
    readOrLose(losses, key, given(key), to, reason)

  const role: Role = fields.role === 'lead' ? 'lead' : 'user'
  const external_id = readTextOrLose(losses, 'external_id', fields.external_id)
  const identity = identityOf(role, external_id, read('email', toEmail, 'not-an-email'), losses)
  const fullName = readTextOrLose(losses, 'name', given('name'))
  const parts = fullName === undefined ? NAME_PARTS.flatMap((names) => toText(brought(names))?.trim() ?? []) : []
  const signedUpAt = isAbsent(fields.signed_up_at) ? brought(SIGNED_UP_KEYS) : fields.signed_up_at
  const attributes = withoutUndefined({
    name: fullName ?? readTextOrLose(losses, 'name', parts.join(' ')),
    phone: readTextOrLose(losses, 'phone', given('phone')),
    avatar: readOrLose(losses, 'avatar', toPicture(given('avatar')), toHttpUrl, 'not-a-url'),
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
    custom: customOf(fields, source, losses),
    ...companiesOf(fields, sources, losses),
    losses
  }
}

/** Device and app, which the mapping names one by one, and the customer's own attributes, which win. */
function customOf(fields: Record<string, unknown>, source: FieldSource, losses: Loss[]): CustomAttributes {
  const isAsked = readOrLose(losses, 'include_context', fields.include_context, toBoolean, 'not-a-boolean') === true
  const context = isAsked ? contextOf(fields.context_attributes, losses) : {}
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
 * What the builder reads beside the fields of the mapping. A first and a last name have no field of their own, so they
 * are read in any mapping. A mapping that reads one spelling of the sign-up date has all of them read.
 */
function withSpellings(source: FieldSource): FieldSource {
  const readsSignUp = SIGNED_UP_KEYS.some((key) => source.isRead(key))
  const isSpelling = (name: string) =>
    NAME_PARTS.flat().includes(name) || (readsSignUp && SIGNED_UP_KEYS.includes(name))
  return { ...source, isRead: (name) => isSpelling(name) || source.isRead(name) }
}

/** A list in the place for one company is a list of companies. */
function companiesOf(
  fields: Record<string, unknown>,
  sources: ContactSources,
  losses: Loss[]
): Pick<BuiltContact, 'company' | 'companies'> {
  const company = isEmpty(fields.company) ? findCompany(fields.custom_attributes, sources, losses) : fields.company
  const list = toCompanyList(company)
  const one = list ? undefined : buildCompany(company, 'company', sources.company)
  const some = list ? buildCompanies(list, 'company') : undefined
  const several = buildCompanies(fields.companies, 'companies', sources.companies)
  losses.push(...(one?.losses ?? []), ...(some?.losses ?? []), ...several.losses)
  return { company: one?.company, companies: [...(some?.companies ?? []), ...several.companies] }
}

function identityOf(
  role: Role,
  external_id: string | undefined,
  email: string | undefined,
  losses: Loss[]
): ContactIdentity {
  if (role === 'lead') {
    if (external_id !== undefined) losses.push({ path: 'external_id', reason: 'not-for-leads' })
    return email === undefined ? { kind: 'nobody', role } : { kind: 'lead', email }
  }
  if (external_id !== undefined) return { kind: 'user', external_id, ...withoutUndefined({ email }) }
  return email === undefined ? { kind: 'nobody', role } : { kind: 'user', email }
}

/**
 * A mapping that reads the parts of a company finds nothing in a text or a list, but the whole object brings them. An
 * object of which it reads no part is a loss.
 */
function findCompany(
  traits: unknown,
  { custom_attributes: source = WHOLE_OBJECT }: ContactSources,
  losses: Loss[]
): unknown {
  const company = firstBrought(traits, ['company'], source)
  if (isEmpty(company) || !toRecord(company)) return company
  losses.push({ path: 'custom_attributes.company', reason: 'no-field-reads-it' })
  return undefined
}

function toObject(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? value : undefined
}

/** The address of a picture, also from Intercom's own shape `{ type: 'avatar', image_url }`. */
function toPicture(avatar: unknown): unknown {
  return toRecord(avatar)?.image_url ?? avatar
}

/** A device that the event does not tell is not a device to be cleared in Intercom. */
function contextOf(context: unknown, losses: Loss[]): Record<string, unknown> {
  const record = readOrLose(losses, 'context_attributes', context, toRecord, 'not-an-object') ?? {}
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !isAbsent(value)))
}

function toWholeNumber(value: unknown): number | undefined {
  const number = toNumber(value)
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined
}
