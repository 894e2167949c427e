import { toScalarOrLose } from '../attributes'
import { readOrLose, readTimeOrLose, type Loss } from '../losses'
import { MAX_METADATA_KEYS, MAX_TEXT_LENGTH, SURE_METADATA_KEYS } from '../rules/limits'
import { RESERVED_METADATA_KEYS } from '../rules/reserved-keys'
import { toHttpUrl } from '../values/http-url'
import { toNumber } from '../values/number'
import { DEFAULT_CURRENCY, hasCents, isCents, isExact, toCents, toCurrency, type Price } from '../values/price'
import { isAbsent, toRecord } from '../values/record'
import type { Scalar } from '../values/scalar'
import { isLongerThan, toText } from '../values/text'
import type { UnixSeconds } from '../values/unix-seconds'
import { doubtAboutKey } from './metadata-keys'

/** A link with its own text, which Intercom shows as one clickable value. */
export interface RichLink {
  url: string
  value: string
}

export type EventMetadata = Record<string, Scalar | Price | RichLink>

/** An event as a mapping passes it, independent of the API. Every value may be of any type. */
export interface EventInput {
  event_name?: unknown
  created_at?: unknown
  /** An amount in the currency's unit: 19.99. */
  revenue?: unknown
  currency?: unknown
  metadata?: unknown
}

export interface EventRules {
  /** The metadata keys that may contain a rich link; `'any'` if no setting lists them. */
  richLinks: 'any' | readonly string[]
  /** Whether only single values can be sent. Then the price is its cents, next to its `currency`. */
  isFlat?: boolean
  /** Keys that the mapping uses for something else. They are removed from the metadata without a loss. */
  usedElsewhere?: readonly string[]
  /** Whether this metadata key is mapped by hand. Then it is kept, even if something else uses it. */
  isPicked?: (key: string) => boolean
}

export interface BuiltEvent {
  name: string | undefined
  createdAt: UnixSeconds | undefined
  metadata: EventMetadata
  losses: Loss[]
}

/** Builds an event as Intercom accepts it, and the losses. Accepts any input, never throws, and does not change its input. */
export function buildEvent(input: EventInput, rules: EventRules): BuiltEvent {
  const losses: Loss[] = []
  const fields = toRecord(input) ?? {}
  const name = readOrLose(losses, 'event_name', fields.event_name, toText, 'not-text')
  const createdAt = readTimeOrLose(losses, 'created_at', fields.created_at)
  const properties = readOrLose(losses, 'metadata', fields.metadata, toRecord, 'not-an-object') ?? {}
  const price = toPrice(fields, losses)
  const usedElsewhere = new Set([
    ...(rules.usedElsewhere ?? []),
    ...(price ? toPriceKeys(properties, fields.revenue) : [])
  ])

  const values = new Map<string, EventMetadata[string]>(toPriceValues(price, rules))
  for (const [key, raw] of Object.entries(properties)) {
    if (usedElsewhere.has(key) && !rules.isPicked?.(key)) continue
    const path = `metadata.${key}`
    if (RESERVED_METADATA_KEYS.has(key) || key === '' || values.has(key)) losses.push({ path, reason: 'reserved-key' })
    else {
      const value = toMetadataValue(losses, path, raw, rules, key)
      if (value !== undefined) values.set(key, value)
    }
  }
  const metadata = withinLimit(values, losses)
  if (isRefund(fields.revenue)) losses.push({ path: 'revenue', reason: toRefundReason(fields.revenue, metadata) })
  return { name, createdAt, metadata, losses }
}

/** A refund is a negative revenue, and Intercom does not have negative prices. */
function isRefund(revenue: unknown): boolean {
  return (toNumber(revenue) ?? 0) < 0
}

/** If the metadata contain the number under any key, it is not lost. */
function toRefundReason(revenue: unknown, metadata: EventMetadata): 'not-a-price' | 'not-money' {
  return Object.values(metadata).some((value) => toNumber(value) === toNumber(revenue)) ? 'not-a-price' : 'not-money'
}

function toPrice({ revenue, currency }: Record<string, unknown>, losses: Loss[]): Price | undefined {
  if (isRefund(revenue)) return undefined
  const amount = readOrLose(losses, 'revenue', revenue, toCents, 'not-money')
  if (amount === undefined) return undefined
  const code = readOrLose(
    losses,
    'currency',
    isAbsent(currency) ? DEFAULT_CURRENCY : currency,
    toCurrency,
    'not-a-currency'
  )
  if (code === undefined) return undefined
  if (!isExact(revenue, amount)) losses.push({ path: 'revenue', reason: 'rounded' })
  if (!hasCents(code)) losses.push({ path: 'metadata.price', reason: 'currency-without-cents' })
  return { amount, currency: code }
}

/** The keys that the price was made from. They would be duplicates, and count towards the ten keys. */
function toPriceKeys(properties: Record<string, unknown>, revenue: unknown): string[] {
  // Compared as texts, because in the cloud half Segment converts the revenue to text.
  const isTotalUsed = isAbsent(properties.revenue) && toText(properties.total) === toText(revenue)
  return ['revenue', 'currency', ...(isTotalUsed ? ['total'] : [])]
}

/** The metadata of the price. */
function toPriceValues(price: Price | undefined, { isFlat }: EventRules): [string, EventMetadata[string]][] {
  if (!price) return []
  return isFlat
    ? [
        ['price', price.amount],
        ['currency', price.currency]
      ]
    : [['price', price]]
}

function toMetadataValue(losses: Loss[], path: string, raw: unknown, rules: EventRules, key: string) {
  const whole = toWhole(raw, key, rules)
  if (whole) return whole
  // Intercom does not document a length limit for links.
  const url = toHttpUrl(raw)
  if (url !== undefined && isLongerThan(url, MAX_TEXT_LENGTH.value)) return url
  return toScalarOrLose(losses, path, raw)
}

/** An object that Intercom stores as it is: an amount, or a rich link. */
export function toWhole(raw: unknown, key: string, { isFlat, richLinks }: EventRules): Price | RichLink | undefined {
  const isLinkAllowed = richLinks === 'any' || richLinks.includes(key)
  return isFlat ? undefined : (toMoney(raw) ?? (isLinkAllowed ? toRichLink(raw) : undefined))
}

/** Exactly Intercom's `{ amount, currency }`, with the amount in whole cents. */
function toMoney(value: unknown): Price | undefined {
  const record = toRecord(value)
  if (!record || Object.keys(record).length !== 2) return undefined
  const currency = toCurrency(record.currency)
  return isCents(record.amount) && currency !== undefined ? { amount: record.amount, currency } : undefined
}

/** Exactly `{ url, value }`: a web address and its text. */
function toRichLink(value: unknown): RichLink | undefined {
  const record = toRecord(value)
  if (!record || Object.keys(record).length !== 2) return undefined
  const url = toHttpUrl(record.url)
  const text = toText(record.value)
  return url !== undefined && text !== undefined ? { url, value: text } : undefined
}

/**
 * Intercom keeps the first ten or twenty keys (its reference and its help article disagree), so the most important ones
 * come first: price, rich links, then the others in their order.
 */
function withinLimit(values: ReadonlyMap<string, EventMetadata[string]>, losses: Loss[]): EventMetadata {
  const ranked = [...values].sort(([a, left], [b, right]) => toRank(a, left) - toRank(b, right))
  for (const [key] of ranked.slice(MAX_METADATA_KEYS.value))
    losses.push({ path: `metadata.${key}`, reason: 'too-many-keys' })
  const metadata = Object.fromEntries(ranked.slice(0, MAX_METADATA_KEYS.value))
  // In the order in which they are sent: JavaScript puts integer keys first.
  for (const [index, key] of Object.keys(metadata).entries()) {
    const doubt = doubtAboutKey(key, Object.keys(metadata))
    if (doubt) losses.push({ path: `metadata.${key}`, reason: doubt })
    if (index >= SURE_METADATA_KEYS.value) losses.push({ path: `metadata.${key}`, reason: 'beyond-ten-keys' })
  }
  return metadata
}

function toRank(key: string, value: EventMetadata[string]): number {
  if (typeof value !== 'object' || value === null) return 2
  if ('url' in value) return 1
  return key === 'price' ? 0 : 2
}
