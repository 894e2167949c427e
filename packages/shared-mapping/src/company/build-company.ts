import { md5 } from '@noble/hashes/legacy'
import { bytesToHex } from '@noble/hashes/utils'
import { buildAttributes, type CustomAttributes } from '../attributes'
import { readOrLose, readTextOrLose, readTimeOrLose, type Loss, type LossReason } from '../losses'
import { FIXED_COMPANY_KEYS } from '../rules/fixed-keys'
import { MAX_COMPANY_NUMBER } from '../rules/limits'
import { RESERVED_COMPANY_KEYS } from '../rules/reserved-keys'
import { toBoolean } from '../values/boolean'
import { toNumber } from '../values/number'
import { isAbsent, toItems, toRecord, withoutUndefined } from '../values/record'
import { toText } from '../values/text'
import type { UnixSeconds } from '../values/unix-seconds'

/** A company in neutral words: each half says it in Intercom's words for its own door. */
export interface Company {
  /** The customer's own id for it, never Intercom's. */
  company_id: string
  /** Absent when nobody sent one. Where Intercom wants a name, the id serves; it never replaces a name that is there. */
  name?: string
  created_at?: UnixSeconds
  plan?: string
  monthly_spend?: number
  size?: number
  website?: string
  industry?: string
  custom: CustomAttributes
  /** Detach the person from it instead of attaching. */
  remove: boolean
}

export interface BuiltCompany {
  /** `undefined`: there is none, or too little to name it (then `losses` says so). */
  company: Company | undefined
  losses: Loss[]
}

const RULES = { fixed: FIXED_COMPANY_KEYS, reserved: RESERVED_COMPANY_KEYS }
/** The key under which a mapping hands over the company's own attributes. */
const CUSTOM_KEY = 'company_custom_traits'
const ID_KEYS = ['id', 'company_id', 'companyId']

/**
 * A company from whatever stands for one: a mapped payload, a person's `company` trait, or its name as a text.
 *
 * Text, or a name without an id, gets the MD5 of the trimmed name as its id (as the classic destination documented);
 * neither is a loss. `null`, `''` and `{}` are no company.
 * Other keys than the known ones, and those of `company_custom_traits`, become its custom attributes.
 */
export function buildCompany(input: unknown, path = 'company'): BuiltCompany {
  const value = unwrapped(input)
  if (isBlank(value)) return { company: undefined, losses: [] }
  if (typeof value === 'string') return { company: companyNamed(value), losses: [] }
  const record = toRecord(typeof value === 'number' ? { company_id: value } : value)
  if (!record) return { company: undefined, losses: [{ path, reason: 'not-an-object' }] }

  const losses: Loss[] = []
  const { company_id: id, name: given, remove = false, ...known } = readFields(record, path, losses)
  const name = isBlank(given) ? undefined : given
  const { [CUSTOM_KEY]: mapped, ...own } = record
  const custom = {
    ...buildAttributes(own, `${path}.custom_attributes`, RULES, losses),
    ...buildAttributes(mapped, `${path}.custom_attributes`, RULES, losses)
  }
  const company_id = isBlank(id) ? name && idOfName(name) : id
  if (company_id === undefined) {
    if (!Object.values(record).every(isBlank)) losses.push({ path, reason: 'no-company-id' })
    return { company: undefined, losses }
  }
  return { company: { company_id, ...withoutUndefined({ name, ...known }), custom, remove }, losses }
}

function readFields(record: Record<string, unknown>, path: string, losses: Loss[]) {
  const read = <T>(
    key: string,
    spellings: readonly string[],
    to: (value: unknown) => T | undefined,
    reason: LossReason
  ) => readOrLose(losses, `${path}.${key}`, firstOf(record, spellings), to, reason)
  return {
    company_id: readOrLose(losses, `${path}.company_id`, firstOf(idsOf(record), ID_KEYS), toText, 'not-text'),
    name: readTextOrLose(losses, `${path}.name`, record.name),
    created_at: readTimeOrLose(losses, `${path}.created_at`, firstOf(record, ['createdAt', 'created_at'])),
    plan: readTextOrLose(losses, `${path}.plan`, record.plan),
    monthly_spend: inRange(
      read('monthly_spend', ['monthly_spend', 'monthlySpend'], toNumber, 'not-a-number'),
      'monthly_spend'
    ),
    size: inRange(read('size', ['employees', 'size'], toNumber, 'not-a-number'), 'size'),
    website: readTextOrLose(losses, `${path}.website`, record.website),
    industry: readTextOrLose(losses, `${path}.industry`, record.industry),
    remove: read('remove', ['remove'], toBoolean, 'not-a-boolean')
  }

  /** Intercom cuts fractions off; beyond its range nothing is known but that it cannot keep the number. */
  function inRange(number: number | undefined, key: string): number | undefined {
    if (number === undefined || Math.abs(number) <= MAX_COMPANY_NUMBER.value) return number && Math.trunc(number) + 0
    losses.push({ path: `${path}.${key}`, reason: 'out-of-range' })
    return undefined
  }
}

/**
 * The list of companies on a person: `companies`, or one of them where a list was expected.
 * What cannot be read costs itself only.
 */
export function buildCompanies(input: unknown, path = 'companies'): { companies: Company[]; losses: Loss[] } {
  if (isAbsent(input)) return { companies: [], losses: [] }
  const items = Array.isArray(input) ? toItems(input) : [input]
  const built = items.map((item, index) => buildCompany(item, `${path}[${index}]`))
  return {
    companies: built.flatMap(({ company }) => company ?? []),
    losses: built.flatMap(({ losses }) => losses)
  }
}

/** A mapped payload in which the id and all traits are one text or number was no object when it was sent. */
function unwrapped(input: unknown): unknown {
  const record = toRecord(input)
  const isOneValue = record !== undefined && record[CUSTOM_KEY] === record.company_id && isAbsent(record.name)
  return isOneValue && !isAbsent(record.company_id) ? record.company_id : input
}

/**
 * Where the ids stand. The default mapping falls back to the whole `company` trait for the id, for the sake of companies
 * given as text; the ids that it did not name are then in the traits.
 */
function idsOf(record: Record<string, unknown>): Record<string, unknown> {
  const traits = toRecord(record.company_id) && toRecord(record[CUSTOM_KEY])
  return traits ?? record
}

function firstOf(record: Record<string, unknown>, keys: readonly string[]): unknown {
  return keys.map((key) => record[key]).find((value) => !isAbsent(value))
}

function companyNamed(name: string): Company {
  return { company_id: idOfName(name), name: name.trim(), custom: {}, remove: false }
}

function idOfName(name: string): string {
  return bytesToHex(md5(name.trim()))
}

/** Nothing, only spaces, or an object of nothings: what a mapping makes of a company that is not there. */
function isBlank(value: unknown): value is undefined | null {
  if (typeof value === 'string') return value.trim() === ''
  const record = toRecord(value)
  return record ? Object.values(record).every(isBlank) : isAbsent(value)
}
