import { buildAttributes, type CustomAttributes } from '../attributes'
import { firstPresent, isEmpty, WHOLE_OBJECT, type FieldSource } from '../field-source'
import { readOrLose, readTextOrLose, readTimeOrLose, readWholeNumberOrLose, type Loss } from '../losses'
import { FIXED_COMPANY_KEYS } from '../rules/fixed-keys'
import { MAX_COMPANY_NUMBER } from '../rules/limits'
import { RESERVED_COMPANY_KEYS } from '../rules/reserved-keys'
import { toBoolean } from '../values/boolean'
import { toMd5 } from '../values/md5'
import { isAbsent, toItems, toRecord, withoutUndefined } from '../values/record'
import type { UnixSeconds } from '../values/unix-seconds'

/** A company, independent of the API. The web half and the cloud half convert it to the body that they send. */
export interface Company {
  /** The customer's own id, not Intercom's. */
  company_id: string
  /** Absent if none was sent. Where Intercom requires a name, the id is used, but it never replaces an existing name. */
  name?: string
  created_at?: UnixSeconds
  plan?: string
  monthly_spend?: number
  size?: number
  website?: string
  industry?: string
  custom: CustomAttributes
  /** Detach the person from the company instead of attaching. */
  remove: boolean
}

export interface BuiltCompany {
  /** `undefined` if there is no company, or not enough to identify it, which is a loss. */
  company: Company | undefined
  losses: Loss[]
}

const RULES = { fixed: FIXED_COMPANY_KEYS, reserved: RESERVED_COMPANY_KEYS }
/** The key under which a mapping passes the custom attributes of the company. */
const CUSTOM_KEY = 'company_custom_traits'
const ALL_READ: FieldSource = { ...WHOLE_OBJECT, isRead: () => true }
const ID_KEYS = ['id', 'company_id', 'companyId']
const CREATED_KEYS = ['createdAt', 'created_at', 'created', 'remoteCreatedAt']
const SPEND_KEYS = ['monthly_spend', 'monthlySpend']
const SIZE_KEYS = ['employees', 'employee_count', 'size']

/**
 * Builds a company from a mapped payload, from the `company` trait of a person, or from its name as a text.
 *
 * A text, or a name without an id, gets the MD5 of the trimmed name as its id, as documented for the classic destination.
 * `null`, `''` and `{}` are no company, and no loss. Unknown keys, and those of `company_custom_traits`, become custom
 * attributes. `source` is the source of the latter in the mapping.
 */
export function buildCompany(input: unknown, path = 'company', source = WHOLE_OBJECT): BuiltCompany {
  const value = unwrap(input)
  const losses: Loss[] = []
  if (isEmpty(value)) return { company: undefined, losses }
  if (typeof value === 'string') return { company: buildFromName(value, path, losses), losses }
  const record = toRecord(typeof value === 'number' ? { company_id: value } : value)
  if (!record) return { company: undefined, losses: [{ path, reason: 'not-an-object' }] }

  const { [CUSTOM_KEY]: mapped, ...own } = record
  const { company_id: id, name, remove = false, ...known } = readFields(own, mapped, { path, source, losses })
  const isLost = (key: string) => losses.some((loss) => loss.path === `${path}.${key}`)
  // An unusable id is not replaced by one made from the name, which would be another company.
  const company_id = id ?? (name === undefined || isLost('company_id') ? undefined : toIdFromName(name))
  if (company_id === undefined) {
    const isExplained = isLost('company_id') || isLost('name') || Object.values(record).every(isEmpty)
    return { company: undefined, losses: isExplained ? losses : [...losses, { path, reason: 'no-company-id' }] }
  }
  const custom = {
    ...buildAttributes(own, `${path}.custom_attributes`, { ...RULES, source: ALL_READ }, losses),
    ...buildAttributes(
      mapped,
      `${path}.custom_attributes`,
      { ...RULES, source: withRemove(source), id: company_id },
      losses
    )
  }
  return { company: { company_id, ...withoutUndefined({ name, ...known }), custom, remove }, losses }
}

interface ReadOptions {
  path: string
  source: FieldSource
  losses: Loss[]
}

function readFields(own: Record<string, unknown>, mapped: unknown, { path, source, losses }: ReadOptions) {
  const mappedTraits = toRecord(mapped)
  const traits = mappedTraits ?? {}
  const find = (names: readonly string[]) => firstPresent(own, names) ?? firstPresent(traits, names, source)
  const readText = (key: string, value: unknown) => readTextOrLose(losses, `${path}.${key}`, value)
  const readWhole = (key: string, value: unknown) =>
    readWholeNumberOrLose(losses, `${path}.${key}`, value, MAX_COMPANY_NUMBER.value)
  const remove = firstPresent(own, ['remove']) ?? firstPresent(traits, ['remove'], withRemove(source))
  return {
    company_id: readText('company_id', findId(own, mappedTraits, source)),
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

/** Builds the companies of a person from a list, or from a single one. An unusable item is a loss; the others are kept. */
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

/** The list, if there is a list in the place of one company. A mapping passes such a list as both id and traits. */
export function toCompanyList(input: unknown): readonly unknown[] | undefined {
  if (Array.isArray(input)) return toItems(input)
  const { company_id, [CUSTOM_KEY]: traits } = toRecord(input) ?? {}
  if (!Array.isArray(traits)) return undefined
  return Array.isArray(company_id) || isAbsent(company_id) ? toItems(traits) : undefined
}

/**
 * The original value, if it was not an object when it was sent: then id and traits of the mapped payload are the same
 * value. For 0 and `false`, so is the name, because the mapping kit returns them for every path below.
 */
function unwrap(input: unknown): unknown {
  const record = toRecord(input)
  const { company_id, name, [CUSTOM_KEY]: traits } = record ?? {}
  const isOneValue = company_id === traits && (isAbsent(name) || name === traits)
  return isOneValue && !isAbsent(company_id) ? company_id : input
}

/** `remove` is always read, because it has no field in the cloud half. */
function withRemove(source: FieldSource): FieldSource {
  return { ...source, isRead: (name) => name === 'remove' || source.isRead(name) }
}

/**
 * The id of the company. The default mapping falls back to the whole `company` trait, for companies that are sent as text.
 * If the trait is an object, its id is under another name in the traits.
 */
function findId(
  own: Record<string, unknown>,
  traits: Record<string, unknown> | undefined,
  source: FieldSource
): unknown {
  const id = firstPresent(own, ID_KEYS)
  const fromTraits = firstPresent(traits ?? {}, ID_KEYS, { ...source, isRead: () => true })
  return traits && toRecord(id) ? fromTraits : (id ?? fromTraits)
}

function buildFromName(name: string, path: string, losses: Loss[]): Company | undefined {
  const read = readTextOrLose(losses, path, name.trim())
  return read === undefined ? undefined : { company_id: toIdFromName(read), name: read, custom: {}, remove: false }
}

function toIdFromName(name: string): string {
  return toMd5(name.trim())
}
