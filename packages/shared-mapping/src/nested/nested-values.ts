import { toCompanyList } from '../company/build-company'
import type { ContactInput, ContactSources } from '../contact/build-contact'
import { toWhole, type EventRules } from '../event/build-event'
import type { FieldSource } from '../field-source'
import type { Loss } from '../losses'
import { FIXED_COMPANY_KEYS, FIXED_CONTACT_KEYS } from '../rules/fixed-keys'
import { RESERVED_COMPANY_KEYS, RESERVED_CONTACT_KEYS, RESERVED_METADATA_KEYS } from '../rules/reserved-keys'
import { toItems, toRecord } from '../values/record'
import { toText } from '../values/text'

/*
 * What becomes of objects and lists, which Intercom does not store, before a builder reads them. The choice is `flatten`,
 * `json`, or anything else: then they stay, and are a loss in the builder (docs/catalog-contract.md).
 */

/** The person with single values in the custom attributes, also in those of the companies. */
export function unnestContact(
  input: ContactInput,
  choice: unknown,
  sources: ContactSources,
  losses: Loss[]
): ContactInput {
  const { custom_attributes: source, company, companies } = sources
  const names = { ...source, fixed: FIXED_CONTACT_KEYS, reserved: RESERVED_CONTACT_KEYS }
  return {
    ...input,
    custom_attributes: unnest(input.custom_attributes, choice, names, 'custom_attributes', losses),
    company: unnestCompany(input.company, choice, company, losses),
    companies: unnestCompany(input.companies, choice, companies, losses, 'companies')
  }
}

/** The same for a company, or for a list of companies. */
export function unnestCompany(
  input: unknown,
  choice: unknown,
  source: FieldSource | undefined,
  losses: Loss[],
  path = 'company'
): unknown {
  if (!isChosen(choice)) return input
  const list = toCompanyList(input)
  if (list) return list.map((item, index) => unnestCompany(item, choice, source, losses, `${path}[${index}]`))
  const names = { ...source, fixed: FIXED_COMPANY_KEYS, reserved: RESERVED_COMPANY_KEYS }
  const toSingles = (values: unknown, isPicked: Names['isPicked']) =>
    unnest(values, choice, { ...names, isPicked }, `${path}.custom_attributes`, losses)
  const { company_custom_traits: mapped } = toRecord(input) ?? {}
  const own = toSingles(input, undefined)
  return mapped === undefined ? own : { ...toRecord(own), company_custom_traits: toSingles(mapped, source?.isPicked) }
}

/** The same for the metadata of an event. Rich links and amounts stay. */
export function unnestMetadata(metadata: unknown, choice: unknown, rules: EventRules, losses: Loss[]): unknown {
  const names = {
    fixed: new Set([...PRICE_KEYS, ...(rules.usedElsewhere ?? [])]),
    reserved: RESERVED_METADATA_KEYS,
    isPicked: rules.isPicked,
    isWhole: (key: string, value: unknown) => toWhole(value, key, rules)
  }
  return unnest(metadata, choice, names, 'metadata', losses)
}

/** The keys that may be the price. */
const PRICE_KEYS = ['revenue', 'currency', 'total']

const isChosen = (choice: unknown): boolean => choice === 'flatten' || choice === 'json'

/** What a flattened name must not be, and what stays whole. */
interface Names {
  /** Names that something else reads, unless they are picked by hand. */
  fixed: ReadonlySet<string>
  reserved: ReadonlySet<string>
  isPicked?: ((name: string) => boolean) | undefined
  taken?: ReadonlySet<string> | undefined
  /** Whether the value is stored although it is an object. */
  isWhole?: (name: string, value: unknown) => object | undefined
}

/** `address.geo.lat` is the third level. */
const DEEPEST_LEVEL = 3

/** Intercom's help forbids these in names (article 175, and the documentation of data attributes). */
const FORBIDDEN = /[.$`~!@#%^&*'{}|\\"\0]/g

/**
 * The object with single values in the place of objects and lists, as far as the mapping chooses it and it is possible. A
 * part whose name belongs to Intercom, or to a value that is nested less, is a loss under `path`.
 */
function unnest(
  object: unknown,
  choice: unknown,
  { fixed, reserved, isPicked, taken, isWhole }: Names,
  path: string,
  losses: Loss[]
): unknown {
  const record = toRecord(object)
  if (!record || !isChosen(choice)) return object
  const values = new Map<string, unknown>()
  // Parts are added at the end, so they come after all values that are nested less.
  const entries = Object.entries(record).map(([name, value]) => ({ name, value, place: name, level: 1 }))
  for (const { name, value, place, level } of entries) {
    const isPart = level > 1
    const isOwn = (fixed.has(name) && (isPart || !isPicked?.(name))) || reserved.has(name) || taken?.has(name)
    const isKept = isOwn || isWhole?.(name, value)
    const parts = choice === 'flatten' && level < DEEPEST_LEVEL && !isKept && toRecord(value)
    if (parts)
      for (const [key, part] of Object.entries(parts))
        entries.push({
          name: `${name}_${key}`.replace(FORBIDDEN, '_'),
          value: part,
          place: `${place}.${key}`,
          level: level + 1
        })
    else if (isPart && (isOwn || values.has(name)))
      losses.push({ path: `${path}.${place}`, reason: isOwn ? 'reserved-key' : 'name-taken' })
    else values.set(name, isKept ? value : toSingle(value, choice))
  }
  return Object.fromEntries(values)
}

/** A list as one text, or an object or list as JSON. Any other value, and one that cannot be written so, unchanged. */
function toSingle(value: unknown, choice: unknown): unknown {
  const isList = Array.isArray(value)
  if (choice === 'flatten') {
    const texts = isList ? toItems(value).map((item) => toText(item ?? '')) : [undefined]
    return texts.includes(undefined) ? value : texts.filter(Boolean).join(', ')
  }
  try {
    return isList || toRecord(value) ? JSON.stringify(value) : value
  } catch {
    return value
  }
}
