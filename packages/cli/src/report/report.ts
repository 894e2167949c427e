import type { AttributeType } from '@intercom-destinations/intercom-cloud'
import type { EarlierCounts } from '../deliver/summary'
import type { Comparison } from './comparison'

/** What became of an event: `retry` is an event that failed for now and was given up. */
export type ReportResult = 'delivered' | 'ignored' | 'rejected' | 'retry'

export const REPORT_RESULTS = ['delivered', 'ignored', 'rejected', 'retry'] as const satisfies readonly ReportResult[]

/** The first occurrence of what a row counts. */
export interface Example {
  /** The event, in words such as `line 12`. */
  readonly at: string
  /** The place in the event, such as `traits.address`; absent when the event shows none. */
  readonly place?: string
  /** The value as JSON, shortened; only in a report with values. */
  readonly value?: string
}

interface Counted {
  readonly count: number
  readonly example: Example
}

/** Events that ended alike. */
export interface OutcomeRow extends Counted {
  readonly result: Exclude<ReportResult, 'delivered'>
  /** The name of the mapping; `null` when no mapping ran. */
  readonly mapping: string | null
  readonly reason: string
  readonly status: number | null
  /** What to do. */
  readonly advice: string
}

/** Attempts that failed for now, whatever became of their events later. */
export interface RetryRow extends Counted {
  readonly reason: string
  readonly status: number | null
}

/** Values that were left out, or, among the doubtful ones, sent although Intercom may ignore or change them. */
export interface LossRow extends Counted {
  readonly mapping: string
  /** In Intercom's names: `custom_attributes.address`. */
  readonly field: string
  /** The key of the reason. */
  readonly reason: string
  /** The reason as text. */
  readonly because: string
  /** What to do. */
  readonly advice: string
}

/** A line that is no event. */
export interface UnreadableRow extends Counted {
  readonly reason: string
}

/** A custom attribute that the workspace lacks. */
export interface AttributeRow {
  readonly model: 'contact' | 'company'
  readonly name: string
  /** One of Intercom's types that takes every value: `string`, `float`, `boolean`, `date` or `datetime`. */
  readonly type: AttributeType
  /** How often a value of it was left out. */
  readonly count: number
}

export interface EventNames {
  /** The most frequent first. */
  readonly names: readonly { readonly name: string; readonly count: number }[]
  /** How many a workspace may have. */
  readonly limit: number
  /** Whether there were more names than are listed. */
  readonly isCut: boolean
}

/** Counts of the events that happened within one span of time. */
export type TimeBucket = Readonly<Record<ReportResult, number>> & {
  /** Milliseconds since 1970. */
  readonly start: number
}

export interface OverTime {
  /** How long each span is, in milliseconds. */
  readonly widthMs: number
  /** In order; spans without events are absent. */
  readonly buckets: readonly TimeBucket[]
  /** Events without a readable time, or too far from the others. */
  readonly elsewhere: number
}

/** How the failed events are sent again. */
export interface SendAgain {
  /** A command for the shell. */
  readonly command: string
  /** The file of failed lines. */
  readonly file: string
}

export type RunEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'broken-off'; readonly reason: string }
  /** For a host that shows it meanwhile. */
  | { readonly kind: 'under-way'; readonly settled: number; readonly events: number }

/** What is known about a run beside its events. */
export interface RunFacts {
  /** The name of the file or files. */
  readonly source: string
  readonly workspace: string
  /** The emulator, in words; `null` for Intercom itself. */
  readonly playedBy: string | null
  /** ISO 8601. */
  readonly startedAt: string
  readonly endedAt: string
  readonly end: RunEnd
  /** Lines that earlier parts of the run have settled. Everything beside `whole` is about this part alone. */
  readonly earlier: number
  /** The counts of all parts of a run that was continued, as its journal has them. */
  readonly whole?: EarlierCounts
  readonly again: SendAgain | null
  /** A command that creates the missing attributes. */
  readonly createAttributes: string | null
  readonly comparison: Comparison | null
}

/** The result of a run as plain JSON. It contains no values of events, unless they were asked for. */
export interface Report extends RunFacts {
  readonly events: Readonly<Record<ReportResult, number>>
  /** How many of them say that the web destination of their page has sent them as well. */
  readonly countedTwice: number
  readonly unreadable: number
  readonly outcomes: readonly OutcomeRow[]
  readonly unreadableLines: readonly UnreadableRow[]
  readonly retries: readonly RetryRow[]
  readonly losses: readonly LossRow[]
  readonly doubtful: readonly LossRow[]
  readonly attributes: readonly AttributeRow[]
  readonly eventNames: EventNames
  readonly overTime: OverTime
  readonly requests: readonly { readonly operation: string; readonly count: number; readonly refused: number }[]
}
