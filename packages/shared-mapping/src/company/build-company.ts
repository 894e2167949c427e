import { md5 } from '@noble/hashes/legacy'
import { bytesToHex } from '@noble/hashes/utils'
import { buildAttributes, type CustomAttributes } from '../attributes'
import { firstBrought, firstSaid, isEmpty, WHOLE_OBJECT, type FieldSource } from '../field-source'
import { readOrLose, readTextOrLose, readTimeOrLose, readWholeNumberOrLose, type Loss } from '../losses'
import { FIXED_COMPANY_KEYS } from '../rules/fixed-keys'
import { MAX_COMPANY_NUMBER } from '../rules/limits'
import { RESERVED_COMPANY_KEYS } from '../rules/reserved-keys'
import { toBoolean } from '../values/boolean'
import { isAbsent, toItems, toRecord, withoutUndefined } from '../values/record'
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
const ALL_READ: FieldSource = { ...WHOLE_OBJECT, isRead: () => true }
const ID_KEYS = ['id', 'company_id', 'companyId']
const CREATED_KEYS = ['createdAt', 'created_at', 'created', 'remoteCreatedAt']
const SPEND_KEYS = ['monthly_spend', 'monthlySpend']
const SIZE_KEYS = ['employees', 'employee_count', 'size']

/**
 * A company from whatever stands for one: a mapped payload, a person's `company` trait, or its name as a text.
 *
 * Text, or a name without an id, gets the MD5 of the trimmed name as its id (as the classic destination documented);
 * neither is a loss. `null`, `''` and `{}` are no company.
 * Other keys than the known ones, and those of `company_custom_traits`, become its custom attributes; `source` tells
 * where the mapping takes the latter from.
 */
export function buildCompany(input: unknown, path = 'company', source = WHOLE_OBJECT): BuiltCompany {
  const value = unwrapped(input)
  const losses: Loss[] = []
  if (isEmpty(value)) return { company: undefined, losses }
  if (typeof value === 'string') return { company: companyNamed(value, path, losses), losses }
  const given = toRecord(typeof value === 'number' ? { company_id: value } : value)
  if (!given) return { company: undefined, losses: [{ path, reason: 'not-an-object' }] }

  const { [CUSTOM_KEY]: mapped, ...own } = given
  const { company_id: id, name, remove = false, ...known } = readFields(own, mapped, { path, source, losses })
  const isLost = (key: string) => losses.some((loss) => loss.path === `${path}.${key}`)
  // An id that cannot be used is not replaced by one made of the name: that would be another company.
  const company_id = id ?? (name === undefined || isLost('company_id') ? undefined : idOfName(name))
  if (company_id === undefined) {
    const isSaid = isLost('company_id') || isLost('name') || Object.values(given).every(isEmpty)
    return { company: undefined, losses: isSaid ? losses : [...losses, { path, reason: 'no-company-id' }] }
  }
  const custom = {
    ...buildAttributes(own, `${path}.custom_attributes`, { ...RULES, source: ALL_READ }, losses),
    ...buildAttributes(
      mapped,
      `${path}.custom_attributes`,
      { ...RULES, source: withOwn(source), id: company_id },
      losses
    )
  }
  return { company: { company_id, ...withoutUndefined({ name, ...known }), custom, remove }, losses }
}

interface Reading {
  path: string
  source: FieldSource
  losses: Loss[]
}

function readFields(own: Record<string, unknown>, mapped: unknown, { path, source, losses }: Reading) {
  const find = (names: readonly string[]) => firstSaid(own, names) ?? firstBrought(mapped, names, source)
  const readText = (key: string, value: unknown) => readTextOrLose(losses, `${path}.${key}`, value)
  const readWhole = (key: string, value: unknown) =>
    readWholeNumberOrLose(losses, `${path}.${key}`, value, MAX_COMPANY_NUMBER.value)
  const remove = firstSaid(own, ['remove']) ?? firstBrought(mapped, ['remove'], withOwn(source))
  return {
    company_id: readText('company_id', findId(own, mapped, source)),
    name: readText('name', find(['name'])),
    created_at: readTimeOrLose(losses, `${path}.created_at`, find(CREATED_KEYS)),
    plan: readText('plan', find(['plan'])),
    monthly_spend: readWhole('monthly_spend', find(SPEND_KEYS)),
    size: readWhole('size', find(SIZE_KEYS)),
    website: readText('website', find(['website'])),
    industry: readText('industry', find(['industry'])),
    remove: readOrLose(losses, `${path}.remove`, remove, toBoolean, 'not-a-boolean')
  }
}

/**
 * The list of companies on a person: `companies`, or one of them where a list was expected.
 * What cannot be read costs itself only.
 */
export function buildCompanies(
  input: unknown,
  path = 'companies',
  source = WHOLE_OBJECT
): { companies: Company[]; losses: Loss[] } {
  const list = toCompanyList(input) ?? (isAbsent(input) ? [] : [input])
  const built = list.map((item, index) => buildCompany(item, `${path}[${index}]`, source))
  return {
    companies: built.flatMap(({ company }) => company ?? []),
    losses: built.flatMap(({ losses }) => losses)
  }
}

/** The companies in a place for one, where it holds a list of them; a mapping hands the list on as id and traits. */
export function toCompanyList(input: unknown): readonly unknown[] | undefined {
  if (Array.isArray(input)) return toItems(input)
  const { company_id, [CUSTOM_KEY]: traits } = toRecord(input) ?? {}
  if (!Array.isArray(traits)) return undefined
  return Array.isArray(company_id) || isAbsent(company_id) ? toItems(traits) : undefined
}

/**
 * A mapped payload in which the id and all traits are one value was no object when it was sent. Below a 0 or a `false`
 * the mapping kit finds that 0 or `false` at every path, so the name is it, too.
 */
function unwrapped(input: unknown): unknown {
  const record = toRecord(input)
  const { company_id, name, [CUSTOM_KEY]: traits } = record ?? {}
  const isOneValue = company_id === traits && (isAbsent(name) || name === traits)
  return isOneValue && !isAbsent(company_id) ? company_id : input
}

/** Whatever the mapping says: `remove` has no field of its own on the cloud half. */
function withOwn(source: FieldSource): FieldSource {
  return { ...source, isRead: (name) => name === 'remove' || source.isRead(name) }
}

/**
 * The id of the company. The default mapping falls back to the whole `company` trait for it, for the sake of companies
 * given as text; the ids that it did not name are then in the traits.
 */
function findId(own: Record<string, unknown>, mapped: unknown, source: FieldSource): unknown {
  const id = firstSaid(own, ID_KEYS)
  const brought = firstBrought(mapped, ID_KEYS, { ...source, isRead: () => true })
  return toRecord(id) && toRecord(mapped) ? brought : (id ?? brought)
}

function companyNamed(name: string, path: string, losses: Loss[]): Company | undefined {
  const read = readTextOrLose(losses, path, name.trim())
  return read === undefined ? undefined : { company_id: idOfName(read), name: read, custom: {}, remove: false }
}

function idOfName(name: string): string {
  return bytesToHex(md5(name.trim()))
}
