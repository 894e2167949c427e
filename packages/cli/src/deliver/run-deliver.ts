import { systemClock, type Subscription } from '@intercom-destinations/delivery'
import type { StateStore } from '@intercom-destinations/intercom-cloud'
import type { DeliverArguments } from '../command/command'
import { confirm } from '../command/confirmation'
import { connectIntercom, type ConnectedTarget } from '../target/connected-intercom'
import { deliver } from './deliver'
import { DiskError } from './disk-error'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { EXIT_CODES } from '../command/exit-codes'
import { chooseDeadLetterPaths, DeadLetterFile, rewind } from './dead-letter-file'
import type { Interruption } from '../command/interruption'
import type { ComparisonRun } from '../compare/comparison-run'
import { finishComparison, openComparison, toComparisonJson } from '../compare/deliver-comparison'
import { toComparisonText } from '../compare/comparison-text'
import { Journal, toJournalPath, type Past } from './journal'
import { Checkpoint } from './checkpoint'
import { readGivenFiles } from '../input/given-files'
import { openSource, type Source } from '../input/open-source'
import { printable, toPrintableJson } from '../text/printable'
import { createProgressDisplay } from './progress-display'
import { toRequestText } from '../text/request-text'
import type { ProcessIo } from '../command/process-io'
import { toPlaceOf } from '../input/places'
import { findChange } from '../input/find-change'
import { exitCodeOf, holdsNoEvents } from './exit-code'
import type { Summary } from './summary'
import { toSummaryText } from './summary-text'
import { openState } from '../target/shared-state'
import { checkReportOptions, writeReport } from '../report/deliver-report'
import { RunReport } from '../report/run-report'
import type { Target } from '../target/target'
import { checkWorkspaceOption, toConnection, toTargetChoice } from '../command/target-choice'
import { UsageError } from '../command/usage-error'

/** Runs the command `deliver`. */
export async function runDeliver(args: DeliverArguments, io: ProcessIo): Promise<void> {
  const interruption = io.watch('Stopping after the events in flight. Press Ctrl-C again to stop at once.')
  try {
    await run(args, io, interruption)
  } finally {
    interruption.release()
  }
}

async function run(args: DeliverArguments, io: ProcessIo, interruption: Interruption): Promise<void> {
  const choice = toTargetChoice(args.to)
  checkReportOptions(args)
  checkWorkspaceOption(args.workspace, choice.kind === 'embedded' || args.dryRun)
  if (args.state !== undefined && (choice.kind === 'embedded' || args.dryRun)) {
    throw new UsageError(
      '--state belongs to a delivery --to intercom or an address; the built-in emulator is not shared.'
    )
  }
  const { subscriptions, workspace } = await readGivenFiles(args, io.report)
  const source = await openSource(args.files, io.stdin, interruption.signal)
  for (const one of source.leftOut) io.report(one)
  try {
    if (args.dryRun) {
      await dryRun(args, io, { source, subscriptions, interruption, target: await openEmbeddedIntercom(workspace) })
      return
    }
    if (choice.kind === 'embedded') {
      io.report(`Delivering ${source.label} to the built-in Intercom emulator.\nNothing leaves this computer.`)
      const target = await openEmbeddedIntercom(workspace)
      const comparison = await openComparison(args, {
        workspace,
        subscriptions,
        target,
        toAt: toPlaceOf(source.places)
      })
      // A listening server would keep the process running when there is a mistake to report.
      await deliverRecorded(args, io, { source, subscriptions, interruption, target, comparison }).finally(async () => {
        await comparison?.close()
        await target.close()
      })
      return
    }
    const connection = toConnection(choice, args.region, io.env)
    if (choice.kind === 'address') {
      const target = await connectIntercom(connection)
      io.report(`Delivering ${source.label} to ${printable(target.workspace)}, emulated at ${choice.address}.`)
      await deliverShared(args, io, { source, subscriptions, interruption, target, connected: target })
      return
    }
    const target = await connectIntercom(connection)
    const who = `the Intercom workspace ${printable(target.workspace)} (region ${target.region})`
    io.report(`${source.label} is to be delivered to ${who}.`)
    if (!args.yes) {
      const terminal = { input: io.stdin, output: io.stderr }
      await confirm('Write these events to this workspace?', terminal, interruption.signal)
    }
    await deliverShared(args, io, { source, subscriptions, interruption, target, connected: target })
  } finally {
    source.close()
  }
}

/** What a delivery needs beside its arguments. */
interface DeliveryContext {
  readonly source: Source
  readonly subscriptions: readonly Subscription[] | undefined
  readonly interruption: Interruption
  readonly target: Target
  readonly connected?: ConnectedTarget
  readonly comparison?: ComparisonRun | undefined
  readonly state?: StateStore
}

/** Delivers with what other processes know, if they share it. */
async function deliverShared(args: DeliverArguments, io: ProcessIo, context: DeliveryContext): Promise<void> {
  const url = args.state ?? io.env.INTERCOM_STATE?.trim() ?? ''
  if (url === '') return deliverRecorded(args, io, context)
  const state = await openState(url, io.report)
  return deliverRecorded(args, io, { ...context, state }).finally(() => state.close())
}

/** Delivers with a journal and files of failed lines. */
async function deliverRecorded(args: DeliverArguments, io: ProcessIo, context: DeliveryContext): Promise<void> {
  const { source, subscriptions, connected } = context
  const opened =
    connected === undefined || source.hash === undefined
      ? undefined
      : await Journal.open(
          toJournalPath(
            { hash: source.hash, mapping: subscriptions?.map(({ row }) => row) ?? null, target: connected.id },
            io.env
          ),
          args
        )
  const { journal, past } = opened ?? {}
  if (journal && past?.finishedAt !== undefined) {
    journal.close()
    const { delivered, failed } = past.counts
    io.report(
      `${source.label} was delivered there to its end at ${past.finishedAt}: ${delivered} delivered, ${failed} failed.\nNothing is left to do. --restart delivers it once more. Journal: ${journal.path}`
    )
    if (args.json) io.print(`${toPrintableJson({ ...past.counts, finishedAt: past.finishedAt })}\n`)
    io.setExitCode(failed > 0 ? EXIT_CODES.someRejected : EXIT_CODES.delivered)
    return
  }
  const { files, isContinued } = chooseFailedFiles(args.failed, source.base, past?.failed, () => journal?.close())
  if (journal && past) {
    const { delivered, failed, nothingToDeliver } = past.counts
    const earlier = delivered + failed + nothingToDeliver
    if (earlier > 0) io.report(`Continuing where an earlier run stopped: ${earlier} lines are done.`)
    io.report(`Journal: ${journal.path}`)
  }
  const deadLetters = new DeadLetterFile(files, isContinued)
  const checkpoint = new Checkpoint({
    deadLetters,
    journal,
    done: past?.done,
    places: source.places,
    now: systemClock.now
  })
  const problems = new Set<string>()
  const report = new RunReport({
    values: args.reportValues,
    now: systemClock.now(),
    comparison: context.comparison,
    toAt: toPlaceOf(source.places)
  })
  try {
    const summary = await deliverWithProgress(args, io, context, { checkpoint, report, earlier: past?.counts })
    const compared = await finishComparison(context.comparison)
    if (compared.problem !== undefined) problems.add(compared.problem)
    const change = await findChange(source)
    if (summary.complete && change === undefined) collect(problems, () => checkpoint.finished())
    const more = { failed: deadLetters.isOpen ? files : null, journal: journal?.path ?? null }
    printSummary(args, io, summary, { ...more, ...toComparisonJson(compared) })
    if (!args.json && compared.comparison) io.print(`\n${toComparisonText(compared.comparison)}\n`)
    if (change !== undefined && summary.brokeOff === null) io.report(change.message)
    if (deadLetters.isOpen) io.report(`Failed lines: ${files.lines}\nTheir reasons: ${files.reasons}`)
    // Those of an earlier part are sent again by the same command.
    const failed = deadLetters.isOpen || isContinued ? files.lines : undefined
    collect(problems, () => writeReport(args, io, report, { ...compared, summary, source: source.label, failed }))
    if (!summary.complete) reportHowToContinue(io, context, checkpoint, journal !== undefined)
    collect(problems, () => checkpoint.close())
    problems.delete(summary.brokeOff?.reason ?? '')
    if (holdsNoEvents(summary)) io.report(`${source.label} holds no events.`)
    const isFine = change === undefined && problems.size === 0 && !source.isIncomplete
    const code = isFine ? exitCodeOf(summary) : EXIT_CODES.someRejected
    io.setExitCode(context.interruption.code() ?? code)
  } finally {
    collect(problems, () => checkpoint.close())
    for (const problem of problems) io.report(problem)
  }
}

/** Collects a disk error after the last line, so that the summary is still printed. */
function collect(problems: Set<string>, write: () => void): void {
  try {
    write()
  } catch (error) {
    if (!(error instanceof DiskError)) throw error
    problems.add(error.message)
  }
}

function reportHowToContinue(
  { report }: ProcessIo,
  { connected }: DeliveryContext,
  checkpoint: Checkpoint,
  hasJournal: boolean
): void {
  if (hasJournal) report('The same command continues from here.')
  else if (connected) report(`All lines up to ${checkpoint.settledUpTo} are dealt with. Pipe those after it in again.`)
}

/** The files of the run that is continued, or new ones. */
function chooseFailedFiles(
  failed: string | undefined,
  base: string | undefined,
  earlier: Past['failed'],
  close: () => void
) {
  try {
    if (earlier !== undefined && (failed ?? earlier.files.lines) === earlier.files.lines) {
      rewind(earlier.files, earlier.sizes)
      return { files: earlier.files, isContinued: true }
    }
    return { files: chooseDeadLetterPaths(failed, base), isContinued: false }
  } catch (error) {
    close()
    throw error instanceof DiskError ? new UsageError(error.message) : error
  }
}

async function deliverWithProgress(
  args: DeliverArguments,
  { stderr }: ProcessIo,
  { source, subscriptions, interruption: { signal }, target, state }: DeliveryContext,
  records: {
    readonly checkpoint: Checkpoint
    readonly report: RunReport
    readonly earlier: Past['counts'] | undefined
  }
): Promise<Summary> {
  const display = createProgressDisplay({ stream: stderr, totalBytes: source.totalBytes, now: systemClock.now })
  signal.addEventListener('abort', display.stop)
  return deliver({
    source,
    subscriptions,
    signal,
    limit: args.limit,
    concurrency: args.concurrency,
    onProgress: display.update,
    onWait: display.wait,
    checkpoint: records.checkpoint,
    state,
    earlier: records.earlier,
    ...((args.report ?? args.compare) ? { report: records.report } : {}),
    openTarget: () => Promise.resolve(target)
  }).finally(display.stop)
}

function printSummary(
  { json }: DeliverArguments,
  { stdout, env, print }: ProcessIo,
  summary: Summary,
  more: object
): void {
  const styled = stdout.isTTY === true && !env.NO_COLOR
  print(json ? `${toPrintableJson({ ...summary, ...more })}\n` : `\n${toSummaryText(summary, { styled })}\n`)
}

/** Prints the requests in the order of the file, and so delivers one event at a time. */
async function dryRun({ json, limit }: DeliverArguments, io: ProcessIo, context: DeliveryContext): Promise<void> {
  const { source, subscriptions, interruption, target } = context
  io.report(`What delivering ${source.label} would send to a workspace that answers as the built-in emulator does:`)
  const summary = await deliver({
    source,
    subscriptions,
    signal: interruption.signal,
    limit,
    concurrency: 1,
    onRequest: (request, line) => {
      io.print(toRequestText(request, source.places.of(line), { json }))
    },
    openTarget: () => Promise.resolve(target)
  })
  const { delivered, rejected, notForIntercom } = summary.events
  io.report(
    `${summary.requests.total} requests for ${delivered} events; ${rejected} would be rejected, ${notForIntercom} are not for Intercom, ${summary.lines.unreadable} lines cannot be read. Nothing was delivered.`
  )
  if (summary.brokeOff) io.report(printable(summary.brokeOff.reason))
  io.setExitCode(interruption.code() ?? exitCodeOf(summary))
}
