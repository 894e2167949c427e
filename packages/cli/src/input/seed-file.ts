import type { AttributeSeed, CompanySeed, ContactSeed, Seed } from '@intercom-destinations/emulator'
import { isJsonObject } from '@intercom-destinations/delivery'

type Item<K extends keyof Seed> = NonNullable<Seed[K]>[number]

/** A kind of value: its description, and a check. */
interface Kind {
  readonly description: string
  readonly fits: (value: unknown) => boolean
}

/** Every field of a seeded thing. The compiler reports a field that the emulator has and this list lacks. */
type Fields<T> = { readonly [K in keyof Required<T>]: Kind & { readonly required?: boolean } }

const isText = (value: unknown): boolean => typeof value === 'string'
const isNumber = (value: unknown): boolean => typeof value === 'number'
const isScalar = (value: unknown): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value)
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)

const orNull = ({ description, fits }: Kind): Kind => ({
  description: `${description} or null`,
  fits: (value) => value === null || fits(value)
})
const required = (kind: Kind) => ({ ...kind, required: true })
const oneOf = (...values: readonly string[]): Kind => ({
  description: `one of ${values.join(', ')}`,
  fits: (value) => values.some((known) => known === value)
})

const TEXT: Kind = { description: 'a text', fits: isText }
const NAME: Kind = { description: 'a text', fits: (value) => isText(value) && value !== '' }
const NUMBER: Kind = { description: 'a number', fits: isNumber }
/** A larger number is in milliseconds and would be a date in thousands of years. */
const MAX_SECONDS = 1e11
const SECONDS: Kind = {
  description: 'a time in Unix seconds',
  fits: (value) => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < MAX_SECONDS
}
const FLAG: Kind = { description: 'true or false', fits: (value) => typeof value === 'boolean' }
const TEXTS: Kind = { description: 'a list of texts', fits: isTexts }
const CONTENT_TYPE = oneOf('email', 'sms_message')
const CONTENT_TYPES: Kind = {
  description: 'a list of email and sms_message',
  fits: (value) => Array.isArray(value) && value.every(CONTENT_TYPE.fits)
}
const VALUES: Kind = {
  description: 'an object of texts, numbers, true, false or null',
  fits: (value) => isJsonObject(value) && Object.values(value).every(isScalar)
}

const ATTRIBUTE: Fields<AttributeSeed> = {
  name: required(NAME),
  data_type: required(oneOf('string', 'integer', 'float', 'boolean', 'date', 'datetime')),
  options: TEXTS,
  description: TEXT,
  archived: FLAG,
  hasDependants: FLAG
}

const CONTACT: Fields<ContactSeed> = {
  id: NAME,
  role: oneOf('user', 'lead'),
  external_id: orNull(TEXT),
  email: orNull(TEXT),
  phone: orNull(TEXT),
  name: orNull(TEXT),
  avatar: orNull(TEXT),
  signed_up_at: orNull(SECONDS),
  last_seen_at: orNull(SECONDS),
  unsubscribed_from_emails: FLAG,
  created_at: SECONDS,
  custom_attributes: VALUES,
  tags: TEXTS,
  status: oneOf('active', 'archived', 'blocked')
}

const COMPANY: Fields<CompanySeed> = {
  id: NAME,
  company_id: required(NAME),
  name: orNull(TEXT),
  plan: orNull(TEXT),
  size: orNull(NUMBER),
  website: orNull(TEXT),
  industry: orNull(TEXT),
  monthly_spend: NUMBER,
  remote_created_at: orNull(SECONDS),
  created_at: SECONDS,
  custom_attributes: VALUES,
  tags: TEXTS
}

const TAG: Fields<Item<'tags'>> = { id: NAME, name: required(NAME) }
const ADMIN: Fields<Item<'admins'>> = { id: required(NAME), name: required(TEXT), email: required(TEXT) }
const SUBSCRIPTION_TYPE: Fields<Item<'subscriptionTypes'>> = {
  id: NAME,
  name: required(NAME),
  consent_type: required(oneOf('opt_in', 'opt_out')),
  content_types: CONTENT_TYPES
}
const VISITOR: Fields<Item<'visitors'>> = {
  id: NAME,
  user_id: NAME,
  email: orNull(TEXT),
  phone: orNull(TEXT),
  name: orNull(TEXT),
  custom_attributes: VALUES
}
const ATTACHMENT: Fields<Item<'attachments'>> = { contact: required(NAME), company: required(NAME) }

/** The lists that a workspace file may contain, in the order in which messages name them. */
export const SEED_KEYS = [
  'contactAttributes',
  'companyAttributes',
  'contacts',
  'companies',
  'attachments',
  'tags',
  'admins',
  'subscriptionTypes',
  'visitors'
] as const satisfies readonly (keyof Seed)[]

/** Reads the lists of a seed, or throws an `Error` that names the wrong part. */
export function toSeed(value: Readonly<Record<string, unknown>>): Seed {
  return {
    contactAttributes: toAttributes(value.contactAttributes, 'contactAttributes'),
    companyAttributes: toAttributes(value.companyAttributes, 'companyAttributes'),
    ...listOf('contacts', value, CONTACT),
    ...listOf('companies', value, COMPANY),
    ...listOf('attachments', value, ATTACHMENT),
    ...listOf('tags', value, TAG),
    ...listOf('admins', value, ADMIN),
    ...listOf('subscriptionTypes', value, SUBSCRIPTION_TYPE),
    ...listOf('visitors', value, VISITOR)
  }
}

function toAttributes(value: unknown, place: string): AttributeSeed[] {
  const attributes = toItems(value, place, ATTRIBUTE) ?? []
  attributes.forEach(({ name }, index) => {
    if (attributes.findIndex((other) => other.name === name) < index)
      throw new Error(`${place}[${index}] declares "${name}" a second time`)
  })
  return attributes
}

function listOf<K extends keyof Seed>(
  key: K,
  value: Readonly<Record<string, unknown>>,
  fields: Fields<Item<K>>
): { [P in K]?: Item<K>[] } {
  const none: { [P in K]?: Item<K>[] } = {}
  const items = toItems(value[key], key, fields)
  return items === undefined ? none : { ...none, [key]: items }
}

function toItems<T>(value: unknown, place: string, fields: Fields<T>): T[] | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value)) throw new Error(`"${place}" must be a list`)
  return value.map((item: unknown, index) => {
    check(item, `${place}[${index}]`, fields)
    return item
  })
}

function check<T>(value: unknown, place: string, fields: Fields<T>): asserts value is T {
  const kinds = Object.entries<Fields<T>[keyof T]>(fields)
  if (!isJsonObject(value)) {
    const needed = kinds.filter(([, kind]) => kind.required === true).map(([name]) => `"${name}"`)
    throw new Error(`${place} must be an object${needed.length === 0 ? '' : ` with ${needed.join(' and ')}`}`)
  }
  const unknownField = Object.keys(value).find((name) => !Object.hasOwn(fields, name))
  if (unknownField !== undefined) {
    throw new Error(`${place}.${unknownField} is unknown; it may hold ${kinds.map(([name]) => name).join(', ')}`)
  }
  for (const [name, kind] of kinds) {
    const given = value[name]
    if (given === undefined ? kind.required === true : !kind.fits(given)) {
      throw new Error(`${place}.${name} must be ${kind.description}`)
    }
  }
}
