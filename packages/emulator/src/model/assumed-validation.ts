import { parameterInvalid, Refusal } from '../http/errors'
import type { DataAttribute, Scalar } from './entities'
import { CUSTOM_ATTRIBUTE_TEXT_LENGTH } from './limits'
import type { Unknowns } from './unknowns'

/**
 * If Intercom's answer to a value is not known, this emulator refuses it. Every such guess is in this file, so that a
 * recording can replace it: status 400, code `parameter_invalid` and the wording are ours. The README lists them.
 */

/** GUESS: a larger number is in milliseconds; seconds reach it in the year 5138. */
const SECONDS_MAX = 1e11

/** GUESS: the maximum length of standard text fields; only that of custom attributes is known. */
const TEXT_LENGTH = 255

/** GUESS: one `@` with text on both sides is enough. */
const EMAIL = /^[^\s@]+@[^\s@]+$/

const HTTP_URL = /^https?:\/\/[^\s/]+/i

export const isSeconds = (value: unknown, { earlyDates }: Unknowns): value is number =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  value >= (earlyDates ? -SECONDS_MAX : 0) &&
  value <= SECONDS_MAX

export const isHttpUrl = (value: unknown): value is string => typeof value === 'string' && HTTP_URL.test(value)

/** Reads one value of a body; `name` is used in the text of a refusal. */
export type Read<T> = (value: unknown, name: string, unknowns: Unknowns) => T

/** The text if it is short enough; otherwise the unknowns decide. Counts characters: an emoji is one. */
export const within = (text: string, length: number, { longTexts }: Unknowns): string | undefined => {
  if (text.length <= length || longTexts === 'kept') return text
  const characters = [...text]
  if (characters.length <= length) return text
  return longTexts === 'cut' ? characters.slice(0, length).join('') : undefined
}

/** GUESS: ISO text, fractions and milliseconds are refused. */
export const readSeconds: Read<number> = (value, name, unknowns) => {
  if (typeof value === 'number' && value > SECONDS_MAX) {
    throw parameterInvalid(`${name} must be a Unix timestamp in seconds, it looks like milliseconds`)
  }
  if (!isSeconds(value, unknowns)) throw parameterInvalid(`${name} must be a Unix timestamp in seconds`)
  return value
}

/** GUESS: numbers are not converted to text. */
export const readText: Read<string> = (value, name, unknowns) => {
  const text = within(readLongText(value, name), TEXT_LENGTH, unknowns)
  if (text === undefined) throw parameterInvalid(`${name} must not be longer than ${TEXT_LENGTH} characters`)
  return text
}

/** Text of any length (addresses of pages and pictures). */
export const readLongText = (value: unknown, name: string): string => {
  if (typeof value !== 'string') throw parameterInvalid(`${name} must be a string`)
  return value
}

/** GUESS: an empty identifier is refused. */
export const readIdentifier: Read<string> = (value, name, unknowns) => {
  const text = readText(value, name, unknowns)
  if (text.trim() === '') throw parameterInvalid(`${name} must not be empty`)
  return text
}

/** GUESS: status and text of a malformed address are not known. The empty string clears, as null does. */
export const readEmail: Read<string> = (value, name, unknowns) => {
  const text = readText(value, name, unknowns)
  if (text !== '' && !unknowns.freeEmails && !EMAIL.test(text))
    throw parameterInvalid(`${name} must be a valid email address`)
  return text
}

/** S2.16: "an image URL". GUESS: anything else is refused. */
export const readPictureUrl = (value: unknown, name: string): string => {
  if (!isHttpUrl(value)) throw parameterInvalid(`${name} must be an http or https URL`)
  return value
}

export const readBoolean = (value: unknown, name: string): boolean => {
  if (typeof value !== 'boolean') throw parameterInvalid(`${name} must be true or false`)
  return value
}

export const readInteger = (value: unknown, name: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw parameterInvalid(`${name} must be an integer`)
  return value
}

/** RudderStack and Segment send a company's size as text; text of digits is read as a number. */
export const readSize = (value: unknown, name: string): number =>
  readInteger(typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value, name)

/** GUESS: code and text of a missing parameter; S2.16 gives them for one operation only (`company not specified`). */
export const parameterMissing = (message: string) => new Refusal(400, 'parameter_missing', message)

/** docs/intercom.md, Contacts: a blocked contact is `not_restorable`. GUESS: status 400. */
export const notRestorable = () =>
  new Refusal(400, 'not_restorable', 'The contact has been blocked and is not restorable')

const isScalar = (value: unknown): value is Scalar =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/** GUESS: a value of another type than declared is refused; bulk jobs are known to answer 422 type_mismatch. */
const hasType = (value: string | number | boolean, attribute: DataAttribute, unknowns: Unknowns): boolean => {
  switch (attribute.data_type) {
    case 'string':
      return typeof value === 'string'
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value)
    case 'float':
      // JSON has no infinity, but 1e999 is parsed as one.
      return typeof value === 'number' && Number.isFinite(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'date':
    case 'datetime':
      return isSeconds(value, unknowns)
  }
}

/** Reads a value of a declared custom attribute. Null unsets every type (FIX). */
export const readAttributeValue = (value: unknown, attribute: DataAttribute, unknowns: Unknowns): Scalar => {
  const { name, data_type } = attribute
  if (!isScalar(value)) throw parameterInvalid(`Custom attribute '${name}' must not be an object or a list`)
  if (value === null) return null
  if (!hasType(value, attribute, unknowns)) {
    const kind =
      data_type === 'date' || data_type === 'datetime' ? 'a Unix timestamp in seconds' : `of type ${data_type}`
    throw parameterInvalid(`Custom attribute '${name}' must be ${kind}`)
  }
  // A value outside the options of a list is accepted: the check of April 2026 (OpenAPI #457) was reverted (#466).
  if (typeof value !== 'string') return value
  const text = within(value, CUSTOM_ATTRIBUTE_TEXT_LENGTH, unknowns)
  if (text !== undefined) return text
  throw parameterInvalid(
    `Custom attribute '${name}' must not be longer than ${CUSTOM_ATTRIBUTE_TEXT_LENGTH} characters`
  )
}
