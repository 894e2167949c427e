import type { FieldCard, Json, JsonObject, Problem } from '../../contract'

type Fields = Readonly<Record<string, FieldCard>>

/** The problems of a destination's settings, each with its path. */
export function findSettingsProblems(settings: JsonObject, fields: Fields): Problem[] {
  const strangers = Object.keys(settings)
    .filter((key) => !Object.hasOwn(fields, key))
    .map((key) => ({ path: `settings.${key}`, message: 'This destination has no such setting.' }))
  const wrong = Object.entries(fields).flatMap(([key, field]) => {
    const value = Object.hasOwn(settings, key) ? settings[key] : undefined
    const message = findProblem(value, field) ?? findMisspelling(key, value)
    return message === undefined ? [] : [{ path: `settings.${key}`, message }]
  })
  return [...strangers, ...wrong]
}

/** Checks beyond the type of a setting: the web destination does not start with an invalid App ID. */
const SPELLINGS: ReadonlyMap<string, { readonly pattern: RegExp; readonly message: string }> = new Map([
  ['appId', { pattern: /^[\w-]+$/, message: 'An App ID is made of letters, digits, - and _.' }]
])

function findMisspelling(key: string, value: Json | undefined): string | undefined {
  const spelling = SPELLINGS.get(key)
  return typeof value === 'string' && spelling && !spelling.pattern.test(value) ? spelling.message : undefined
}

function findProblem(value: Json | undefined, { label, type, required, multiple, choices }: FieldCard) {
  if (value === undefined || value === null || value === '')
    return required === true ? `${label} is needed.` : undefined
  if (multiple === true) {
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return undefined
    return `${label} is a list of texts.`
  }
  if (type === 'number' && (typeof value !== 'number' || !Number.isFinite(value))) return `${label} is a number.`
  if (type === 'boolean' && typeof value !== 'boolean') return `${label} is either on or off.`
  if (type === 'string' && typeof value !== 'string') return `${label} is a text.`
  if (type === 'string' && typeof value === 'string' && value.trim() === '') return `${label} is blank.`
  const allowed = choices?.map((choice) => (typeof choice === 'string' ? choice : choice.value))
  if (allowed !== undefined && !allowed.some((one) => one === value)) return `${label} is one of ${allowed.join(', ')}.`
  return undefined
}
