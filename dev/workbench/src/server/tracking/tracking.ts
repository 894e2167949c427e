import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import type { EventSource, JsonObject } from '../../contract'
import { isJsonList } from '../../json-guards'
import { isTooDeep, TOO_DEEP } from '../api/nesting'
import { SeenMessages } from './seen-messages'
import { readTrackingBody } from './tracking-body'
import { toBatchedEvent, toTrackedEvent } from './tracking-event'
import { SHOP_WRITE_KEY, toWriteKey } from './tracking-key'
import { MAX_BATCH_BYTES, MAX_CALL_BYTES } from './tracking-limits'

type TrackingSource = Extract<EventSource, 'shop' | 'api'>

export interface TrackingOptions {
  /** The one that people are shown. */
  readonly writeKey: string
  readonly submit: (event: JsonObject, source: TrackingSource) => void
  /** The messages that have come in. */
  readonly seen?: SeenMessages
  readonly now?: () => number
}

/** The calls by their paths: the full names, and the short ones of Analytics.js. */
const CALLS = {
  identify: 'identify',
  i: 'identify',
  track: 'track',
  t: 'track',
  page: 'page',
  p: 'page',
  screen: 'screen',
  s: 'screen',
  group: 'group',
  g: 'group',
  alias: 'alias',
  a: 'alias'
} as const

const BATCHES = ['batch', 'b', 'import'] as const

/** Segment answers 400 to "large payloads and JSON errors", not 413, and libraries drop the call then. */
const BAD_REQUEST = 400
const UNAUTHORIZED = 401
const NOT_FOUND = 404
const DAY_IN_SECONDS = 86_400

const LARGE_CALL = `This call is larger than ${MAX_CALL_BYTES / 1024} KB, the most that Segment takes. Send less in it.`
const LARGE_BATCH = `This batch is larger than ${MAX_BATCH_BYTES / 1024} KB, the most that Segment takes. Send smaller ones.`
const NOT_JSON = 'The body is not a JSON object. Send one event, or { "batch": [ … ] } to /v1/batch.'
const NO_KEY =
  'The write key is missing or another one. Send the one that the workbench shows as the user name of Basic authentication, or as "writeKey" in the body.'

/** Segment's HTTP tracking API, for any Segment library with this host. Mount it at `/v1`. */
export function createTracking({ writeKey, submit, seen = new SeenMessages(), now = Date.now }: TrackingOptions): Hono {
  const app = new Hono()
  const submitOnce: TrackingOptions['submit'] = (event, source) => {
    if (seen.take(source, event.messageId)) submit(event, source)
  }

  const refuse = (context: Context, message: string, status: 400 | 401 | 404 = BAD_REQUEST) =>
    context.json({ success: false, message }, status)

  const sourceOf = (context: Context, body: JsonObject): TrackingSource | undefined => {
    const key = toWriteKey(context.req.header('authorization'), body)
    if (key === writeKey) return 'api'
    return key === SHOP_WRITE_KEY ? 'shop' : undefined
  }

  const take = (maxBytes: number, tooLarge: string, accept: (body: JsonObject, from: TrackingSource) => Answer) => {
    return async (context: Context) => {
      const received = Buffer.from(await context.req.arrayBuffer())
      const body = readTrackingBody(received, context.req.header('content-encoding'), maxBytes)
      if (body.kind === 'too-large') return refuse(context, tooLarge)
      if (body.kind === 'not-json') return refuse(context, NOT_JSON)
      const source = sourceOf(context, body.value)
      if (source === undefined) return refuse(context, NO_KEY, UNAUTHORIZED)
      const answer = accept(body.value, source)
      return answer.success ? context.json(answer) : context.json(answer, BAD_REQUEST)
    }
  }

  const takeCall = (type: string) =>
    take(MAX_CALL_BYTES, LARGE_CALL, (body, source) => {
      const tracked = toTrackedEvent({ ...body, type }, now())
      if ('refusal' in tracked) return { success: false, message: `This is no event: ${tracked.refusal}.` }
      submitOnce(tracked.event, source)
      return { success: true }
    })

  const takeBatch = take(MAX_BATCH_BYTES, LARGE_BATCH, (body, source) => {
    const { batch } = body
    if (!isJsonList(batch)) return { success: false, message: NOT_JSON }
    if (isTooDeep([body.context, body.integrations]))
      return { success: false, message: `This batch cannot be taken: its context or integrations: ${TOO_DEEP}.` }
    const receivedAt = now()
    const refused = batch.flatMap((item, index) => {
      const tracked = toBatchedEvent(body, item, receivedAt)
      if ('refusal' in tracked) return [{ index, reason: tracked.refusal }]
      submitOnce(tracked.event, source)
      return []
    })
    return { success: true, ...(refused.length > 0 ? { refused } : {}) }
  })

  app.use(cors({ origin: (origin) => origin, allowMethods: ['POST'], maxAge: DAY_IN_SECONDS }))
  // Analytics.js sends its own metrics there, which are no events.
  app.post('/m', (context) => context.json({ success: true }))
  for (const [path, type] of Object.entries(CALLS)) {
    app.on('POST', bothWays(path), limit(MAX_CALL_BYTES, LARGE_CALL), takeCall(type))
  }
  for (const path of BATCHES) app.on('POST', bothWays(path), limit(MAX_BATCH_BYTES, LARGE_BATCH), takeBatch)
  app.all('*', (context) =>
    refuse(context, 'Segment has no such call. POST to /v1/track, /v1/identify, … or /v1/batch.', NOT_FOUND)
  )
  return app
}

type Answer =
  | { readonly success: true; readonly refused?: readonly { readonly index: number; readonly reason: string }[] }
  | { readonly success: false; readonly message: string }

/** Some libraries end paths with a slash. */
const bothWays = (path: string): string[] => [`/${path}`, `/${path}/`]

/** Stops reading at the limit and closes the connection, so that a large body cannot fill the memory. */
const limit = (maxSize: number, message: string) =>
  bodyLimit({
    maxSize,
    onError: (context) => {
      context.header('Connection', 'close')
      return context.json({ success: false, message }, BAD_REQUEST)
    }
  })
