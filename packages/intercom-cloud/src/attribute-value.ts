import { toBoolean, toNumber, toText, toUnixSeconds, type Scalar } from '@intercom-destinations/shared-mapping'

/**
 * The value in the type of the attribute that is to hold it; `undefined` where it does not fit. `data_type` is
 * Intercom's own word (OpenAPI 2.16, data attributes). `null` clears an attribute, so it fits every type.
 *
 * `'12'` fits an integer, `'true'` a boolean, ISO text a date; a number fits a text as its digits. On a date a number is
 * Unix seconds, from 1e11 up milliseconds, and its fraction is cut off.
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
      return toPresentSeconds(value)
    default:
      // A type that came after this was written: Intercom decides.
      return value
  }
}

function toWholeNumber(value: Scalar): number | undefined {
  const number = toNumber(value)
  return Number.isInteger(number) ? number : undefined
}

/** Whether Intercom takes a date before 1970 is not documented; it is left out, as it is in the standard fields. */
function toPresentSeconds(value: Scalar): number | undefined {
  const seconds = toUnixSeconds(value)
  return seconds !== undefined && seconds >= 0 ? seconds : undefined
}
