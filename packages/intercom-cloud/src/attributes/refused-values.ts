import { isPermanent } from '../errors'
import { IntercomApiError, type ApiErrorDetails } from '../client/intercom-api-error'

/** Refusals that no other value would change: the contact is blocked, or we speak the wrong version. */
const NOT_ABOUT_VALUES: ReadonlySet<string> = new Set([
  'not_restorable',
  'intercom_version_invalid',
  'media_type_not_acceptable'
])

/**
 * The facts of a failure in which Intercom refuses a value of what was written. Neither its sentence nor its code
 * counts: both differ from report to report (the 401 stands in test data of other integrations).
 */
export function toValueRefusal(thrown: unknown): ApiErrorDetails | undefined {
  if (!(thrown instanceof IntercomApiError) || !isPermanent(thrown)) return undefined
  const isAboutValues = [400, 401, 422].some((status) => status === thrown.status)
  return isAboutValues && !NOT_ABOUT_VALUES.has(thrown.details.code) ? thrown.details : undefined
}

/** What was sent, by name. */
export interface SentNames {
  standard: readonly string[]
  custom: readonly string[]
}

/** The value that a refusal names. */
export type Blamed = { kind: 'standard' | 'custom'; name: string }

/** Words by which Intercom's sentences may mean a field without its key. */
const WORDS: Readonly<Record<string, RegExp>> = {
  owner_id: /\bowner\b/i,
  email: /\be-?mail\b/i,
  avatar: /\b(avatar|image|picture)\b/i,
  phone: /\bphone\b/i
}

/**
 * The value that Intercom names, where it can be read. It only saves calls and losses: a refusal that names nothing, or
 * names it in words of next year, is got over as well.
 */
export function toBlamed({ text, field }: ApiErrorDetails, { standard, custom }: SentNames): Blamed | undefined {
  const named = longest(custom.filter((name) => isNamedField(field, name) || isQuoted(text, name)))
  if (named !== undefined) return { kind: 'custom', name: named }
  const key =
    longest(standard.filter((name) => field === name || isWord(text, name))) ??
    standard.find((name) => WORDS[name]?.test(text))
  if (key !== undefined) return { kind: 'standard', name: key }
  const mentioned = longest(custom.filter((name) => isWord(text, name)))
  return mentioned === undefined ? undefined : { kind: 'custom', name: mentioned }
}

/** Names may stand inside one another; the longest is the one that is meant. */
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

/** Whether the name stands in the text with no letter, digit or underscore of another name beside it. */
function isWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const isPart = [text[at - 1], text[at + name.length]].some(
      (beside) => beside !== undefined && /[\p{L}\p{N}_]/u.test(beside)
    )
    if (!isPart) return true
  }
  return false
}
