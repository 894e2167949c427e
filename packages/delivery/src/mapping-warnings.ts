import { generateFql, parseFql } from '@segment/destination-subscriptions'
import { isJsonObject } from './json-object'

/** A part of a subscription that Segment takes without a word, and ignores or sends as it stands. */
export interface MappingWarning {
  /** From the subscription on: `subscribe`, or a field such as `mapping.company.id`. */
  readonly path: string
  /** A sentence about the part and what to do. */
  readonly message: string
}

const TOKENS = /"(?:[^"\\]|\\.)*"?|[()]|[^\s()"]+/g
const PLAIN_TEXT = /^"([\w.]+)"$/
const JOINING = /^(and|or)$/i
const TEMPLATE = /\{\{.*?\}\}/s
const PATH_KEY = '@path'
/** The texts below these are no values of an event. */
const READ_TEXTS = new Set(['@template', '@liquid', PATH_KEY])

/** Finds what Segment ignores silently in a subscription that is otherwise valid. */
export function findMappingWarnings(row: {
  readonly subscribe: string
  readonly mapping: Readonly<Record<string, unknown>>
}): MappingWarning[] {
  const ignored = findIgnoredFilter(row.subscribe)
  return [
    ...(ignored === undefined ? [] : [{ path: 'subscribe', message: ignored }]),
    ...findValueWarnings(row.mapping)
  ]
}

/** Compares a trigger with what Segment's parser has understood of it. A broken one is no matter of this function. */
function findIgnoredFilter(subscribe: string): string | undefined {
  const parsed = parseFql(subscribe)
  if ('error' in parsed) return undefined
  const understood = generateFql(parsed)
  return toTokens(subscribe) === toTokens(understood)
    ? undefined
    : `Segment reads this trigger as: ${understood} – and ignores the rest. Complete or remove it.`
}

/** Brackets are left out, because Segment writes those that group the same conditions in its own way. */
const toTokens = (filter: string): string =>
  (filter.match(TOKENS) ?? [])
    .filter((token) => token !== '(' && token !== ')')
    .map((token) => (JOINING.test(token) ? token.toLowerCase() : token.replace(PLAIN_TEXT, '$1')))
    .join('')

function findValueWarnings(mapping: Readonly<Record<string, unknown>>): MappingWarning[] {
  const warnings: MappingWarning[] = []
  const rest: { value: unknown; path: string }[] = [{ value: mapping, path: 'mapping' }]
  for (let place = rest.pop(); place !== undefined; place = rest.pop()) {
    const { value, path } = place
    const message = typeof value === 'string' ? findTextProblem(value) : findPathProblem(value)
    if (message !== undefined) warnings.push({ path, message })
    if (Array.isArray(value)) value.forEach((inner, index) => rest.push({ value: inner, path: `${path}[${index}]` }))
    else if (isJsonObject(value))
      for (const [key, inner] of Object.entries(value)) {
        if (READ_TEXTS.has(key)) continue
        // A directive is no part of the field's name.
        rest.push({ value: inner, path: key.startsWith('@') ? path : `${path}.${key}` })
      }
  }
  return warnings.sort((a, b) => a.path.localeCompare(b.path, 'en'))
}

const findTextProblem = (text: string): string | undefined =>
  TEMPLATE.test(text)
    ? `“${text}” is sent as it stands, with its braces. Write it as a template: { "@template": … }.`
    : undefined

function findPathProblem(value: unknown): string | undefined {
  if (!isJsonObject(value)) return undefined
  const path = value[PATH_KEY]
  if (typeof path !== 'string') return undefined
  if (path !== path.trim() && path.trim() !== '') {
    return `The path “${path}” has a blank at its ${path.endsWith(path.trim()) ? 'start' : 'end'}, so it finds nothing. Remove the blank.`
  }
  return TEMPLATE.test(path)
    ? `The path “${path}” holds a template, so it finds nothing. Write a path such as $.traits.email, or a template: { "@template": … }.`
    : undefined
}
