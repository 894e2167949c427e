import { isError, toPlainVerdict, type Run, type Settled } from '@intercom-destinations/delivery'
import type { Loss } from '@intercom-destinations/intercom-cloud'
import type { SegmentEvent } from '@segment/actions-core'
import type { Summary } from '../deliver/summary'
import type { ComparisonRun } from '../compare/comparison-run'
import { toLineText } from '../text/text-layout'
import { toReportHtml } from './html/report-html'
import type { Report, RunEnd, RunFacts } from './report'
import { ReportBuilder } from './report-builder'
import { REPORT_RULES, toFailedAttempt, toSettledEvent, toUnsentEvent } from './settled-event'

interface RunReportOptions {
  /** Whether one example value of each loss is kept. */
  readonly values: boolean
  /** When the run began, in milliseconds since 1970. */
  readonly now: number
  /** Where a line stands, in words; `line 12` by default. */
  readonly toAt?: (line: number) => string
  /** Gets the same events. */
  readonly comparison?: ComparisonRun | undefined
}

/** Records a delivery of lines for its report. */
export class RunReport {
  readonly #builder: ReportBuilder
  readonly #startedAt: number
  readonly #toAt: (line: number) => string
  readonly #comparison: ComparisonRun | undefined

  constructor({ values, now, comparison, toAt = toLineText }: RunReportOptions) {
    this.#toAt = toAt
    this.#comparison = comparison
    this.#builder = new ReportBuilder({ rules: REPORT_RULES, values })
    this.#startedAt = now
  }

  settled(line: number, event: SegmentEvent, { verdict, runs }: Settled, losses: readonly Loss[]): void {
    this.#builder.settled(toSettledEvent({ at: this.#toAt(line), event, verdict, runs, losses }))
    this.#comparison?.settled(line, event, verdict)
  }

  /** Resolves when the next line may be read. */
  async room(): Promise<void> {
    await this.#comparison?.room()
  }

  /** Records an event that no mapping takes, or that its integrations keep away. */
  notSent(line: number, event: SegmentEvent, isAllowed: boolean): void {
    const settled = toUnsentEvent(this.#toAt(line), event, isAllowed)
    this.#builder.settled(settled)
    this.#comparison?.settled(line, event, toPlainVerdict('ignored', settled.reason ?? ''))
  }

  unreadable(line: number, reason: string): void {
    this.#builder.unreadable(this.#toAt(line), reason)
  }

  attempt(line: number, event: SegmentEvent, run: Run): void {
    const failed = toFailedAttempt(this.#toAt(line), event, run)
    if (failed) this.#builder.failedAttempt(failed)
  }

  request(operation: string, status: number): void {
    this.#builder.request(operation, isError(status))
    this.#comparison?.request(operation, isError(status))
  }

  build(
    summary: Summary,
    more: Pick<RunFacts, 'source' | 'again' | 'createAttributes' | 'comparison'> & { readonly now: number }
  ): Report {
    const { now, ...facts } = more
    return this.#builder.build({
      ...facts,
      workspace: summary.workspace,
      playedBy: summary.playedBy,
      startedAt: new Date(this.#startedAt).toISOString(),
      endedAt: new Date(now).toISOString(),
      end: toEnd(summary),
      earlier: summary.lines.earlier,
      ...(summary.lines.earlier === 0 ? {} : { whole: summary.whole })
    })
  }

  toHtml(...facts: Parameters<RunReport['build']>): string {
    return toReportHtml(this.build(...facts))
  }
}

function toEnd({ complete, brokeOff, stoppedEarly }: Summary): RunEnd {
  if (brokeOff !== null) return { kind: 'broken-off', reason: brokeOff.reason }
  return complete || !stoppedEarly ? { kind: 'complete' } : { kind: 'stopped' }
}
