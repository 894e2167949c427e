import {
  findMappingProblem,
  findMappingWarnings,
  isFilter,
  MAX_FILTER_LENGTH,
  messageOf,
  prepareEvent,
  toUncheckedSubscription
} from '@intercom-destinations/cli'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { fieldsToJsonSchema, transform, validateSchema, type SegmentEvent } from '@segment/actions-core'
import type { Half, JsonObject, Preview, PreviewRequest, Problem, SubscriptionRow } from '../../contract'
import { catalog } from '../configuration/catalog'
import { toSegmentEvent, toWhyNot } from '../engine/index'
import { toFieldProblem } from './field-problem'
import { isJsonObject } from '../../json-guards'

const { actions } = intercomCloud()
const SCHEMAS = new Map(Object.entries(actions).map(([key, { fields }]) => [key, fieldsToJsonSchema(fields)]))

/** Applies a subscription to an event, as Segment does before the destination runs. Nothing is sent. */
export function toPreview({ half, subscription, event }: PreviewRequest): Preview {
  const { subscribe, partnerAction, mapping } = subscription
  const tooMuch = findMappingProblem(mapping)
  if (tooMuch) {
    const { field, text } = tooMuch
    const path = field === '' ? 'mapping' : `mapping.${field}`
    return { takes: false, payload: {}, problems: [{ path, message: `This ${text}, so it is not previewed.` }] }
  }
  const sample = toSample(event)
  const match = toMatch({ subscribe, partnerAction, mapping }, sample)
  try {
    const payload = toJsonOf(transform(mapping, sample))
    const problems = [...findWarnings({ subscribe, mapping }), ...findPayloadProblems(half, partnerAction, payload)]
    return { ...match, payload, problems }
  } catch (error) {
    const refused = toFieldProblem({ path: 'mapping', message: messageOf(error) })
    return { ...match, payload: {}, problems: [refused] }
  }
}

/** The event as a destination receives it. A missing time is not filled in, so that the preview can report it. */
function toSample(event: JsonObject): JsonObject & SegmentEvent {
  const prepared = prepareEvent(toSegmentEvent(event), Date.now).event
  const { timestamp: _, ...withoutTime } = prepared
  return event.timestamp === undefined ? withoutTime : prepared
}

/** Whether the trigger takes the sample, or why it cannot be read. */
function toMatch(
  row: Pick<SubscriptionRow, 'partnerAction' | 'subscribe' | 'mapping'>,
  sample: JsonObject & SegmentEvent
): Pick<Preview, 'filterProblem' | 'takes' | 'whyNot'> {
  const { subscribe } = row
  if (!isFilter(subscribe)) return { filterProblem: toFilterProblem(subscribe), takes: false }
  const ignored = findFilterWarning(subscribe)
  const problem = ignored === undefined ? {} : { filterProblem: ignored }
  if (toUncheckedSubscription(row).takes(sample)) return { takes: true, ...problem }
  const whyNot = toWhyNot({ subscribe, enabled: true }, sample)
  return { takes: false, ...(whyNot === undefined ? {} : { whyNot }), ...problem }
}

function toFilterProblem({ length }: string): string {
  return length > MAX_FILTER_LENGTH
    ? `This is longer than ${MAX_FILTER_LENGTH.toLocaleString('en-US')} characters, the most that is read here.`
    : 'Segment cannot read this. Write it like: type = "track" and event = "Order Completed"'
}

/** What Segment ignores silently. The trigger has a place of its own in the form. */
const findWarnings = (row: Pick<SubscriptionRow, 'subscribe' | 'mapping'>): Problem[] =>
  findMappingWarnings(row)
    .filter(({ path }) => path !== 'subscribe')
    .map(({ path, message }) => ({ path, message }))

const findFilterWarning = (subscribe: string): string | undefined =>
  findMappingWarnings({ subscribe, mapping: {} })[0]?.message

/** Segment validates payloads for the cloud only. For the web, only missing required fields are reported. */
function findPayloadProblems(half: Half, action: string, payload: JsonObject): Problem[] {
  if (half === 'web') {
    const fields = catalog.web.actions[action]?.fields ?? {}
    return Object.entries(fields).flatMap(([key, { label, required }]) =>
      required === true && payload[key] === undefined
        ? [{ path: `mapping.${key}`, message: `${label} is empty for this event.` }]
        : []
    )
  }
  const schema = SCHEMAS.get(action)
  if (!schema) return []
  try {
    validateSchema(payload, schema, { exempt: ['dynamicAuthSettings'] })
    return []
  } catch (error) {
    return problemsOf(error)
  }
}

/** The validator's error has its problems as JSON: `{ "pointer": "/event_name", "message": "…" }`. */
function problemsOf(error: unknown): Problem[] {
  const list: unknown = JSON.parse(JSON.stringify(error))
  const problems = (Array.isArray(list) ? list : []).filter(isJsonObject).map(({ pointer, message }) => {
    const field = typeof pointer === 'string' ? pointer.slice(1).replaceAll('/', '.') : ''
    return {
      path: field === '' ? 'mapping' : `mapping.${field}`,
      message: typeof message === 'string' ? message : 'This is not valid.'
    }
  })
  return problems.length > 0 ? problems.map(toFieldProblem) : [{ path: 'mapping', message: messageOf(error) }]
}

/** A payload as JSON: without undefined values. */
function toJsonOf(value: unknown): JsonObject {
  const plain: unknown = JSON.parse(JSON.stringify(value))
  return isJsonObject(plain) ? plain : {}
}
