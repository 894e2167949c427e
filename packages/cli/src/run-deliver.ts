import type { Subscription } from '@intercom-destinations/delivery'
import { systemClock } from '@intercom-destinations/delivery'
import type { DeliverArguments } from './command'
import { confirm } from './confirmation'
import { connectIntercom, type ConnectedTarget } from './connected-intercom'
import { deliver } from './deliver'
import { DiskError } from './disk-error'
import { openEmbeddedIntercom } from './embedded-intercom'
import { EXIT_CODES } from './exit-codes'
import { chooseFailedFiles, FailedLines, rewind } from './failed-lines'
import type { Interruption } from './interruption'
import { Journal, toJournalPath, type Past } from './journal'
import { Ledger } from './ledger'
import { readMappingFile } from './mapping-file'
import { openSource, STANDARD_INPUT, type Source } from './open-source'
import { printable, toPrintableJson } from './printable'
import { createProgressDisplay } from './progress-display'
import { toRequestText } from './request-text'
import type { Shell } from './shell'
import { SourceError } from './source-error'
import type { Summary } from './summary'
import { toSummaryText } from './summary-text'
import type { Target } from './target'
import { toConnection, toTargetChoice } from './target-choice'
import { UsageError } from './usage-error'
import { readWorkspaceFile } from './workspace-file'

/** Delivers a file as it was typed. */
export async function runDeliver(typed: DeliverArguments, shell: Shell): Promise<void> {
  const interruption = shell.watch('Stopping after the events in flight. Press Ctrl-C again to stop at once.')
  try {
    await run(typed, shell, interruption)
  } finally {
    interruption.release()
  }
}

async function run(typed: DeliverArguments, shell: Shell, interruption: Interruption): Promise<void> {
  const choice = toTargetChoice(typed.to)
  const subscriptions = typed.mapping === undefined ? undefined : await readMappingFile(typed.mapping)
  if (typed.workspace !== undefined && choice.kind !== 'embedded' && !typed.dryRun) {
    throw new UsageError('--workspace belongs to the built-in emulator; "emulate" takes one, too.')
  }
  const workspace = typed.workspace === undefined ? undefined : await readWorkspaceFile(typed.workspace)
  const source = await openSource(typed.file, shell.stdin, interruption.signal)
  try {
    if (typed.dryRun) {
      await dryRun(typed, shell, { source, subscriptions, interruption, target: await openEmbeddedIntercom(workspace) })
      return
    }
    if (choice.kind === 'embedded') {
      shell.say(`Delivering ${source.label} to the built-in Intercom emulator.\nNothing leaves this computer.`)
      const target = await openEmbeddedIntercom(workspace)
      // A listening server would keep the process from ending when there is a mistake to report.
      await record(typed, shell, { source, subscriptions, interruption, target }).finally(() => target.close())
      return
    }
    const connection = toConnection(choice, typed.region, shell.env)
    if (choice.kind === 'address') {
      const target = await connectIntercom(connection)
      shell.say(`Delivering ${source.label} to ${printable(target.workspace)}, emulated at ${choice.address}.`)
      await record(typed, shell, { source, subscriptions, interruption, target, connected: target })
      return
    }
    const target = await connectIntercom(connection)
    const who = `the Intercom workspace ${printable(target.workspace)} (region ${target.region})`
    shell.say(`${source.label} is to be delivered to ${who}.`)
    if (!typed.yes) {
      const terminal = { input: shell.stdin, output: shell.stderr }
      await confirm('Write these events to this workspace?', terminal, interruption.signal)
    }
    await record(typed, shell, { source, subscriptions, interruption, target, connected: target })
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
async function record(typed: DeliverArguments, shell: Shell, way: Way): Promise<void> {
  const { source, subscriptions, connected } = way
  const opened =
    connected === undefined || source.hash === undefined
      ? undefined
      : await Journal.open(
          toJournalPath(
            { hash: source.hash, mapping: subscriptions?.map(({ row }) => row) ?? null, target: connected.id },
            shell.env
          ),
          typed
        )
  const { journal, past } = opened ?? {}
  if (journal && past?.finishedAt !== undefined) {
    journal.close()
    const { delivered, failed } = past.counts
    shell.say(
      `${source.label} was delivered there to its end at ${past.finishedAt}: ${delivered} delivered, ${failed} failed.\nNothing is left to do. --restart delivers it once more. Journal: ${journal.path}`
    )
    if (typed.json) shell.print(`${toPrintableJson({ ...past.counts, finishedAt: past.finishedAt })}\n`)
    shell.setExitCode(failed > 0 ? EXIT_CODES.someRejected : EXIT_CODES.delivered)
    return
  }
  const { files, isContinued } = openFailedFiles(typed, past?.failed, () => journal?.close())
  if (journal && past) {
    const { delivered, failed, nothingToDeliver } = past.counts
    const earlier = delivered + failed + nothingToDeliver
    if (earlier > 0) shell.say(`Going on where an earlier run stopped: ${earlier} lines are done.`)
    shell.say(`Journal: ${journal.path}`)
  }
  const failedLines = new FailedLines(files, isContinued)
  const ledger = new Ledger({ failedLines, journal, done: past?.done, now: systemClock.now })
  const problems = new Set<string>()
  try {
    const summary = await deliverWithProgress(typed, shell, way, ledger)
    const change = await changeOf(source)
    if (summary.complete && change === undefined) collect(problems, () => ledger.finished())
    tellSummary(typed, shell, summary, { failed: failedLines.isOpen ? files : null, journal: journal?.path ?? null })
    if (change !== undefined && summary.brokeOff === null) shell.say(change.message)
    if (failedLines.isOpen) shell.say(`Failed lines: ${files.lines}\nTheir reasons: ${files.reasons}`)
    if (!summary.complete) tellWhereToGoOn(shell, way, ledger, journal !== undefined)
    collect(problems, () => ledger.close())
    problems.delete(summary.brokeOff?.reason ?? '')
    const code = change === undefined && problems.size === 0 ? exitCodeOf(summary) : EXIT_CODES.someRejected
    shell.setExitCode(way.interruption.code() ?? code)
  } finally {
    collect(problems, () => ledger.close())
    for (const problem of problems) shell.say(problem)
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

function tellWhereToGoOn({ say }: Shell, { connected }: Way, ledger: Ledger, hasJournal: boolean): void {
  if (hasJournal) say('The same command goes on from here.')
  else if (connected) say(`All lines up to ${ledger.settledUpTo} are dealt with. Pipe those after it in again.`)
}

/** The files of the run that goes on, else new ones. */
function openFailedFiles({ failed, file }: DeliverArguments, begun: Past['failed'], close: () => void) {
  try {
    if (begun !== undefined && (failed ?? begun.files.lines) === begun.files.lines) {
      rewind(begun.files, begun.sizes)
      return { files: begun.files, isContinued: true }
    }
    return { files: chooseFailedFiles(failed, file === STANDARD_INPUT ? undefined : file), isContinued: false }
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
  { stderr }: Shell,
  { source, subscriptions, interruption: { signal }, target }: Way,
  ledger: Ledger
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
    ledger,
    openTarget: () => Promise.resolve(target)
  }).finally(display.stop)
}

function tellSummary({ json }: DeliverArguments, { stdout, env, print }: Shell, summary: Summary, more: object): void {
  const styled = stdout.isTTY === true && !env.NO_COLOR
  print(json ? `${toPrintableJson({ ...summary, ...more })}\n` : `\n${toSummaryText(summary, { styled })}\n`)
}

function exitCodeOf({ events, lines, brokeOff }: Summary): number {
  if (brokeOff?.by === 'intercom') return EXIT_CODES.cannotConnect
  const failed = events.rejected + lines.unreadable
  return failed > 0 || brokeOff !== null ? EXIT_CODES.someRejected : EXIT_CODES.delivered
}

/** Prints the requests in the order of the file, so one event at a time. */
async function dryRun({ json, limit }: DeliverArguments, shell: Shell, way: Way): Promise<void> {
  const { source, subscriptions, interruption, target } = way
  shell.say(`What delivering ${source.label} would send to a workspace that answers as the built-in emulator does:`)
  const summary = await deliver({
    source: source.chunks,
    subscriptions,
    signal: interruption.signal,
    limit,
    concurrency: 1,
    onRequest: (request, line) => {
      shell.print(toRequestText(request, line, { json }))
    },
    openTarget: () => Promise.resolve(target)
  })
  const { delivered, rejected, notForIntercom } = summary.events
  shell.say(
    `${summary.requests.total} requests for ${delivered} events; ${rejected} would be rejected, ${notForIntercom} are not for Intercom, ${summary.lines.unreadable} lines cannot be read. Nothing was delivered.`
  )
  if (summary.brokeOff) shell.say(printable(summary.brokeOff.reason))
  shell.setExitCode(interruption.code() ?? exitCodeOf(summary))
}
