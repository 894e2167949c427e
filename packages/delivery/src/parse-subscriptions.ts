import { intercomCloud, SYNC_MODE_KEY } from '@intercom-destinations/intercom-cloud'
import { transform, type JSONObject } from '@segment/actions-core'
import { parseFql } from '@segment/destination-subscriptions'
import { isJsonObject } from './json-object'
import { findRows, toUncheckedRow, type CompleteRow, type MappedActions } from './mapping-formats'
import { findMappingProblem, MAX_FILTER_LENGTH } from './mapping-limits'
import { toSubscription, type Subscription } from './subscriptions'
import { UnknownActionError } from './unknown-action'

/** What the lenient parser returns for a filter that ends too early or compares with `==`. */
const BROKEN_VALUES = ['"value":"eos"', '"value":"="']
const FIRST_LINE = /ValidationError: ([^\n]*)/

/**
 * The enabled subscriptions of parsed JSON, as Segment saves them, its Public API returns them or its Terraform provider
 * has them (`MappingFormat`). Throws an `Error` that names the wrong part: an unknown action or field, a missing field, a
 * broken filter or directive.
 */
export function parseSubscriptions(value: unknown, actions: MappedActions = intercomCloud().actions): Subscription[] {
  const enabled = parseRows(value, actions).filter((row) => row.enabled)
  if (enabled.length === 0)
    throw new Error('no subscription in it is enabled; set "enabled" to true where one should run')
  return enabled.map(({ name, partnerAction, subscribe, mapping }) =>
    toSubscription({ partnerAction, ...(name === undefined ? {} : { name }), subscribe, mapping })
  )
}

/** All of them, with those that are switched off, and each with a name. */
export function parseSubscriptionRows(value: unknown, actions: MappedActions = intercomCloud().actions): CompleteRow[] {
  return parseRows(value, actions).map((row) => toCompleteRow(row, actions))
}

/**
 * Each of them by itself, or the `Error` that names what is wrong with it: an `UnknownActionError` if it is of another
 * destination. Throws an `Error` if there are no rows.
 */
export function parseEachRow(value: unknown, actions: MappedActions): (CompleteRow | Error)[] {
  return findRows(value).map((row, index) => {
    try {
      return toCompleteRow(parseRow(row, `[${index}]`, actions), actions)
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  })
}

type ParsedRow = Omit<CompleteRow, 'name'> & { readonly name: string | undefined }

const toCompleteRow = (row: ParsedRow, actions: MappedActions): CompleteRow => ({
  ...row,
  name: row.name ?? actions[row.partnerAction]?.title ?? row.partnerAction
})

const parseRows = (value: unknown, actions: MappedActions): ParsedRow[] =>
  findRows(value).map((row, index) => parseRow(row, `[${index}]`, actions))

function parseRow(value: unknown, place: string, actions: MappedActions): ParsedRow {
  const { row, names } = toUncheckedRow(value, place, actions)
  const { partnerAction, subscribe, mapping, enabled = true, name } = row
  const action = typeof partnerAction === 'string' ? new Map(Object.entries(actions)).get(partnerAction) : undefined
  if (typeof partnerAction !== 'string' || action === undefined)
    throw new UnknownActionError(
      `${place}.${names.action} is ${JSON.stringify(partnerAction)}`,
      `; this destination has ${Object.keys(actions).join(', ')}`
    )
  if (typeof enabled !== 'boolean') throw new Error(`${place}.enabled must be true or false`)
  if (name !== undefined && typeof name !== 'string') throw new Error(`${place}.name must be a text`)
  if (typeof subscribe === 'string' && subscribe.length > MAX_FILTER_LENGTH) {
    throw new Error(
      `${place}.${names.trigger} is ${subscribe.length.toLocaleString('en-US')} characters long; the limit is ${MAX_FILTER_LENGTH.toLocaleString('en-US')}`
    )
  }
  if (typeof subscribe !== 'string' || !isFilter(subscribe)) {
    throw new Error(
      `${place}.${names.trigger} is ${JSON.stringify(subscribe)}, which is no filter; write it as Segment does, for example type = "track" and event = "Order Completed"`
    )
  }
  if (!isJsonObject(mapping)) throw new Error(`${place}.${names.settings} must be an object of fields`)
  checkFields(mapping, action, `${place}.${names.settings}`, partnerAction)
  return { name, partnerAction, enabled, subscribe, mapping }
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
  { fields, syncMode }: MappedActions[string],
  place: string,
  action: string
): void {
  const isMode = (key: string) => key === SYNC_MODE_KEY && syncMode !== undefined
  const unknownKey = Object.keys(mapping).find((key) => !Object.hasOwn(fields, key) && !isMode(key))
  if (unknownKey !== undefined) {
    throw new Error(`${place}.${unknownKey} is no field of ${action}; it has ${Object.keys(fields).join(', ')}`)
  }
  for (const [key, { required }] of Object.entries(fields)) {
    if (required === true && mapping[key] === undefined) {
      throw new Error(`${place}.${key} is missing, and ${action} cannot run without it`)
    }
  }
  const mode = mapping[SYNC_MODE_KEY]
  // The file for Segment's Functions has no choices.
  const modes = syncMode?.choices?.map(({ value }) => value)
  if (mode !== undefined && modes?.every((one) => one !== mode)) {
    throw new Error(`${place}.${SYNC_MODE_KEY} is ${JSON.stringify(mode)}; it must be one of ${modes.join(', ')}`)
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
