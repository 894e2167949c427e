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

/** A link with a text of its own: shown as one clickable value. */
export interface RichLink {
  url: string
  value: string
}

export type EventMetadata = Record<string, Scalar | Price | RichLink>

/** What a mapping gives for an event, in neutral words. Every value may be anything at all. */
export interface EventInput {
  event_name?: unknown
  created_at?: unknown
  /** An amount in the currency's unit: 19.99. */
  revenue?: unknown
  currency?: unknown
  metadata?: unknown
}

export interface EventRules {
  /** The metadata keys that may hold a rich link; `'any'` where no setting names them. */
  richLinks: 'any' | readonly string[]
  /** Keys that the mapping uses for something else: they leave the metadata and are no loss. */
  usedElsewhere?: readonly string[]
  /** Whether the mapping names this metadata key by itself: then it stays, whatever else uses it. */
  isPicked?: (key: string) => boolean
}

export interface BuiltEvent {
  name: string | undefined
  createdAt: UnixSeconds | undefined
  metadata: EventMetadata
  losses: Loss[]
}

/** An event as Intercom can take it, what was left out, and what is doubtful. Accepts anything, never throws, leaves its input alone. */
export function buildEvent(input: EventInput, rules: EventRules): BuiltEvent {
  const losses: Loss[] = []
  const fields = toRecord(input) ?? {}
  const name = readOrLose(losses, 'event_name', fields.event_name, toText, 'not-text')
  const createdAt = readTimeOrLose(losses, 'created_at', fields.created_at)
  const properties = readOrLose(losses, 'metadata', fields.metadata, toRecord, 'not-an-object') ?? {}
  const price = priceOf(fields, losses)
  const elsewhere = new Set([...(rules.usedElsewhere ?? []), ...(price ? keysOfPrice(properties, fields.revenue) : [])])

  const values = new Map<string, EventMetadata[string]>()
  for (const [key, raw] of Object.entries(properties)) {
    if (elsewhere.has(key) && !rules.isPicked?.(key)) continue
    const path = `metadata.${key}`
    if (RESERVED_METADATA_KEYS.has(key) || key === '' || (price && key === 'price'))
      losses.push({ path, reason: 'reserved-key' })
    else {
      const value = toMetadataValue(losses, path, raw, rules.richLinks === 'any' || rules.richLinks.includes(key))
      if (value !== undefined) values.set(key, value)
    }
  }
  if (price) values.set('price', price)
  const metadata = withinLimit(values, losses)
  if (isRefund(fields.revenue)) losses.push({ path: 'revenue', reason: reasonAgainstRefund(fields.revenue, metadata) })
  return { name, createdAt, metadata, losses }
}

/** Refunds are counted below zero, and Intercom has no such prices. */
function isRefund(revenue: unknown): boolean {
  return (toNumber(revenue) ?? 0) < 0
}

/** Under whichever name the metadata hold it, the number has arrived. */
function reasonAgainstRefund(revenue: unknown, metadata: EventMetadata): 'not-a-price' | 'not-money' {
  return Object.values(metadata).some((value) => toNumber(value) === toNumber(revenue)) ? 'not-a-price' : 'not-money'
}

function priceOf({ revenue, currency }: Record<string, unknown>, losses: Loss[]): Price | undefined {
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

/** What the price was made of: it would only be said twice, and count against the ten keys. */
function keysOfPrice(properties: Record<string, unknown>, revenue: unknown): string[] {
  // As texts: on the cloud half Segment has made a text of the revenue by now.
  const totalWasUsed = isAbsent(properties.revenue) && toText(properties.total) === toText(revenue)
  return ['revenue', 'currency', ...(totalWasUsed ? ['total'] : [])]
}

function toMetadataValue(losses: Loss[], path: string, raw: unknown, mayBeLink: boolean) {
  const money = toMoney(raw)
  if (money) return money
  const link = mayBeLink ? toRichLink(raw) : undefined
  if (link) return link
  // Intercom's links are texts of their own kind, for which no length is documented.
  const url = toHttpUrl(raw)
  if (url !== undefined && isLongerThan(url, MAX_TEXT_LENGTH.value)) return url
  return toScalarOrLose(losses, path, raw)
}

/** Money that is Intercom's already: exactly `{ amount, currency }`, the amount in whole cents. */
function toMoney(value: unknown): Price | undefined {
  const record = toRecord(value)
  if (!record || Object.keys(record).length !== 2) return undefined
  const currency = toCurrency(record.currency)
  return isCents(record.amount) && currency !== undefined ? { amount: record.amount, currency } : undefined
}

/** Exactly `{ url, value }`, the url on the web, the value its text. */
function toRichLink(value: unknown): RichLink | undefined {
  const record = toRecord(value)
  if (!record || Object.keys(record).length !== 2) return undefined
  const url = toHttpUrl(record.url)
  const text = toText(record.value)
  return url !== undefined && text !== undefined ? { url, value: text } : undefined
}

/**
 * Intercom keeps the first ten or twenty keys it is sent (its reference and its help disagree), so the ones that matter
 * go first: price, rich links, then as sent.
 */
function withinLimit(values: ReadonlyMap<string, EventMetadata[string]>, losses: Loss[]): EventMetadata {
  const ranked = [...values].sort(([a, left], [b, right]) => rankOf(a, left) - rankOf(b, right))
  for (const [key] of ranked.slice(MAX_METADATA_KEYS.value))
    losses.push({ path: `metadata.${key}`, reason: 'too-many-keys' })
  const metadata = Object.fromEntries(ranked.slice(0, MAX_METADATA_KEYS.value))
  // In the order in which they go out: JavaScript puts keys that are whole numbers first.
  for (const [index, key] of Object.keys(metadata).entries()) {
    const doubt = doubtAboutKey(key, Object.keys(metadata))
    if (doubt) losses.push({ path: `metadata.${key}`, reason: doubt })
    if (index >= SURE_METADATA_KEYS.value) losses.push({ path: `metadata.${key}`, reason: 'beyond-ten-keys' })
  }
  return metadata
}

function rankOf(key: string, value: EventMetadata[string]): number {
  if (typeof value !== 'object' || value === null) return 2
  if ('url' in value) return 1
  return key === 'price' ? 0 : 2
}
