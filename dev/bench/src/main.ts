import { InjectedClock, systemClock } from './clock'
import { toMinimumCalls } from './minimum-calls'
import { toBatches, type Mode } from './batches'
import { seededRandom } from './random'
import { run, type Run } from './run'
import { FIRST_SECOND, toStream, type StreamEvent } from './stream'

const SEED = 20260821
const STREAM = { events: 2000, people: 310, companies: 40 }
/** Group calls on every page load: in a measured stream 220 of 257 repeated what the company had. */
const REPEATING_STREAM = { events: 2000, people: 310, companies: 37, companyChanges: 0.02, groupShare: 0.16 }
const FAULTY_STREAM = { events: 10_000, people: 310, companies: 40 }
/** One event at a time is measured on a sample: 2,000 events would take two minutes. */
const TIMED_EVENTS = 300
const MODES: readonly Mode[] = ['one at a time', 'batches', 'windows']
/** docs/intercom.md, Rate limits and retries: 10,000 calls a minute, counted in windows of ten seconds. */
const ORDINARY_LIMIT = 1667
/** The limit of a development workspace, as recorded. */
const SMALL_LIMIT = 167
const SEARCH_LAG = 20
const LATENCY_MS = 50
const FAULT_SHARE = 0.1
/** How long a call takes on an injected clock: short enough that the small limit decides the duration. */
const CALL_MS = 5
/** How long a call takes on an injected clock in a run without a limit. */
const UNLIMITED_CALL_MS = 10
const WINDOWS_MEASURED = 6

const stream = toStream(STREAM, seededRandom(SEED))
const repeating = toStream(REPEATING_STREAM, seededRandom(SEED))
const startAt = (FIRST_SECOND + STREAM.events) * 1000

async function main(): Promise<void> {
  const calls = []
  for (const mode of MODES) calls.push({ mode, ...(await countCalls(stream, mode)) })
  const repeatingCalls = []
  for (const unchangedValues of ['skip', 'send'] as const) {
    for (const mode of MODES)
      repeatingCalls.push({ mode, unchangedValues, ...(await countCalls(repeating, mode, unchangedValues)) })
  }
  const latency = await measureLatency()
  const limit = await measureLimit()
  const faults = []
  for (const mode of MODES) faults.push({ mode, ...(await countFaults(mode)) })
  process.stdout.write(
    `${JSON.stringify(
      {
        seed: SEED,
        stream: STREAM,
        calls,
        repeatingStream: { ...REPEATING_STREAM, ...countRepeats(repeating) },
        repeatingCalls,
        latency,
        limit,
        faults
      },
      undefined,
      2
    )}\n`
  )
}

/** Group calls, and how many of them repeat the values of the one before for their company. */
function countRepeats(events: readonly StreamEvent[]) {
  const groups = events.filter(({ kind }) => kind === 'group')
  return {
    groups: groups.length,
    repeats: groups.length - toMinimumCalls(toBatches(groups, 'one at a time')).companies
  }
}

async function countCalls(events: readonly StreamEvent[], mode: Mode, unchangedValues: 'skip' | 'send' = 'skip') {
  const batches = toBatches(events, mode)
  const minimum = toMinimumCalls(batches, unchangedValues)
  const result = await run(batches, {
    clock: new InjectedClock(startAt),
    limit: Infinity,
    searchLag: SEARCH_LAG,
    costMs: UNLIMITED_CALL_MS,
    unchangedValues
  })
  const { calls, byOperation } = result.traffic
  return {
    calls,
    callsPerEvent: round(calls / events.length),
    minimum,
    minimumPerEvent: round(minimum.total / events.length),
    aboveMinimum: `${round((100 * (calls - minimum.total)) / minimum.total)} %`,
    operations: Object.fromEntries(byOperation),
    ...toResult(result, events)
  }
}

async function measureLatency() {
  const sample = stream.slice(0, TIMED_EVENTS)
  const options = { clock: systemClock, limit: ORDINARY_LIMIT, searchLag: SEARCH_LAG, latencyMs: LATENCY_MS }
  const one = await run(toBatches(sample, 'one at a time'), options)
  const batches = await run(toBatches(stream, 'batches'), options)
  const windows = await run(toBatches(stream, 'windows'), options)
  const oneRate = sample.length / one.seconds
  const toTiming = (result: Run, events: readonly StreamEvent[]) => ({
    timesOneAtATime: round(events.length / result.seconds / oneRate),
    mostInFlight: result.traffic.mostInFlight,
    throttled: result.traffic.throttled,
    ...toResult(result, events)
  })
  return {
    latencyMs: LATENCY_MS,
    oneAtATime: toTiming(one, sample),
    batches: toTiming(batches, stream),
    windows: toTiming(windows, stream)
  }
}

async function measureLimit() {
  const batches = toBatches(stream, 'batches')
  const clock = new InjectedClock(startAt)
  const result = await run(batches, { clock, limit: SMALL_LIMIT, searchLag: SEARCH_LAG, costMs: CALL_MS })
  const windows = [...result.traffic.byWindow.values()].slice(0, WINDOWS_MEASURED)
  const used = windows.reduce((sum, calls) => sum + calls, 0)
  return {
    limit: SMALL_LIMIT,
    windows,
    used: `${round((100 * used) / (SMALL_LIMIT * windows.length))} %`,
    throttled: result.traffic.throttled,
    ...toResult(result, stream)
  }
}

async function countFaults(mode: Mode) {
  const events = toStream(FAULTY_STREAM, seededRandom(SEED + 1))
  const clock = new InjectedClock((FIRST_SECOND + events.length) * 1000)
  const faults = { share: FAULT_SHARE, random: seededRandom(SEED + 2) }
  const options = { clock, limit: Infinity, searchLag: SEARCH_LAG, costMs: UNLIMITED_CALL_MS, faults }
  const result = await run(toBatches(events, mode), options)
  return {
    events: events.length,
    calls: result.traffic.calls,
    faulty: result.traffic.faulty,
    redelivered: result.redelivered,
    ...toResult(result, events)
  }
}

function toResult({ delivered, failed, reasons, brokenRules, seconds }: Run, events: readonly StreamEvent[]) {
  return {
    delivered,
    failed,
    reasons,
    brokenRules: brokenRules.slice(0, 5),
    brokenRulesTotal: brokenRules.length,
    seconds: round(seconds),
    eventsPerSecond: round(events.length / seconds)
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

void main()
