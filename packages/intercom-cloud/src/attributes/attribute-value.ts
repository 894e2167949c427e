import {
  EARLIEST_TIME,
  LATEST_TIME,
  toBoolean,
  toNumber,
  toText,
  toUnixSeconds,
  type Scalar
} from '@intercom-destinations/shared-mapping'

const MILLISECONDS_PER_SECOND = 1000

/**
 * Converts a value to the type of its attribute; `undefined` if it does not fit. `data_type` is Intercom's (OpenAPI 2.16,
 * data attributes). `null` clears an attribute, so it fits every type.
 *
 * `'12'` fits an integer, `'true'` a boolean, ISO 8601 a date; a number fits a text as its digits. For a date, a number is
 * Unix seconds, or milliseconds from 1e11 up, and its fraction is cut off.
 */
export function toAttributeValue(value: Scalar, data_type: string): Scalar | undefined {
  if (value === null) return value
  switch (data_type) {
    case 'string':
      return toText(value)
    case 'integer':
      return toWholeNumber(value)
    case 'float':
      return toNumber(value)
    case 'boolean':
      return toBoolean(value)
    case 'date':
    case 'datetime':
      return toSecondsInRange(value)
    default:
      // An unknown type: Intercom decides.
      return value
  }
}

function toWholeNumber(value: Scalar): number | undefined {
  const number = toNumber(value)
  return Number.isInteger(number) ? number : undefined
}

/**
 * For a date attribute every number is a time, however few digits it has. Times outside the range of the standard fields
 * are left out, because Intercom does not document its own range.
 */
function toSecondsInRange(value: Scalar): number | undefined {
  const seconds = typeof value === 'number' ? toWholeSeconds(value) : toUnixSeconds(value)
  return seconds !== undefined && seconds >= EARLIEST_TIME.value && seconds <= LATEST_TIME.value ? seconds : undefined
}

function toWholeSeconds(value: number): number {
  return Math.floor(value > LATEST_TIME.value ? value / MILLISECONDS_PER_SECOND : value)
}
