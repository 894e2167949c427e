import { parseFql, validate, type Condition } from '@segment/destination-subscriptions'
import type { JsonObject } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { toShown } from './json'

type Group = Extract<Condition, { type: 'group' }>
type Test = Exclude<Condition, Group>
type Filter = ReturnType<typeof parseFql>

const SWITCHED_OFF = 'This mapping is switched off.'

/** Why a mapping does not take an event; `undefined` where it does. Never throws, whatever the filter. */
export function toWhyNot(
  { subscribe, enabled }: { readonly subscribe: string; readonly enabled: boolean },
  event: JsonObject
): string | undefined {
  if (!enabled) return SWITCHED_OFF
  try {
    const filter = parse(subscribe)
    if ('error' in filter) return `The trigger cannot be read: ${subscribe}`
    return holds(filter, event) ? undefined : toSentence(filter, event) || toFallback(subscribe)
  } catch {
    return toFallback(subscribe)
  }
}

const parsed = new Map<string, Filter>()
/** Edits in the page make many filters, of which the last ones are used. */
const MOST_PARSED = 200

function parse(filter: string): Filter {
  const known = parsed.get(filter) ?? parseFql(filter)
  if (parsed.size >= MOST_PARSED) parsed.clear()
  parsed.set(filter, known)
  return known
}

const toFallback = (subscribe: string) => `The trigger does not take it: ${subscribe}`

const holds = (condition: Condition, event: JsonObject): boolean =>
  validate({ type: 'group', operator: 'and', children: [condition] }, { ...event })

function toSentence(condition: Condition, event: JsonObject): string {
  if (condition.type !== 'group') return toTestSentence(condition, event)
  const failing = condition.children.filter((child) => !holds(child, event))
  const sentences = failing.map((child) => toSentence(child, event))
  const isChoice = condition.operator === 'or' && sentences.length > 1
  return isChoice ? `none of these holds: ${sentences.join('; ')}` : sentences.join('; ')
}

function toTestSentence(test: Test, event: JsonObject): string {
  const { field, actual } = read(test, event)
  const expected = 'value' in test ? test.value : undefined
  const isMissing = actual === undefined || actual === null
  if (isMissing) return `${field} is missing`
  const is = `${field} is ${toShown(actual)}`
  switch (test.operator) {
    case '=':
      return `${is}, not ${toShown(String(expected))}`
    case 'number_equals':
      return `${is}, not ${toShown(expected)}`
    case '!=':
      return `${is}, and must be something else`
    case 'number_not_equals':
      return typeof actual === 'number' ? `${is}, and must be something else` : `${is}, not a number`
    case '<':
      return typeof actual === 'number' ? `${is}, not less than ${expected}` : `${is}, not a number`
    case '<=':
      return typeof actual === 'number' ? `${is}, not ${expected} or less` : `${is}, not a number`
    case '>':
      return typeof actual === 'number' ? `${is}, not more than ${expected}` : `${is}, not a number`
    case '>=':
      return typeof actual === 'number' ? `${is}, not ${expected} or more` : `${is}, not a number`
    case 'contains':
      return `${is}, which does not contain ${toShown(expected)}`
    case 'not_contains':
      return `${is}, and must not contain ${toShown(expected)}`
    case 'starts_with':
      return `${is}, which does not start with ${toShown(expected)}`
    case 'not_starts_with':
      return `${is}, and must not start with ${toShown(expected)}`
    case 'ends_with':
      return `${is}, which does not end with ${toShown(expected)}`
    case 'not_ends_with':
      return `${is}, and must not end with ${toShown(expected)}`
    case 'exists':
      return `${field} is missing`
    case 'not_exists':
      return `${is}, and must be missing`
    case 'is_true':
      return `${is}, not true`
    case 'is_false':
      return `${is}, not false`
  }
}

/** The field that a test reads, as a path in the event, and its value. */
function read(test: Test, event: JsonObject): { field: string; actual: unknown } {
  switch (test.type) {
    case 'event-type':
      return { field: 'type', actual: event.type }
    case 'event':
    case 'name':
    case 'userId':
      return { field: test.type, actual: event[test.type] }
    case 'event-property':
      return { field: `properties.${test.name}`, actual: at(event.properties, test.name) }
    case 'event-trait':
      return { field: `traits.${test.name}`, actual: at(event.traits, test.name) }
    case 'event-context':
      return { field: `context.${test.name}`, actual: at(event.context, test.name) }
  }
}

/** Reads a path in the way of Segment's filters. */
const at = (root: unknown, path: string): unknown =>
  (path.match(/[^[.\]]+/g) ?? []).reduce<unknown>(
    (value, key) => (isJsonObject(value) || Array.isArray(value) ? new Map(Object.entries(value)).get(key) : undefined),
    root
  )
