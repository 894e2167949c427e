import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { transform, type InputField, type JSONObject } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'
import { isJsonObject } from './json-object'
import { findMappingProblem, MAX_FILTER_LENGTH } from './mapping-limits'
import { toSubscription, type Subscription } from './subscriptions'

/** The fields of a destination's actions, which a mapping is checked against. */
export type MappedActions = Readonly<Record<string, { readonly fields: Readonly<Record<string, InputField>> }>>

/** What the lenient parser returns for a filter that ends too early or compares with `==`. */
const BROKEN_VALUES = ['"value":"eos"', '"value":"="']
const FIRST_LINE = /ValidationError: ([^\n]*)/

/**
 * The enabled subscriptions of parsed JSON, as Segment saves them: an array of `partnerAction`, `subscribe` and `mapping`.
 * Throws an `Error` that names the wrong part: an unknown action or field, a missing field, a broken filter or directive.
 */
export function parseSubscriptions(value: unknown, actions: MappedActions = intercomCloud().actions): Subscription[] {
  if (!Array.isArray(value)) throw new Error('a list of subscriptions was expected')
  const found = value.map((item, index) => toSubscriptionAt(item, `[${index}]`, actions))
  const enabled = found.filter((subscription) => subscription !== undefined)
  if (enabled.length === 0)
    throw new Error('no subscription in it is enabled; set "enabled" to true where one should run')
  return enabled
}

function toSubscriptionAt(value: unknown, place: string, actions: MappedActions): Subscription | undefined {
  if (!isJsonObject(value))
    throw new Error(`${place} must be an object with "partnerAction", "subscribe" and "mapping"`)
  const { partnerAction, subscribe, mapping, enabled = true, name } = value
  const action = typeof partnerAction === 'string' ? new Map(Object.entries(actions)).get(partnerAction) : undefined
  if (typeof partnerAction !== 'string' || action === undefined) {
    throw new Error(
      `${place}.partnerAction is ${JSON.stringify(partnerAction)}; this destination has ${Object.keys(actions).join(', ')}`
    )
  }
  if (typeof enabled !== 'boolean') throw new Error(`${place}.enabled must be true or false`)
  if (name !== undefined && typeof name !== 'string') throw new Error(`${place}.name must be a text`)
  if (typeof subscribe === 'string' && subscribe.length > MAX_FILTER_LENGTH) {
    throw new Error(
      `${place}.subscribe is ${subscribe.length.toLocaleString('en-US')} characters long; the limit is ${MAX_FILTER_LENGTH.toLocaleString('en-US')}`
    )
  }
  if (typeof subscribe !== 'string' || !isFilter(subscribe)) {
    throw new Error(
      `${place}.subscribe is ${JSON.stringify(subscribe)}, which is no filter; write it as Segment does, for example type = "track" and event = "Order Completed"`
    )
  }
  if (!isJsonObject(mapping)) throw new Error(`${place}.mapping must be an object of fields`)
  checkFields(mapping, action.fields, `${place}.mapping`, partnerAction)
  return enabled ? toSubscription({ partnerAction, name, subscribe, mapping }) : undefined
}

/** Whether it is a complete filter in Segment's filter language. */
export function isFilter(subscribe: string): boolean {
  if (subscribe.length > MAX_FILTER_LENGTH) return false
  const filter = parseFql(subscribe)
  if ('error' in filter) return false
  const parsed = JSON.stringify(filter)
  return !BROKEN_VALUES.some((value) => parsed.includes(value))
}

function checkFields(
  mapping: JSONObject,
  fields: Readonly<Record<string, InputField>>,
  place: string,
  action: string
): void {
  const unknownKey = Object.keys(mapping).find((key) => !Object.hasOwn(fields, key))
  if (unknownKey !== undefined) {
    throw new Error(`${place}.${unknownKey} is no field of ${action}; it has ${Object.keys(fields).join(', ')}`)
  }
  for (const [key, { required }] of Object.entries(fields)) {
    if (required === true && mapping[key] === undefined) {
      throw new Error(`${place}.${key} is missing, and ${action} cannot run without it`)
    }
  }
  const problem = findMappingProblem(mapping)
  if (problem) throw new Error(`${problem.field === '' ? place : `${place}.${problem.field}`} ${problem.text}`)
  try {
    transform(mapping, {})
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const [, reason = message] = FIRST_LINE.exec(message) ?? []
    throw new Error(`${place} holds a directive that Segment would refuse: ${reason.trim()}`, { cause: error })
  }
}
