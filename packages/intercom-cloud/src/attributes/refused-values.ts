import { isPermanent } from '../errors'
import { BAD_REQUEST, UNAUTHORIZED, UNPROCESSABLE } from '../client/http-status'
import { hasStatus, type ApiErrorDetails } from '../client/intercom-api-error'

/** Rejections that do not depend on the values: a blocked contact, or a wrong API version. */
const NOT_ABOUT_VALUES: ReadonlySet<string> = new Set([
  'not_restorable',
  'intercom_version_invalid',
  'media_type_not_acceptable'
])

/**
 * The details of a failure in which Intercom may have rejected a value of the body. Neither message nor code decides,
 * because both vary between reports (the 401 occurs in the test data of other integrations).
 */
export function toValueRefusal(thrown: unknown): ApiErrorDetails | undefined {
  if (!hasStatus(thrown, BAD_REQUEST, UNAUTHORIZED, UNPROCESSABLE) || !isPermanent(thrown)) return undefined
  return NOT_ABOUT_VALUES.has(thrown.details.code) ? undefined : thrown.details
}

/** The names of the fields and attributes that were sent. */
export interface SentNames {
  standard: readonly string[]
  custom: readonly string[]
}

/** The field or attribute that a rejection names. */
export type NamedValue = { kind: 'standard' | 'custom'; name: string }

/** Words that Intercom's messages may use for a field instead of its key. */
const FIELD_WORDS: Readonly<Record<string, RegExp>> = {
  owner_id: /\bowner\b/i,
  email: /\be-?mail\b/i,
  avatar: /\b(avatar|image|picture)\b/i,
  phone: /\bphone\b/i
}

/**
 * The value that Intercom's message names; `undefined` if it cannot be recognised. It only saves calls and losses: a
 * rejection whose message names nothing is handled as well.
 */
export function toNamedValue(
  { text, field }: ApiErrorDetails,
  { standard, custom }: SentNames
): NamedValue | undefined {
  const named = longest(custom.filter((name) => isNamedField(field, name) || isQuoted(text, name)))
  if (named !== undefined) return { kind: 'custom', name: named }
  const key =
    longest(standard.filter((name) => field === name || isWord(text, name))) ??
    standard.find((name) => FIELD_WORDS[name]?.test(text))
  if (key !== undefined) return { kind: 'standard', name: key }
  const mentioned = longest(custom.filter((name) => isWord(text, name)))
  return mentioned === undefined ? undefined : { kind: 'custom', name: mentioned }
}

/** One name may contain another, so the longest match is meant. */
function longest(names: readonly string[]): string | undefined {
  return [...names].sort((a, b) => b.length - a.length)[0]
}

function isNamedField(field: string | undefined, name: string): boolean {
  return field === name || field === `custom_attributes.${name}`
}

function isQuoted(text: string, name: string): boolean {
  const forms = [`'${name}'`, `"${name}"`, `\`${name}\``, `‘${name}’`, `“${name}”`]
  return forms.some((form) => text.includes(form)) || isWord(text, `custom_attributes.${name}`)
}

/** Whether the name occurs in the text with no letter, digit or underscore next to it. */
function isWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const isPart = [text[at - 1], text[at + name.length]].some(
      (neighbour) => neighbour !== undefined && /[\p{L}\p{N}_]/u.test(neighbour)
    )
    if (!isPart) return true
  }
  return false
}
