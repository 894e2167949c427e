import { systemClock } from '@intercom-destinations/delivery'
import type { DeliverArguments } from '../command/command'
import type { ProcessIo } from '../command/process-io'
import { UsageError } from '../command/usage-error'
import type { Summary } from '../deliver/summary'
import type { Comparison } from './comparison'
import { toCreateAttributes, toSendAgain } from './next-commands'
import { checkReportFile, writeReportFile } from './report-file'
import type { RunReport } from './run-report'

/** Refuses options that could not be followed, before anything is delivered. */
export function checkReportOptions({ report, compare, to, dryRun }: DeliverArguments): void {
  if (compare !== undefined && (dryRun || to !== 'emulator')) {
    throw new UsageError(
      '--compare belongs to the built-in emulator: two destinations must not write to one workspace.'
    )
  }
  if (report === undefined) return
  if (dryRun) throw new UsageError('--report needs a delivery. Without --to, it goes to the built-in emulator.')
  checkReportFile(report)
}

interface ReportedDelivery {
  readonly summary: Summary
  /** The name of the input. */
  readonly source: string
  /** The file of failed lines. */
  readonly failed: string | undefined
  readonly comparison: Comparison | null
}

/** Writes the report that the arguments ask for, if any. Throws a `DiskError`. */
export function writeReport(
  args: DeliverArguments,
  io: ProcessIo,
  report: RunReport,
  { summary, source, failed, comparison }: ReportedDelivery
): void {
  if (args.report === undefined) return
  const page = report.toHtml(summary, {
    source,
    again: failed === undefined ? null : { file: failed, command: toSendAgain(failed, args) },
    createAttributes: toCreateAttributes(args.files, args),
    comparison,
    now: systemClock.now()
  })
  writeReportFile(args.report, page)
  io.report(`Report: ${args.report}`)
}
