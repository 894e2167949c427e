import { ConnectionDropped, type Emulator } from '@intercom-destinations/emulator'
import { setTimeout } from 'node:timers/promises'
import type { BenchClock } from './clock'
import type { Random } from './random'

/** The proxy between the destination and the emulator. */
export interface FaultProxyOptions {
  clock: BenchClock
  /** Calls in each window of ten seconds. */
  limit: number
  /** Real milliseconds that every call takes. */
  latencyMs?: number
  /** Milliseconds by which every call moves an injected clock forward. */
  costMs?: number
  /** The share of calls that fail, from 0 to 1, and the generator that chooses them. */
  faults?: {
    share: number
    random: Random
    /** What a 429 of this kind asks to wait; by default the rest of the window. */
    retryAfterSeconds?: number
  }
  /** The share of calls whose connection breaks, and that Intercom carries out this many milliseconds later. */
  late?: { share: number; random: Random; milliseconds: number }
}

/** The calls that the proxy received. */
export interface Traffic {
  calls: number
  /** Calls answered with 429 because the limit of the window was reached. */
  throttled: number
  faulty: number
  mostInFlight: number
  byOperation: Map<string, number>
  /** Calls in each window, by the window's end in Unix seconds. */
  byWindow: Map<number, number>
}

/** docs/intercom.md, Rate limits and retries: the limit counts in windows of ten seconds. */
const RATE_LIMIT_WINDOW_SECONDS = 10
/** Recorded responses reset at a second that ends in 2, so windows do not start at whole tens. */
const RATE_LIMIT_WINDOW_PHASE_SECONDS = 2
const IDS = /\/[0-9a-f-]{20,}/g

/** The ways in which a call can fail. With `lost`, Intercom handles the request and the answer is lost. */
const FAULTS = [429, 408, 500, 502, 503, 504, 'dropped', 'lost'] as const

export function openFaultProxy(
  emulator: Emulator,
  options: FaultProxyOptions
): { fetch: Emulator['fetch']; traffic: Traffic; landed: () => Promise<void> } {
  const { clock, limit, latencyMs = 0, costMs = 0, faults, late } = options
  const traffic: Traffic = {
    calls: 0,
    throttled: 0,
    faulty: 0,
    mostInFlight: 0,
    byOperation: new Map(),
    byWindow: new Map()
  }
  let inFlight = 0
  const landing: Promise<unknown>[] = []

  const answer = async (request: Request): Promise<Response> => {
    const windowEnd = toWindowEnd(clock.now())
    const used = (traffic.byWindow.get(windowEnd) ?? 0) + 1
    const headers = {
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(Math.max(0, limit - used)),
      'X-RateLimit-Reset': String(windowEnd)
    }
    if (used > limit) {
      traffic.throttled += 1
      return refuse(429, headers)
    }
    traffic.byWindow.set(windowEnd, used)
    const fault =
      faults && faults.random() < faults.share ? FAULTS[Math.floor(faults.random() * FAULTS.length)] : undefined
    if (fault !== undefined) traffic.faulty += 1
    if (typeof fault === 'number') {
      const seconds = faults?.retryAfterSeconds
      return refuse(fault, seconds === undefined ? headers : { ...headers, 'Retry-After': String(seconds) })
    }
    if (fault === 'dropped') throw new ConnectionDropped()
    if (late && late.random() < late.share) {
      traffic.faulty += 1
      const { url, method, headers } = request
      const body = method === 'GET' ? undefined : await request.text()
      // Without the signal of the request, because Intercom does not know that the client has gone.
      landing.push(setTimeout(late.milliseconds).then(() => emulator.fetch(url, { method, headers, body })))
      throw new ConnectionDropped()
    }
    const response = await emulator.fetch(request)
    if (fault === 'lost') throw new ConnectionDropped()
    const merged = new Headers(response.headers)
    for (const [name, value] of Object.entries(headers)) merged.set(name, value)
    return new Response(response.status === 204 ? null : await response.text(), {
      status: response.status,
      headers: merged
    })
  }

  const fetch: Emulator['fetch'] = async (input, init) => {
    const request = new Request(input, init)
    traffic.calls += 1
    const operation = `${request.method} ${new URL(request.url).pathname.replace(IDS, '/{id}')}`
    traffic.byOperation.set(operation, (traffic.byOperation.get(operation) ?? 0) + 1)
    inFlight += 1
    traffic.mostInFlight = Math.max(traffic.mostInFlight, inFlight)
    try {
      if (latencyMs > 0) await setTimeout(latencyMs)
      if (costMs > 0) await clock.sleep(costMs)
      return await answer(request)
    } finally {
      inFlight -= 1
    }
  }
  /** Resolves when Intercom has carried out what was late. */
  const landed = async () => {
    await Promise.all(landing)
  }
  return { fetch, traffic, landed }
}

/** The end of the window that holds this time (milliseconds), in Unix seconds. */
function toWindowEnd(now: number): number {
  const elapsed = now / 1000 - RATE_LIMIT_WINDOW_PHASE_SECONDS
  const windows = Math.floor(elapsed / RATE_LIMIT_WINDOW_SECONDS) + 1
  return windows * RATE_LIMIT_WINDOW_SECONDS + RATE_LIMIT_WINDOW_PHASE_SECONDS
}

function refuse(status: number, headers: Record<string, string>): Response {
  if (status === 502)
    return new Response('<html>Bad Gateway</html>', { status, headers: { 'Content-Type': 'text/html' } })
  const body = JSON.stringify({ type: 'error.list', errors: [{ code: 'fault', message: 'A fault of the bench' }] })
  return new Response(body, { status, headers: { ...headers, 'Content-Type': 'application/json' } })
}
