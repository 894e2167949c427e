import { createEmulator, serve, type EmulatorState } from '@intercom-destinations/emulator'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { Destination, type JSONObject, type SegmentEvent } from '@segment/actions-core'
import { openFaultProxy, type FaultProxyOptions, type Traffic } from './fault-proxy'
import type { Batch } from './batches'
import { toBrokenRules } from './broken-rules'

export interface Run {
  traffic: Traffic
  delivered: number
  /** Events that were refused permanently. */
  failed: number
  redelivered: number
  reasons: string[]
  brokenRules: string[]
  seconds: number
  state: EmulatorState
}

export interface RunOptions extends FaultProxyOptions {
  /** The number of calls after which a search finds a new contact. */
  searchLag: number
  /** Whether company values that Intercom confirmed are sent again. By default as the presets say. */
  unchangedValues?: 'skip' | 'send'
}

const FIRST_BACKOFF_MS = 1000
const MAX_BACKOFF_MS = 60_000
const MAX_ATTEMPTS = 40
/** The actions that write companies, and so have the field `unchanged_values`. */
const COMPANY_ACTIONS: readonly string[] = ['identifyContact', 'groupIdentifyContact']
const ATTRIBUTES = [{ name: 'plan', data_type: 'string' }] as const

interface Verdict {
  status: number
  message: string
  retryAfterMs: number
}

/** Delivers the batches, retries each until it is done, and checks what Intercom holds in the end. */
export async function run(batches: readonly Batch[], options: RunOptions): Promise<Run> {
  const { clock, searchLag, unchangedValues } = options
  const emulator = createEmulator({
    clock: clock.now,
    searchLag,
    keptRequests: 0,
    contactAttributes: ATTRIBUTES,
    // The proxy applies the rate limit.
    rateLimit: Infinity
  })
  const { fetch, traffic } = openFaultProxy(emulator, options)
  const { url, close } = await serve({ ...emulator, fetch })
  const timing = { now: clock.now, sleep: clock.sleep, random: () => 0 }
  const definition = intercomCloud({ restHost: url, isOnlyProcess: true, ...timing })
  const destination = new Destination(definition)
  const subscriptions = definition.presets.map((preset) => {
    const isSet = unchangedValues !== undefined && COMPANY_ACTIONS.includes(preset.partnerAction)
    const mapping = isSet ? { ...preset.mapping, unchanged_values: unchangedValues } : preset.mapping
    return toJson({ ...preset, mapping, enabled: true })
  })
  const result = { delivered: 0, failed: 0, redelivered: 0 }
  const reasons = new Set<string>()
  const startedAt = performance.now()
  try {
    for (const batch of batches) {
      let pending = batch.events
      for (let attempt = 0; pending.length > 0; attempt++) {
        const settings = {
          oauth: { access_token: 'bench' },
          subscriptions: subscriptions.filter((one) => one.subscribe === `type = "${batch.kind}"`)
        }
        const verdicts = await deliver(
          destination,
          pending.map(({ json }) => toSegmentEvent(json)),
          settings
        )
        destination.responses.length = 0
        const retried = pending.filter((_, index) => isRetryable(verdicts[index]) && attempt < MAX_ATTEMPTS)
        result.delivered += verdicts.filter(({ status }) => status < 300).length
        const refused = verdicts.filter((verdict) => verdict.status >= 300 && !isRetryable(verdict))
        result.failed += refused.length
        for (const { message } of refused) reasons.add(message)
        result.redelivered += retried.length
        if (retried.length > 0) {
          const backoff = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt, 10))
          const retryAfterMs = Math.max(0, ...verdicts.map((verdict) => verdict.retryAfterMs))
          await clock.sleep(retryAfterMs > 0 ? retryAfterMs : backoff)
        }
        pending = retried
      }
    }
    const seconds = (performance.now() - startedAt) / 1000
    const brokenRules = toBrokenRules(emulator.state, batches)
    return { traffic, ...result, reasons: [...reasons], brokenRules, seconds, state: emulator.state }
  } finally {
    await close()
  }
}

async function deliver(
  destination: Pick<Destination, 'onEvent' | 'onBatch'>,
  events: SegmentEvent[],
  settings: JSONObject
): Promise<Verdict[]> {
  const [only] = events
  if (events.length === 1 && only) {
    try {
      await destination.onEvent(only, settings)
      return [{ status: 200, message: '', retryAfterMs: 0 }]
    } catch (thrown) {
      return [toVerdict(thrown)]
    }
  }
  const results = await destination.onBatch(events, settings)
  return results.flatMap(({ multistatus }) => multistatus ?? []).map((node) => toVerdict({ ...node }))
}

function toVerdict(thrown: unknown): Verdict {
  const found: { status?: unknown; message?: unknown; errormessage?: unknown; retryAfterMs?: unknown; body?: unknown } =
    typeof thrown === 'object' && thrown !== null ? thrown : {}
  const body: { retryAfterMs?: unknown } = typeof found.body === 'object' && found.body !== null ? found.body : {}
  const retryAfterMs = found.retryAfterMs ?? body.retryAfterMs
  return {
    status: typeof found.status === 'number' ? found.status : 500,
    message: [found.errormessage, found.message].find((text) => typeof text === 'string') ?? '',
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 0
  }
}

function isRetryable(verdict: Verdict | undefined): boolean {
  return verdict !== undefined && (verdict.status === 429 || verdict.status === 408 || verdict.status >= 500)
}

function isSegmentEvent(value: object): value is SegmentEvent {
  return 'type' in value
}

function toSegmentEvent(value: object): SegmentEvent {
  if (!isSegmentEvent(value)) throw new TypeError('not an event')
  return value
}

function isJson(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null
}

function toJson(value: object): JSONObject {
  const json: unknown = JSON.parse(JSON.stringify(value))
  return isJson(json) ? json : {}
}
