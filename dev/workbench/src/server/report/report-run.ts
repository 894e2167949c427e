import { REPORT_RULES, ReportBuilder, type Report, type RunEnd, type SettledEvent } from '@intercom-destinations/cli'
import type { ReportCard, RunEnding } from '../../contract'

/** Failed events are kept, so that they can be sent again after the event list has forgotten them. */
const MOST_FAILED = 10_000
const MOST_FAILED_LETTERS = 10_000_000

export interface RunOptions {
  readonly id: string
  readonly title: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Whether events may come in until it is ended. */
  readonly isOpen: boolean
}

/** What is counted for one report: of all events, or of those of some files. Its memory does not grow with their number. */
export class ReportRun {
  readonly id: string
  readonly title: string
  readonly builder = new ReportBuilder({ rules: REPORT_RULES, values: false })
  /** The failed events as JSON, by their ids. */
  readonly failed = new Map<string, string>()
  readonly #startedAt: number
  #failedLetters = 0
  #notKept = 0
  #all = 0
  #settled = 0
  #lastAt: number
  #ending: RunEnding | undefined

  constructor({ id, title, startedAt, isOpen }: RunOptions) {
    this.id = id
    this.title = title
    this.#startedAt = startedAt
    this.#lastAt = startedAt
    this.#ending = isOpen ? undefined : { kind: 'complete', reason: '' }
  }

  get card(): ReportCard {
    const { id, title } = this
    return { id, title, all: this.#all, settled: this.#settled, failed: this.failed.size, notKept: this.#notKept }
  }

  submitted(): void {
    this.#all += 1
  }

  /** An event is dropped unsettled. */
  forgotten(): void {
    this.#all -= 1
  }

  settled(settled: SettledEvent, now: number): void {
    this.#settled += 1
    this.#lastAt = now
    this.builder.settled(settled)
  }

  keepFailed(eventId: string, text: string): void {
    if (this.failed.size >= MOST_FAILED || this.#failedLetters + text.length > MOST_FAILED_LETTERS) {
      this.#notKept += 1
      return
    }
    this.failed.set(eventId, text)
    this.#failedLetters += text.length
  }

  dropFailed(eventId: string): void {
    this.#failedLetters -= this.failed.get(eventId)?.length ?? 0
    this.failed.delete(eventId)
  }

  end(ending: RunEnding): void {
    this.#ending = ending
  }

  build(workspace: Pick<Report, 'workspace' | 'playedBy'>): Report {
    return this.builder.build({
      ...workspace,
      source: this.title,
      startedAt: new Date(this.#startedAt).toISOString(),
      endedAt: new Date(this.#lastAt).toISOString(),
      end: this.#toEnd(),
      ...{ earlier: 0, again: null, createAttributes: null, comparison: null }
    })
  }

  #toEnd(): RunEnd {
    const ending = this.#ending
    if (ending === undefined || this.#settled < this.#all)
      return { kind: 'under-way', settled: this.#settled, events: this.#all }
    return ending.kind === 'broken-off' ? { kind: ending.kind, reason: ending.reason } : { kind: ending.kind }
  }
}
