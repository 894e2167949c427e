import { MOST_EVENT_NAMES } from '../check/check-report'
import type { AttributeType, Loss } from '@intercom-destinations/intercom-cloud'
import { toLossAdvice, toOutcomeAdvice } from './advice'
import { findPlace } from './event-place'
import { GroupedCounts } from './grouped-counts'
import { MissingAttributes } from './missing-attributes'
import type { EventNames, Example, LossRow, OutcomeRow, Report, ReportResult, RetryRow, RunFacts } from './report'
import { TimeCounts } from './time-counts'

/** How many different event names are kept. */
const NAMES_KEPT = 1000
/** Code points of a value that are shown. */
const LONGEST_VALUE = 80
const OTHERS = 'others'

type Fields = Readonly<Record<string, unknown>>

/** The result of one mapping for one event. */
export interface ReportedRun {
  /** The name of the mapping. */
  readonly mapping: string
  readonly result: ReportResult
  /** Why it was not delivered, without values of the event. */
  readonly reason?: string | undefined
  readonly status?: number | undefined
  readonly losses: readonly Loss[]
  readonly doubtful: readonly Loss[]
  /** The name of the event that was sent to Intercom. */
  readonly eventName?: string | undefined
}

/** An event with its result. */
export interface SettledEvent {
  /** The event, in words such as `line 12`. */
  readonly at: string
  readonly event: Fields
  /** When it happened, in milliseconds since 1970. */
  readonly time: number | undefined
  readonly result: ReportResult
  /** Why no mapping ran. */
  readonly reason?: string | undefined
  /** What to do about it, where the report's own advice does not fit. */
  readonly advice?: string | undefined
  /** Whether it says that Intercom has it from its page, too. */
  readonly isCountedTwice?: boolean
  readonly runs: readonly ReportedRun[]
}

export interface FailedAttempt {
  readonly at: string
  /** Without values of the event. */
  readonly reason: string
  readonly status?: number | undefined
}

/** The rules of the destination. They are passed in, because its code does not run in a browser. */
export interface ReportRules {
  readonly toReasonText: (reason: Loss['reason']) => string
  /** The type with which Intercom would take an attribute of this name and value; `undefined` if the value has none. */
  readonly toAttributeType: (name: string, value: unknown) => AttributeType | undefined
}

export interface ReportOptions {
  readonly rules: ReportRules
  /** Whether one example value of each loss is kept. Values are personal data. */
  readonly values: boolean
}

type Outcome = Omit<OutcomeRow, 'count' | 'example'>
type LostField = Omit<LossRow, 'count' | 'example' | 'because' | 'advice' | 'reason'> & {
  readonly reason: Loss['reason']
}
type Retry = Omit<RetryRow, 'count' | 'example'>

const toSharedField = ({ mapping, reason }: LostField): LostField => ({ mapping, field: OTHERS, reason })

/**
 * Makes the report of a run from its settled events. Its memory does not grow with their number. It imports nothing of
 * Node, so it runs in a browser, too.
 */
export class ReportBuilder {
  readonly #rules: ReportRules
  readonly #values: boolean
  readonly #events: Record<ReportResult, number> = { delivered: 0, ignored: 0, rejected: 0, retry: 0 }
  readonly #outcomes = new GroupedCounts<Outcome, Example>((row) => ({ ...row, reason: OTHERS }))
  readonly #unreadable = new GroupedCounts<{ reason: string }, Example>(() => ({ reason: OTHERS }))
  readonly #retries = new GroupedCounts<Retry, Example>((row) => ({ ...row, reason: OTHERS }))
  readonly #losses = new GroupedCounts<LostField, Example>(toSharedField)
  readonly #doubtful = new GroupedCounts<LostField, Example>(toSharedField)
  readonly #attributes = new MissingAttributes()
  readonly #times = new TimeCounts()
  readonly #names = new Map<string, { name: string; count: number }>()
  readonly #operations = new Map<string, { count: number; refused: number }>()
  #isCut = false
  #countedTwice = 0

  constructor({ rules, values }: ReportOptions) {
    this.#rules = rules
    this.#values = values
  }

  settled({ at, event, time, result, reason, advice, isCountedTwice = false, runs }: SettledEvent): void {
    this.#events[result] += 1
    if (isCountedTwice) this.#countedTwice += 1
    this.#times.add(time, result)
    if (result !== 'delivered' && runs.length === 0) this.#addOutcome(at, { result, mapping: null, reason, advice })
    for (const run of runs) {
      if (run.result !== 'delivered') this.#addOutcome(at, run)
      if (run.eventName !== undefined) this.#addName(run.eventName)
      for (const loss of run.losses) this.#addLoss(this.#losses, at, event, run.mapping, loss)
      for (const loss of run.doubtful) this.#addLoss(this.#doubtful, at, event, run.mapping, loss)
    }
  }

  /** Counts a line that is no event. */
  unreadable(at: string, reason: string): void {
    this.#unreadable.add({ reason }, () => ({ at }))
  }

  /** Counts an attempt that failed for now. */
  failedAttempt({ at, reason, status }: FailedAttempt): void {
    this.#retries.add({ reason, status: status ?? null }, () => ({ at }))
  }

  /** `operation` without ids, such as `PUT /contacts/{id}`; `isRefused`: it was answered with an error. */
  request(operation: string, isRefused: boolean): void {
    const counts = this.#operations.get(operation) ?? { count: 0, refused: 0 }
    this.#operations.set(operation, counts)
    counts.count += 1
    if (isRefused) counts.refused += 1
  }

  build(facts: RunFacts): Report {
    const unreadableLines = this.#unreadable.list()
    const toLossRow = (row: LostField & Pick<LossRow, 'count' | 'example'>): LossRow => ({
      ...row,
      because: this.#rules.toReasonText(row.reason),
      advice: toLossAdvice(row.reason)
    })
    return {
      ...facts,
      events: { ...this.#events },
      countedTwice: this.#countedTwice,
      unreadable: unreadableLines.reduce((sum, { count }) => sum + count, 0),
      outcomes: this.#outcomes.list(),
      unreadableLines,
      retries: this.#retries.list(),
      losses: this.#losses.list().map(toLossRow),
      doubtful: this.#doubtful.list().map(toLossRow),
      attributes: this.#attributes.list(),
      eventNames: this.#eventNames(),
      overTime: this.#times.build(),
      requests: [...this.#operations]
        .map(([operation, counts]) => ({ operation, ...counts }))
        .sort((a, b) => b.count - a.count)
    }
  }

  #addOutcome(
    at: string,
    {
      result,
      mapping,
      reason = '',
      status,
      advice = result === 'delivered' ? '' : toOutcomeAdvice(result, status)
    }: Pick<ReportedRun, 'result' | 'reason' | 'status'> & Pick<SettledEvent, 'advice'> & { mapping: string | null }
  ): void {
    if (result === 'delivered') return
    this.#outcomes.add({ result, mapping, reason, status: status ?? null, advice }, () => ({ at }))
  }

  #addLoss(
    rows: GroupedCounts<LostField, Example>,
    at: string,
    event: Fields,
    mapping: string,
    { path, reason }: Loss
  ): void {
    rows.add({ mapping, field: path, reason }, () => this.#toExample(at, event, path))
    if (reason !== 'unknown-attribute') return
    const name = path.slice(path.lastIndexOf('custom_attributes.') + 'custom_attributes.'.length)
    this.#attributes.add(path, this.#rules.toAttributeType(name, findPlace(event, path)?.value))
  }

  #toExample(at: string, event: Fields, path: string): Example {
    const found = findPlace(event, path)
    if (!found) return { at }
    return { at, place: found.place, ...(this.#values ? { value: toShownValue(found.value) } : {}) }
  }

  #addName(name: string): void {
    const key = name.trim().toLowerCase()
    const row = this.#names.get(key)
    if (row) row.count += 1
    else if (this.#names.size < NAMES_KEPT) this.#names.set(key, { name, count: 1 })
    else this.#isCut = true
  }

  #eventNames(): EventNames {
    const names = [...this.#names.values()].map((row) => ({ ...row })).sort((a, b) => b.count - a.count)
    return { names, limit: MOST_EVENT_NAMES, isCut: this.#isCut }
  }
}

function toShownValue(value: unknown): string {
  const json = [...toJson(value).slice(0, 2 * (LONGEST_VALUE + 1))]
  return json.length > LONGEST_VALUE ? `${json.slice(0, LONGEST_VALUE).join('')}…` : json.join('')
}

/** A value that is nested too deeply for JSON is shown as an ellipsis. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return '…'
  }
}
