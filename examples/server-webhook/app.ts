import type { IntercomSender } from '@intercom-destinations/delivery'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createHmac, timingSafeEqual } from 'node:crypto'

/** Segment accepts events of 32 KB; what the Webhook destination adds fits, too. */
const MAX_BODY_BYTES = 128 * 1024
/** Segment waits ten seconds for an answer (the default of its actions-core). */
const DEADLINE_MS = 8000
const OPENING_BRACKET = '['.charCodeAt(0)

const BATCH =
  'This is a batch, of which Segment signs only the first event: set Batch Size to 0 in the Webhook destination.'

/** `POST /segment`: one event a request, as Segment's Webhook destination sends it. A blank secret is a `TypeError`. */
export function createApp(sender: Pick<IntercomSender, 'send'>, secret: string): Hono {
  if (secret.trim() === '') throw new TypeError('The shared secret of the Webhook destination is missing.')
  const app = new Hono()
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (context) => context.text('The event is too large.', 413) }))
  app.post('/segment', async (context) => {
    const body = new Uint8Array(await context.req.arrayBuffer())
    if (isBatch(body)) return context.text(BATCH, 400)
    if (!isSigned(body, context.req.header('x-signature'), secret)) return context.text('The signature is wrong.', 401)
    const [verdict] = await sender.send([parse(body)], { deadlineMs: DEADLINE_MS })
    const { status = 'retry', reason = status, retryAfterMs } = verdict ?? {}
    // Segment sends an event again after a 5xx, and drops it after a 4xx.
    if (status === 'rejected') return context.text(reason, 400)
    if (status !== 'retry') return context.text(status)
    if (retryAfterMs !== undefined) context.header('retry-after', String(Math.ceil(retryAfterMs / 1000)))
    return context.text(reason, 503)
  })
  return app
}

/** Whether the first byte that is no white space opens a list. */
function isBatch(body: Uint8Array): boolean {
  return body.find((byte) => byte > 32) === OPENING_BRACKET
}

/** Whether `signature` is the HMAC-SHA1 of exactly these bytes, in hexadecimal digits. */
function isSigned(body: Uint8Array, signature = '', secret: string): boolean {
  const expected = Buffer.from(createHmac('sha1', secret).update(body).digest('hex'))
  const given = Buffer.from(signature)
  // timingSafeEqual throws for unequal lengths. The length of a digest is no secret.
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** What is no JSON is no event, and the sender rejects it. */
function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
