import { createEmulator, serve } from '@intercom-destinations/emulator'
import { setTimeout } from 'node:timers/promises'
import { systemClock } from '../clock'
import { openFaultProxy, type FaultProxyOptions } from '../fault-proxy'
import { seededRandom, type Random } from '../random'
import { toFleetFaults, type FleetFaults } from './fleet-check'
import { emailOf, toFleetStream } from './fleet-stream'
import type { Dealt, FleetWorker, Settled } from './fleet-worker'

export interface FleetOptions {
  events: number
  people: number
  companies: number
  /** Makes the processes, which reach Intercom at this address. */
  openWorkers: (restHost: string) => Promise<FleetWorker[]> | FleetWorker[]
  /** The share of calls that fail; by default none. */
  faultShare?: number
  /** Calls that Intercom carries out later than any lock lasts. */
  late?: { share: number; milliseconds: number }
  /** Calls in ten seconds; no limit by default. */
  limit?: number
  /** The share of events that arrive a second time, at any process. */
  redeliveredShare?: number
  seed?: number
}

export interface FleetResult extends FleetFaults {
  events: number
  seconds: number
  callsPerEvent: number
  /** Calls answered with 429 because the window was used up. */
  throttled: number
  /** Events that went back to the queue, each time counted. */
  retried: number
  rejected: number
  /**
   * People whose creation as a lead had no answer. Their events wait five minutes, until the search can tell; the run does
   * not wait so long, and leaves them out of the check.
   */
  uncertain: number
  /** Why events were rejected, with how many. */
  reasons: Record<string, number>
}

type Tally = Pick<FleetResult, 'retried' | 'rejected' | 'reasons'>

/** How the reason begins of an event that waits for the search. */
const UNCERTAIN_LEAD = 'Intercom may have created this lead'
/** After so many retries an event that waits for the search is set aside. */
const UNCERTAIN_RETRIES = 10

const ATTRIBUTES = [{ name: 'plan', data_type: 'string' }] as const
const SEED = 20261129
const SEARCH_LAG = 20
/** How many events a process takes from its queue at once. */
const EVENTS_AT_ONCE = 50
/** A queue gives an event back after this time, in milliseconds. */
const RETRY_MS = 500
const MOST_RETRIES = 200
/** What the events are spread over, and a little more, so that all are in the past. */
const SECONDS_BACK = 310

/** An event of a process's queue. */
interface Queued extends Dealt {
  retries: number
  /** Milliseconds. */
  notBefore: number
}

/** Deals a shuffled stream to several processes until every event is settled, and checks what Intercom holds then. */
export async function runFleet(options: FleetOptions): Promise<FleetResult> {
  const { faultShare = 0, late, redeliveredShare = 0, seed = SEED, limit = Infinity } = options
  const random = seededRandom(seed)
  const stream = toFleetStream({ ...options, from: Math.floor(Date.now() / 1000) - SECONDS_BACK }, random)
  const emulator = createEmulator({
    searchLag: SEARCH_LAG,
    keptRequests: 0,
    contactAttributes: ATTRIBUTES,
    rateLimit: Infinity
  })
  const proxyOptions: FaultProxyOptions = {
    clock: systemClock,
    limit,
    ...(faultShare > 0 ? { faults: { share: faultShare, random: seededRandom(seed + 1), retryAfterSeconds: 1 } } : {}),
    ...(late ? { late: { ...late, random: seededRandom(seed + 2) } } : {})
  }
  const { fetch, traffic, landed } = openFaultProxy(emulator, proxyOptions)
  const { url, close } = await serve({ ...emulator, fetch })
  const workers = await options.openWorkers(url)
  const tally: Tally = { retried: 0, rejected: 0, reasons: {} }
  const startedAt = performance.now()
  try {
    const indexes = stream.flatMap((_, index) => (random() < redeliveredShare ? [index, index] : [index]))
    const queues: Queued[][] = workers.map(() => [])
    for (const index of shuffled(indexes, random))
      pick(queues, random).push({ index, json: stream[index]?.json ?? {}, retries: 0, notBefore: 0 })
    const inWork = new Set<Queued[]>()
    const uncertain = new Set<number>()
    const personOf = (index: number) => stream[index]?.person ?? 0
    await Promise.all(
      workers.map((worker, place) =>
        work(worker, queues, queues[place] ?? [], { random, tally, inWork, uncertain, personOf })
      )
    )
    const seconds = (performance.now() - startedAt) / 1000
    await landed()
    return {
      events: indexes.length,
      seconds: round(seconds),
      callsPerEvent: round(traffic.calls / indexes.length),
      throttled: traffic.throttled,
      ...tally,
      uncertain: uncertain.size,
      ...toFleetFaults(
        emulator.state,
        stream.filter(({ person }) => !uncertain.has(person)),
        (email) => [...uncertain].some((person) => email === emailOf(person))
      )
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.close()))
    await close()
  }
}

/** Works off one queue. What fails for now goes to the queue of any process. */
async function work(
  worker: FleetWorker,
  queues: Queued[][],
  own: Queued[],
  {
    random,
    tally,
    inWork,
    uncertain,
    personOf
  }: {
    random: Random
    tally: Tally
    /** Queues whose process is at work, so that more events may come from it. */
    inWork: Set<Queued[]>
    /** The people whose events are set aside. */
    uncertain: Set<number>
    personOf: (index: number) => number
  }
): Promise<void> {
  while (queues.some((queue) => queue.length > 0 || inWork.has(queue))) {
    const due = own.filter(({ notBefore }) => notBefore <= Date.now()).slice(0, EVENTS_AT_ONCE)
    if (due.length === 0) {
      await setTimeout(20)
      continue
    }
    own.splice(0, own.length, ...own.filter((queued) => !due.includes(queued)))
    inWork.add(own)
    const settled = await worker.deliver(due)
    for (const [place, verdict] of settled.entries()) {
      const queued = due[place]
      const person = personOf(verdict.index)
      if (queued && verdict.reason.startsWith(UNCERTAIN_LEAD) && queued.retries >= UNCERTAIN_RETRIES)
        uncertain.add(person)
      if (uncertain.has(person) && verdict.status === 'retry') continue
      if (queued && isToBeRetried(verdict, queued)) {
        tally.retried += 1
        const notBefore = Date.now() + Math.max(RETRY_MS, verdict.retryAfterMs)
        pick(queues, random).push({ ...queued, retries: queued.retries + 1, notBefore })
      } else if (verdict.status === 'rejected' || verdict.status === 'retry') {
        tally.rejected += 1
        count(tally.reasons, verdict.reason)
      }
    }
    inWork.delete(own)
  }
}

function isToBeRetried({ status }: Settled, { retries }: Queued): boolean {
  return status === 'retry' && retries < MOST_RETRIES
}

function count(reasons: Record<string, number>, reason: string): void {
  reasons[reason] = (reasons[reason] ?? 0) + 1
}

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('There is none.')
  return item
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const list = [...items]
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const moved = list.splice(other, 1)
    list.splice(last, 0, ...moved)
  }
  return list
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
