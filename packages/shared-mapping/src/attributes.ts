import { ID_NAME, isEmpty, type FieldSource } from './field-source'
import { readOrLose, type Loss } from './losses'
import { MAX_TEXT_LENGTH } from './rules/limits'
import { isDate } from './values/date'
import { toRecord } from './values/record'
import { toScalar, type Scalar } from './values/scalar'
import { isLongerThan, toText } from './values/text'

/** The custom attributes of a person or company, by name. */
export type CustomAttributes = Record<string, Scalar>

export interface AttributeRules {
  /** Names that have their own field. They are not custom attributes; one that no field reads is a loss. */
  fixed: ReadonlySet<string>
  /** Names that belong to Intercom. They are left out as a loss. */
  reserved: ReadonlySet<string>
  /** The source of the object in the mapping. */
  source: FieldSource
  /** The id of the person or company. The same id among the traits is not a loss. */
  id?: unknown
}

// "Names: no . or $" (Intercom's documentation of data attributes).
const FORBIDDEN_IN_NAMES = /[.$]/

/** The values of an object that Intercom can store as custom attributes. The others become losses under `path`. */
export function buildAttributes(value: unknown, path: string, rules: AttributeRules, losses: Loss[]): CustomAttributes {
  const attributes: CustomAttributes = {}
  const record = readOrLose(losses, path, value, toRecord, 'not-an-object') ?? {}
  const { isPicked, isRead, taken } = rules.source
  for (const [name, raw] of Object.entries(record)) {
    const valuePath = `${path}.${name}`
    if (rules.fixed.has(name) && !isPicked(name)) {
      const isUsed = isEmpty(raw) || isRead(name) || (ID_NAME.test(name) && toText(raw) === toText(rules.id))
      if (!isUsed) losses.push({ path: valuePath, reason: 'no-field-reads-it' })
    } else if (rules.reserved.has(name) || taken?.has(name)) losses.push({ path: valuePath, reason: 'reserved-key' })
    else if (name === '' || FORBIDDEN_IN_NAMES.test(name)) losses.push({ path: valuePath, reason: 'bad-name' })
    else {
      const scalar = toScalarOrLose(losses, valuePath, raw)
      if (scalar !== undefined) attributes[name] = scalar
    }
  }
  return attributes
}

/**
 * A value that Intercom stores unchanged, or a loss. `''` and `null` are values here, because they clear an attribute; a
 * text of spaces is stored as it is.
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
