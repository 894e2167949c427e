import { systemClock, type Subscription } from '@intercom-destinations/delivery'
import type { DeliverArguments } from '../command/command'
import { confirm } from '../command/confirmation'
import { connectIntercom, type ConnectedTarget } from '../target/connected-intercom'
import { deliver } from './deliver'
import { DiskError } from './disk-error'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { EXIT_CODES } from '../command/exit-codes'
import { chooseDeadLetterPaths, DeadLetterFile, rewind } from './dead-letter-file'
import type { Interruption } from '../command/interruption'
import { Journal, toJournalPath, type Past } from './journal'
import { Checkpoint } from './checkpoint'
import { readMappingFile } from '../input/mapping-file'
import { openSource, STANDARD_INPUT, type Source } from '../input/open-source'
import { printable, toPrintableJson } from '../text/printable'
import { createProgressDisplay } from './progress-display'
import { toRequestText } from '../trace/request-text'
import type { ProcessIo } from '../command/process-io'
import { SourceError } from '../input/source-error'
import type { Summary } from './summary'
import { toSummaryText } from './summary-text'
import type { Target } from '../target/target'
import { toConnection, toTargetChoice } from '../command/target-choice'
import { UsageError } from '../command/usage-error'
import { readWorkspaceFile } from '../input/workspace-file'

/** Delivers a file as it was typed. */
export async function runDeliver(typed: DeliverArguments, io: ProcessIo): Promise<void> {
  const interruption = io.watch('Stopping after the events in flight. Press Ctrl-C again to stop at once.')
  try {
    await run(typed, io, interruption)
  } finally {
    interruption.release()
  }
}

async function run(typed: DeliverArguments, io: ProcessIo, interruption: Interruption): Promise<void> {
  const choice = toTargetChoice(typed.to)
  const subscriptions = typed.mapping === undefined ? undefined : await readMappingFile(typed.mapping)
  if (typed.workspace !== undefined && choice.kind !== 'embedded' && !typed.dryRun) {
    throw new UsageError('--workspace belongs to the built-in emulator; "emulate" takes one, too.')
  }
  const workspace = typed.workspace === undefined ? undefined : await readWorkspaceFile(typed.workspace)
  const source = await openSource(typed.file, io.stdin, interruption.signal)
  try {
    if (typed.dryRun) {
      await dryRun(typed, io, { source, subscriptions, interruption, target: await openEmbeddedIntercom(workspace) })
      return
    }
    if (choice.kind === 'embedded') {
      io.say(`Delivering ${source.label} to the built-in Intercom emulator.\nNothing leaves this computer.`)
      const target = await openEmbeddedIntercom(workspace)
      // A listening server would keep the process from ending when there is a mistake to report.
      await record(typed, io, { source, subscriptions, interruption, target }).finally(() => target.close())
      return
    }
    const connection = toConnection(choice, typed.region, io.env)
    if (choice.kind === 'address') {
      const target = await connectIntercom(connection)
      io.say(`Delivering ${source.label} to ${printable(target.workspace)}, emulated at ${choice.address}.`)
      await record(typed, io, { source, subscriptions, interruption, target, connected: target })
      return
    }
    const target = await connectIntercom(connection)
    const who = `the Intercom workspace ${printable(target.workspace)} (region ${target.region})`
    io.say(`${source.label} is to be delivered to ${who}.`)
    if (!typed.yes) {
      const terminal = { input: io.stdin, output: io.stderr }
      await confirm('Write these events to this workspace?', terminal, interruption.signal)
    }
    await record(typed, io, { source, subscriptions, interruption, target, connected: target })
  } finally {
    await source.close()
  }
}

interface Way {
  readonly source: Source
  readonly subscriptions: readonly Subscription[] | undefined
  readonly interruption: Interruption
  readonly target: Target
  readonly connected?: ConnectedTarget
}

/** Delivers, and keeps book of it. */
async function record(typed: DeliverArguments, io: ProcessIo, way: Way): Promise<void> {
  const { source, subscriptions, connected } = way
  const opened =
    connected === undefined || source.hash === undefined
      ? undefined
      : await Journal.open(
          toJournalPath(
            { hash: source.hash, mapping: subscriptions?.map(({ row }) => row) ?? null, target: connected.id },
            io.env
          ),
          typed
        )
  const { journal, past } = opened ?? {}
  if (journal && past?.finishedAt !== undefined) {
    journal.close()
    const { delivered, failed } = past.counts
    io.say(
      `${source.label} was delivered there to its end at ${past.finishedAt}: ${delivered} delivered, ${failed} failed.\nNothing is left to do. --restart delivers it once more. Journal: ${journal.path}`
    )
    if (typed.json) io.print(`${toPrintableJson({ ...past.counts, finishedAt: past.finishedAt })}\n`)
    io.setExitCode(failed > 0 ? EXIT_CODES.someRejected : EXIT_CODES.delivered)
    return
  }
  const { files, isContinued } = openFailedFiles(typed, past?.failed, () => journal?.close())
  if (journal && past) {
    const { delivered, failed, nothingToDeliver } = past.counts
    const earlier = delivered + failed + nothingToDeliver
    if (earlier > 0) io.say(`Going on where an earlier run stopped: ${earlier} lines are done.`)
    io.say(`Journal: ${journal.path}`)
  }
  const deadLetters = new DeadLetterFile(files, isContinued)
  const checkpoint = new Checkpoint({ failedLines: deadLetters, journal, done: past?.done, now: systemClock.now })
  const problems = new Set<string>()
  try {
    const summary = await deliverWithProgress(typed, io, way, checkpoint)
    const change = await changeOf(source)
    if (summary.complete && change === undefined) collect(problems, () => checkpoint.finished())
    tellSummary(typed, io, summary, { failed: deadLetters.isOpen ? files : null, journal: journal?.path ?? null })
    if (change !== undefined && summary.brokeOff === null) io.say(change.message)
    if (deadLetters.isOpen) io.say(`Failed lines: ${files.lines}\nTheir reasons: ${files.reasons}`)
    if (!summary.complete) tellWhereToGoOn(io, way, checkpoint, journal !== undefined)
    collect(problems, () => checkpoint.close())
    problems.delete(summary.brokeOff?.reason ?? '')
    const code = change === undefined && problems.size === 0 ? exitCodeOf(summary) : EXIT_CODES.someRejected
    io.setExitCode(way.interruption.code() ?? code)
  } finally {
    collect(problems, () => checkpoint.close())
    for (const problem of problems) io.say(problem)
  }
}

/** What the disk refuses after the last line is said, and costs no summary. */
function collect(problems: Set<string>, write: () => void): void {
  try {
    write()
  } catch (error) {
    if (!(error instanceof DiskError)) throw error
    problems.add(error.message)
  }
}

function tellWhereToGoOn({ say }: ProcessIo, { connected }: Way, checkpoint: Checkpoint, hasJournal: boolean): void {
  if (hasJournal) say('The same command goes on from here.')
  else if (connected) say(`All lines up to ${checkpoint.settledUpTo} are dealt with. Pipe those after it in again.`)
}

/** The files of the run that goes on, else new ones. */
function openFailedFiles({ failed, file }: DeliverArguments, begun: Past['failed'], close: () => void) {
  try {
    if (begun !== undefined && (failed ?? begun.files.lines) === begun.files.lines) {
      rewind(begun.files, begun.sizes)
      return { files: begun.files, isContinued: true }
    }
    return { files: chooseDeadLetterPaths(failed, file === STANDARD_INPUT ? undefined : file), isContinued: false }
  } catch (error) {
    close()
    throw error instanceof DiskError ? new UsageError(error.message) : error
  }
}

/** Whether the file is still the one that was read; a change after the last line was read counts, too. */
async function changeOf({ verify }: Source): Promise<SourceError | undefined> {
  try {
    await verify()
    return undefined
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
}

async function deliverWithProgress(
  typed: DeliverArguments,
  { stderr }: ProcessIo,
  { source, subscriptions, interruption: { signal }, target }: Way,
  checkpoint: Checkpoint
): Promise<Summary> {
  const display = createProgressDisplay({ stream: stderr, totalBytes: source.totalBytes, now: systemClock.now })
  signal.addEventListener('abort', display.stop)
  return deliver({
    source: source.chunks,
    subscriptions,
    signal,
    limit: typed.limit,
    concurrency: typed.concurrency,
    onProgress: display.update,
    ledger: checkpoint,
    openTarget: () => Promise.resolve(target)
  }).finally(display.stop)
}

function tellSummary(
  { json }: DeliverArguments,
  { stdout, env, print }: ProcessIo,
  summary: Summary,
  more: object
): void {
  const styled = stdout.isTTY === true && !env.NO_COLOR
  print(json ? `${toPrintableJson({ ...summary, ...more })}\n` : `\n${toSummaryText(summary, { styled })}\n`)
}

function exitCodeOf({ events, lines, brokeOff }: Summary): number {
  if (brokeOff?.by === 'intercom') return EXIT_CODES.cannotConnect
  const failed = events.rejected + lines.unreadable
  return failed > 0 || brokeOff !== null ? EXIT_CODES.someRejected : EXIT_CODES.delivered
}

/** Prints the requests in the order of the file, so one event at a time. */
async function dryRun({ json, limit }: DeliverArguments, io: ProcessIo, way: Way): Promise<void> {
  const { source, subscriptions, interruption, target } = way
  io.say(`What delivering ${source.label} would send to a workspace that answers as the built-in emulator does:`)
  const summary = await deliver({
    source: source.chunks,
    subscriptions,
    signal: interruption.signal,
    limit,
    concurrency: 1,
    onRequest: (request, line) => {
      io.print(toRequestText(request, line, { json }))
    },
    openTarget: () => Promise.resolve(target)
  })
  const { delivered, rejected, notForIntercom } = summary.events
  io.say(
    `${summary.requests.total} requests for ${delivered} events; ${rejected} would be rejected, ${notForIntercom} are not for Intercom, ${summary.lines.unreadable} lines cannot be read. Nothing was delivered.`
  )
  if (summary.brokeOff) io.say(printable(summary.brokeOff.reason))
  io.setExitCode(interruption.code() ?? exitCodeOf(summary))
}
