import { isFilter, toSubscription } from '@intercom-destinations/cli'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { fieldsToJsonSchema, transform, validateSchema } from '@segment/actions-core'
import type { Half, JsonObject, Preview, PreviewRequest, Problem } from '../contract'
import { catalog } from './catalog'
import { toWhyNot } from './engine'
import { messageOf } from './message-of'
import { toFieldProblem } from './field-problem'
import { isJsonObject } from '../json-guards'

const { actions } = intercomCloud()
const SCHEMAS = new Map(Object.entries(actions).map(([key, { fields }]) => [key, fieldsToJsonSchema(fields)]))

/** What a subscription would make of an event, as Segment would before the destination runs. Nothing is sent. */
export function toPreview({ half, subscription, event }: PreviewRequest): Preview {
  const { subscribe, partnerAction } = subscription
  const problem = isFilter(subscribe)
    ? {}
    : { filterProblem: 'Segment cannot read this. Write it like: type = "track" and event = "Order Completed"' }
  const { mapping } = subscription
  const row = toSubscription({ partnerAction, subscribe, mapping })
  const sample = { type: 'track' as const, ...event }
  const takes = !('filterProblem' in problem) && row.takes(sample)
  const why = takes || 'filterProblem' in problem ? undefined : toWhyNot({ subscribe, enabled: true }, event)
  const whyNot = why === undefined ? {} : { whyNot: why }
  try {
    const payload = toJsonOf(transform(mapping, event))
    return { ...problem, takes, ...whyNot, payload, problems: findPayloadProblems(half, partnerAction, payload) }
  } catch (error) {
    const refused = toFieldProblem({ path: 'mapping', message: messageOf(error) })
    return { ...problem, takes, ...whyNot, payload: {}, problems: [refused] }
  }
}

/** On the cloud Segment holds a payload against the fields; on the web nobody does, and only what is missing is named. */
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

/** The validator's error tells, as JSON, what is wrong where: `{ "pointer": "/event_name", "message": "…" }`. */
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

/** A payload as it goes over the wire: without what is undefined. */
function toJsonOf(value: unknown): JsonObject {
  const plain: unknown = JSON.parse(JSON.stringify(value))
  return isJsonObject(plain) ? plain : {}
}
