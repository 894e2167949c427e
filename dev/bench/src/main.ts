import { InjectedClock, systemClock } from './clock'
import { toMinimumCalls } from './minimum-calls'
import { toBatches, type Mode } from './batches'
import { seededRandom } from './random'
import { run, type Run } from './run'
import { FIRST_SECOND, toStream, type StreamEvent } from './stream'

const SEED = 20260821
const STREAM = { events: 2000, people: 310, companies: 40 }
const FAULTY_STREAM = { events: 10_000, people: 310, companies: 40 }
/** A sample is enough to time what is done one at a time: 2,000 events would take two minutes. */
const TIMED_EVENTS = 300
const MODES: readonly Mode[] = ['one at a time', 'batches', 'windows']
/** developers.intercom.com, rate limiting: 10,000 a minute, in slices of ten seconds. */
const ORDINARY_LIMIT = 1667
/** A development workspace's, as recorded (facts A7). */
const SMALL_LIMIT = 167
const SEARCH_LAG = 20
const LATENCY_MS = 50
const FAULT_SHARE = 0.1
/** What a call costs an injected clock; with it the small limit, not the calls' own time, is what binds. */
const CALL_MS = 5
/** Slow enough that an injected clock never shows more calls in a window than Intercom's ordinary limit. */
const UNLIMITED_CALL_MS = 10
const WINDOWS_MEASURED = 6

const stream = toStream(STREAM, seededRandom(SEED))
const startAt = (FIRST_SECOND + STREAM.events) * 1000

async function main(): Promise<void> {
  const calls = []
  for (const mode of MODES) calls.push({ mode, ...(await countCalls(mode)) })
  const latency = await timeLatency()
  const limit = await useLimit()
  const faults = []
  for (const mode of MODES) faults.push({ mode, ...(await endureFaults(mode)) })
  process.stdout.write(
    `${JSON.stringify({ seed: SEED, stream: STREAM, calls, latency, limit, faults }, undefined, 2)}\n`
  )
}

async function countCalls(mode: Mode) {
  const batches = toBatches(stream, mode)
  const minimum = toMinimumCalls(batches)
  const done = await run(batches, {
    clock: new InjectedClock(startAt),
    limit: Infinity,
    searchLag: SEARCH_LAG,
    costMs: UNLIMITED_CALL_MS
  })
  const { calls, byOperation } = done.traffic
  return {
    calls,
    callsPerEvent: round(calls / stream.length),
    floor: minimum,
    floorPerEvent: round(minimum.total / stream.length),
    aboveFloor: `${round((100 * (calls - minimum.total)) / minimum.total)} %`,
    operations: Object.fromEntries(byOperation),
    ...toResult(done, stream)
  }
}

async function timeLatency() {
  const sample = stream.slice(0, TIMED_EVENTS)
  const options = { clock: systemClock, limit: ORDINARY_LIMIT, searchLag: SEARCH_LAG, latencyMs: LATENCY_MS }
  const one = await run(toBatches(sample, 'one at a time'), options)
  const batches = await run(toBatches(stream, 'batches'), options)
  const windows = await run(toBatches(stream, 'windows'), options)
  const oneRate = sample.length / one.seconds
  const tell = (done: Run, events: readonly StreamEvent[]) => ({
    timesOneAtATime: round(events.length / done.seconds / oneRate),
    mostInFlight: done.traffic.mostInFlight,
    throttled: done.traffic.throttled,
    ...toResult(done, events)
  })
  return {
    latencyMs: LATENCY_MS,
    oneAtATime: tell(one, sample),
    batches: tell(batches, stream),
    windows: tell(windows, stream)
  }
}

async function useLimit() {
  const batches = toBatches(stream, 'batches')
  const clock = new InjectedClock(startAt)
  const done = await run(batches, { clock, limit: SMALL_LIMIT, searchLag: SEARCH_LAG, costMs: CALL_MS })
  const windows = [...done.traffic.byWindow.values()].slice(0, WINDOWS_MEASURED)
  const used = windows.reduce((sum, calls) => sum + calls, 0)
  return {
    limit: SMALL_LIMIT,
    windows,
    used: `${round((100 * used) / (SMALL_LIMIT * windows.length))} %`,
    throttled: done.traffic.throttled,
    ...toResult(done, stream)
  }
}

async function endureFaults(mode: Mode) {
  const many = toStream(FAULTY_STREAM, seededRandom(SEED + 1))
  const clock = new InjectedClock((FIRST_SECOND + many.length) * 1000)
  const faults = { share: FAULT_SHARE, random: seededRandom(SEED + 2) }
  const options = { clock, limit: Infinity, searchLag: SEARCH_LAG, costMs: UNLIMITED_CALL_MS, faults }
  const done = await run(toBatches(many, mode), options)
  return {
    events: many.length,
    calls: done.traffic.calls,
    faulty: done.traffic.faulty,
    redelivered: done.redelivered,
    ...toResult(done, many)
  }
}

function toResult({ delivered, failed, reasons, brokenRules, seconds }: Run, events: readonly StreamEvent[]) {
  return {
    delivered,
    failed,
    reasons,
    brokenRules: brokenRules.slice(0, 5),
    brokenRulesInAll: brokenRules.length,
    seconds: round(seconds),
    eventsPerSecond: round(events.length / seconds)
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

void main()
