import { ConnectionDropped, type Emulator } from '@intercom-destinations/emulator'
import { setTimeout } from 'node:timers/promises'
import type { BenchClock } from './clock'
import type { Random } from './random'

/** What stands between the destination and the emulator. */
export interface FaultProxyOptions {
  clock: BenchClock
  /** Calls in each window of ten seconds. */
  limit: number
  /** Real milliseconds that every call takes. */
  latencyMs?: number
  /** Milliseconds by which every call moves an injected clock on. */
  costMs?: number
  /** The share of calls that fail, and the chance that chooses them. */
  faults?: { share: number; random: Random }
}

/** What came through. */
export interface Traffic {
  calls: number
  /** Answered with 429 because the window was used up. */
  throttled: number
  faulty: number
  mostInFlight: number
  byOperation: Map<string, number>
  /** Calls in each window, by the window's end in Unix seconds. */
  byWindow: Map<number, number>
}

const WINDOW_MS = 10_000
const IDS = /\/[0-9a-f-]{20,}/g

/** The ways in which a call can fail; in the last, Intercom does what it is told and the answer is lost on its way. */
const FAULTS = [429, 408, 500, 502, 503, 504, 'dropped', 'lost'] as const

export function openFaultProxy(
  emulator: Emulator,
  options: FaultProxyOptions
): { fetch: Emulator['fetch']; traffic: Traffic } {
  const { clock, limit, latencyMs = 0, costMs = 0, faults } = options
  const traffic: Traffic = {
    calls: 0,
    throttled: 0,
    faulty: 0,
    mostInFlight: 0,
    byOperation: new Map(),
    byWindow: new Map()
  }
  let inFlight = 0

  const answer = async (request: Request): Promise<Response> => {
    const window = (Math.floor(clock.now() / WINDOW_MS) + 1) * (WINDOW_MS / 1000)
    const used = (traffic.byWindow.get(window) ?? 0) + 1
    const headers = {
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(Math.max(0, limit - used)),
      'X-RateLimit-Reset': String(window)
    }
    if (used > limit) {
      traffic.throttled += 1
      return refuse(429, headers)
    }
    traffic.byWindow.set(window, used)
    const fault =
      faults && faults.random() < faults.share ? FAULTS[Math.floor(faults.random() * FAULTS.length)] : undefined
    if (fault !== undefined) traffic.faulty += 1
    if (typeof fault === 'number') return refuse(fault, headers)
    if (fault === 'dropped') throw new ConnectionDropped()
    const response = await emulator.fetch(request)
    if (fault === 'lost') throw new ConnectionDropped()
    const all = new Headers(response.headers)
    for (const [name, value] of Object.entries(headers)) all.set(name, value)
    return new Response(response.status === 204 ? null : await response.text(), {
      status: response.status,
      headers: all
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
  return { fetch, traffic }
}

function refuse(status: number, headers: Record<string, string>): Response {
  if (status === 502)
    return new Response('<html>Bad Gateway</html>', { status, headers: { 'Content-Type': 'text/html' } })
  const body = JSON.stringify({ type: 'error.list', errors: [{ code: 'fault', message: 'A fault of the bench' }] })
  return new Response(body, { status, headers: { ...headers, 'Content-Type': 'application/json' } })
}
