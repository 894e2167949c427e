import { ID_NAME, isEmpty, type FieldSource } from './field-source'
import { readOrLose, type Loss } from './losses'
import { MAX_TEXT_LENGTH } from './rules/limits'
import { isDate } from './values/date'
import { toRecord } from './values/record'
import { toScalar, type Scalar } from './values/scalar'
import { isLongerThan, toText } from './values/text'

/** A person's or company's own attributes, by name. */
export type CustomAttributes = Record<string, Scalar>

export interface AttributeRules {
  /** Names with fields of their own: a whole object does not bring them, and what no field reads is a loss. */
  fixed: ReadonlySet<string>
  /** Names that are Intercom's: left out, and a loss. */
  reserved: ReadonlySet<string>
  /** Where the mapping takes the object from. */
  source: FieldSource
  /** The id that is said already: among the traits it is no news. */
  id?: unknown
}

// "Names: no . or $" (Intercom's documentation of data attributes).
const FORBIDDEN_IN_NAMES = /[.$]/

/** What Intercom can store of a free object, value by value; the rest becomes losses under `path`. */
export function buildAttributes(value: unknown, path: string, rules: AttributeRules, losses: Loss[]): CustomAttributes {
  const attributes: CustomAttributes = {}
  const record = readOrLose(losses, path, value, toRecord, 'not-an-object') ?? {}
  const { isPicked, isRead, taken } = rules.source
  for (const [name, raw] of Object.entries(record)) {
    const place = `${path}.${name}`
    if (rules.fixed.has(name) && !isPicked(name)) {
      const isSaid = isEmpty(raw) || isRead(name) || (ID_NAME.test(name) && toText(raw) === toText(rules.id))
      if (!isSaid) losses.push({ path: place, reason: 'no-field-reads-it' })
    } else if (rules.reserved.has(name) || taken?.has(name)) losses.push({ path: place, reason: 'reserved-key' })
    else if (name === '' || FORBIDDEN_IN_NAMES.test(name)) losses.push({ path: place, reason: 'bad-name' })
    else {
      const scalar = toScalarOrLose(losses, place, raw)
      if (scalar !== undefined) attributes[name] = scalar
    }
  }
  return attributes
}

/**
 * One value that Intercom stores as it is. `''` and `null` count as values here, because they clear an attribute; a text of
 * blanks is stored as it was written.
 */
export function toScalarOrLose(losses: Loss[], path: string, value: unknown): Scalar | undefined {
  const scalar = toScalar(value)
  if (scalar === undefined) {
    losses.push({ path, reason: reasonAgainst(value) })
    return undefined
  }
  if (typeof scalar === 'string' && isLongerThan(scalar, MAX_TEXT_LENGTH.value)) {
    losses.push({ path, reason: 'too-long' })
    return undefined
  }
  return scalar
}

function reasonAgainst(value: unknown): 'not-a-date' | 'nested-value' | 'not-storable' {
  if (isDate(value)) return 'not-a-date'
  return typeof value === 'object' ? 'nested-value' : 'not-storable'
}
