import { DOUBT_REASONS, isDoubtful, LOSS_REASONS, type Loss } from '@intercom-destinations/intercom-cloud'
import type { Destination, JSONObject, Result, SegmentEvent } from '@segment/actions-core'
import type { Clock } from '../clock'
import { isJsonObject } from '../json-object'
import { maskValues } from '../mask-values'
import type { Pace } from './pace'
import type { Patience } from './patience'
import type { Subscription } from '@intercom-destinations/delivery'
import { toUsableRow } from './usable-row'

/**
 * Waits before each further try. Segment tries for hours; who sits at a shell is told sooner. Intercom counts requests
 * in windows of ten seconds (developers.intercom.com, rate limiting), so the waits after a 429 outlast one.
 */
const WAITS_MS = [100, 300, 900] as const
const WAITS_AFTER_429_MS = [1000, 3000, 9000] as const
/** When Intercom says how long to wait, waiting is no guess, and a busy workspace may say it often. */
const MAX_WAITS_AS_TOLD = 20

const TOO_MANY_REQUESTS = 429
const FIRST_SERVER_ERROR = 500
const RETRYABLE_CODE = 'RETRYABLE_ERROR'
const NETWORK_CODES: ReadonlySet<unknown> = new Set(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EPIPE', 'EAI_AGAIN'])

const EXECUTED = 'Action Executed'
/** The destination names Intercom's request for its support; it would make every reason a different one. */
const REQUEST_ID = /, request [^,)\s]+/

export interface Failure {
  readonly reason: string
  readonly status?: number
  readonly code?: string
  /** Segment would have gone on trying; this runner gave up. */
  readonly retryable: boolean
}

export type Sent =
  /** `losses` were left out, `doubtful` was sent and Intercom may ignore or change it. */
  | { kind: 'delivered'; losses: Loss[]; doubtful: Loss[]; retries: number }
  | { kind: 'rejected'; failure: Failure; retries: number }
  /** The signal ended the wait for another try: nobody knows yet what would have become of it. */
  | { kind: 'stopped' }

export interface Sender {
  readonly destination: Pick<Destination, 'onEvent'>
  readonly settings: JSONObject
  readonly clock: Clock
  readonly patience: Patience
  readonly pace: Pace
  readonly signal: AbortSignal | undefined
}

/**
 * Runs one event through one subscription, again where Segment would deliver it again, and again without the values that
 * Segment's validation would refuse the whole event for. Never throws.
 */
export async function sendEvent(
  event: SegmentEvent,
  { row }: Pick<Subscription, 'row'>,
  sender: Sender
): Promise<Sent> {
  const { patience, pace, signal } = sender
  let guesses = 0
  for (let retries = 0; ; retries += 1) {
    if (await isEnded(pace.ready(signal))) return { kind: 'stopped' }
    try {
      const { results, losses } = await runRow(event, row, sender)
      const sent = withLosses(toSent(results, retries), losses)
      if (retries > 0) patience.restore()
      return sent
    } catch (error) {
      const failure = toFailure(error, event)
      if (!failure.retryable) return { kind: 'rejected', failure, retries }
      const { retryAfterMs } = fieldsOf(error)
      if (typeof retryAfterMs === 'number' && retryAfterMs > 0) pace.holdFor(retryAfterMs)
      if (pace.isHeld) {
        if (retries >= MAX_WAITS_AS_TOLD) return { kind: 'rejected', failure, retries }
        continue
      }
      const wait = (failure.status === TOO_MANY_REQUESTS ? WAITS_AFTER_429_MS : WAITS_MS)[guesses]
      if (wait === undefined || !patience.isLeftFor(failure.reason)) return { kind: 'rejected', failure, retries }
      guesses += 1
      patience.waited(failure.reason, wait)
      if (await isEnded(sender.clock.sleep(wait, signal))) return { kind: 'stopped' }
    }
  }
}
/** What was sent, with losses that were met on the way to it. */
export function withLosses(sent: Sent, more: readonly Loss[]): Sent {
  if (sent.kind !== 'delivered' || more.length === 0) return sent
  return {
    ...sent,
    losses: [...sent.losses, ...more.filter((loss) => !isDoubtful(loss))],
    doubtful: [...sent.doubtful, ...more.filter(isDoubtful)]
  }
}

/** Once more without the values that Segment's validation refused; nothing has gone to Intercom by then. */
async function runRow(event: SegmentEvent, row: JSONObject, { destination, settings }: Sender) {
  try {
    return { results: await destination.onEvent(event, { ...settings, subscriptions: [row] }), losses: [] }
  } catch (error) {
    const usable = isInvalid(error) ? toUsableRow(row, event) : undefined
    if (!usable) throw error
    const results = await destination.onEvent(event, { ...settings, subscriptions: [usable.row] })
    return { results, losses: usable.losses }
  }
}

/** How actions-core names what its validation throws. */
const isInvalid = (error: unknown): boolean => error instanceof Error && error.name === 'AggregateAjvError'

const isEnded = (wait: Promise<void>): Promise<boolean> =>
  wait.then(
    () => false,
    () => true
  )

function toSent(results: readonly Result[], retries: number): Sent {
  const executed = results.find(({ output }) => output === EXECUTED)
  if (executed) {
    const report: { losses?: unknown; doubtful?: unknown } = isJsonObject(executed.data) ? executed.data : {}
    return { kind: 'delivered', losses: toLosses(report.losses), doubtful: toLosses(report.doubtful), retries }
  }
  const output = results.map((result) => result.output).find((text) => typeof text === 'string')
  const reason = typeof output === 'string' ? output : 'the destination did not say what became of it'
  return { kind: 'rejected', failure: { reason, retryable: false }, retries }
}

/** The losses in what an action reports. */
function toLosses(reported: unknown): Loss[] {
  const losses: unknown[] = Array.isArray(reported) ? reported : []
  return losses.filter(isLoss)
}

function isLoss(value: unknown): value is Loss {
  return (
    isJsonObject(value) &&
    typeof value.path === 'string' &&
    typeof value.reason === 'string' &&
    (Object.hasOwn(LOSS_REASONS, value.reason) || Object.hasOwn(DOUBT_REASONS, value.reason))
  )
}

function toFailure(error: unknown, event: SegmentEvent): Failure {
  const { message, status, code, response } = fieldsOf(error)
  const answered = fieldsOf(response).status
  const found = typeof status === 'number' ? status : answered
  const known = {
    ...(typeof found === 'number' ? { status: found } : {}),
    ...(typeof code === 'string' ? { code } : {})
  }
  const reason = maskValues(typeof message === 'string' ? message : String(error), event).replace(REQUEST_ID, '')
  return { reason, ...known, retryable: isRetryable(known) }
}

/** What an error carries, known or not: errors of three libraries arrive here. */
function fieldsOf(value: unknown): {
  message?: unknown
  status?: unknown
  code?: unknown
  response?: unknown
  retryAfterMs?: unknown
} {
  return typeof value === 'object' && value !== null ? value : {}
}

function isRetryable({ status, code }: Pick<Failure, 'status' | 'code'>): boolean {
  if (code === RETRYABLE_CODE || status === TOO_MANY_REQUESTS) return true
  return status === undefined ? NETWORK_CODES.has(code) : status >= FIRST_SERVER_ERROR
}
