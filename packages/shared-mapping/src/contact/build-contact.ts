import { buildAttributes, type CustomAttributes } from '../attributes'
import { buildCompanies, buildCompany, type Company } from '../company/build-company'
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

/** A person as Intercom can take them, and what was left out. Accepts anything, never throws, leaves its input alone. */
export function buildContact(input: ContactInput): BuiltContact {
  const losses: Loss[] = []
  const fields = toRecord(input) ?? {}
  const read = <T>(key: keyof ContactInput, to: (value: unknown) => T | undefined, reason: LossReason) =>
    readOrLose(losses, key, fields[key], to, reason)

  const role: Role = fields.role === 'lead' ? 'lead' : 'user'
  const identity = identityOf(
    role,
    read('external_id', toText, 'not-text'),
    read('email', toEmail, 'not-an-email'),
    losses
  )
  const fullName = readTextOrLose(losses, 'name', fields.name)
  const parts = fullName === undefined ? nameParts(fields.custom_attributes) : []
  const attributes = withoutUndefined({
    name: fullName ?? readTextOrLose(losses, 'name', parts.join(' ')),
    phone: readTextOrLose(losses, 'phone', fields.phone),
    avatar: read('avatar', toHttpUrl, 'not-a-url'),
    signed_up_at: readTimeOrLose(losses, 'signed_up_at', fields.signed_up_at),
    last_seen_at: readTimeOrLose(losses, 'last_seen_at', fields.last_seen_at),
    owner_id: read('owner_id', toWholeNumber, 'not-a-number'),
    unsubscribed_from_emails: read('unsubscribed_from_emails', toBoolean, 'not-a-boolean'),
    language_override: readTextOrLose(losses, 'language_override', fields.language_override)
  })
  const context =
    read('include_context', toBoolean, 'not-a-boolean') === true ? contextOf(fields.context_attributes) : {}
  const company = buildCompany(fields.company)
  const companies = buildCompanies(fields.companies)
  const custom = {
    ...buildAttributes(context, 'context_attributes', RULES, losses),
    ...buildAttributes(fields.custom_attributes, 'custom_attributes', RULES, losses)
  }
  return {
    identity,
    attributes,
    isPartialName: parts.length === 1 && attributes.name !== undefined,
    custom,
    company: company.company,
    companies: companies.companies,
    losses: [...losses, ...company.losses, ...companies.losses]
  }
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

/** Segment's spec has a first and a last name, Intercom has one name. */
function nameParts(traits: unknown): string[] {
  const record = toRecord(traits) ?? {}
  const spellings = [
    [record.firstName, record.first_name],
    [record.lastName, record.last_name]
  ]
  return spellings.flatMap((parts) => parts.map((part) => toText(part)?.trim()).find((part) => !isAbsent(part)) ?? [])
}

/** A device that the event does not tell is not a device to be cleared in Intercom. */
function contextOf(context: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(toRecord(context) ?? {}).filter(([, value]) => !isAbsent(value)))
}

function toWholeNumber(value: unknown): number | undefined {
  const number = toNumber(value)
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined
}
