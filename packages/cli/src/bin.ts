#!/usr/bin/env node
import { CommanderError } from 'commander'
import { systemClock } from './clock'
import { createCommand, type DeliverArguments } from './command'
import { ConnectionError } from './connection-error'
import { deliver } from './deliver'
import { EXIT_CODES } from './exit-codes'
import { watchForInterruption } from './interruption'
import { readMappingFile } from './mapping-file'
import { openSource } from './open-source'
import { createProgressDisplay } from './progress-display'
import { toSummaryText } from './summary-text'
import { UsageError } from './usage-error'
import { readWorkspaceFile } from './workspace-file'

const { stdin, stdout, stderr, env } = process

const say = (text: string) => stderr.write(`${text}\n`)

// `… | head` closes the pipe before everything is written; that is the reader's right, not an error.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

async function onDeliver({ file, workspace: workspaceFile, mapping, limit, json }: DeliverArguments): Promise<void> {
  const interruption = watchForInterruption({
    source: process,
    onFirst: () => say('Stopping after the event in flight. Press Ctrl-C again to stop at once.'),
    onSecond: (code) => process.exit(code)
  })
  const { signal } = interruption
  const workspace = workspaceFile === undefined ? undefined : await readWorkspaceFile(workspaceFile)
  const subscriptions = mapping === undefined ? undefined : await readMappingFile(mapping)
  const { stream, totalBytes, label } = await openSource(file, stdin, signal)
  say(`Delivering ${label} to the built-in Intercom emulator.\nNothing leaves this computer.`)
  const display = createProgressDisplay({ stream: stderr, totalBytes, now: systemClock.now })
  signal.addEventListener('abort', display.stop)
  const summary = await deliver({
    source: stream,
    subscriptions,
    workspace,
    signal,
    limit,
    onProgress: display.update
  }).finally(() => {
    display.stop()
    stream.destroy()
  })
  const styled = stdout.isTTY && !env.NO_COLOR
  stdout.write(json ? `${JSON.stringify(summary)}\n` : `\n${toSummaryText(summary, { styled })}\n`)
  const failed = summary.events.rejected + summary.lines.unreadable
  process.exitCode = interruption.code() ?? (failed > 0 ? EXIT_CODES.someRejected : EXIT_CODES.delivered)
  interruption.release()
}

function exitCodeOf(error: unknown): number {
  // Commander has said what it had to say; asking for help or the version is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.delivered : EXIT_CODES.usage
  if (error instanceof UsageError) {
    say(`${error.message}\nNothing was delivered. Add --help to see how it is used.`)
    return EXIT_CODES.usage
  }
  if (error instanceof ConnectionError) {
    say(`${error.message}\nNothing was delivered.`)
    return EXIT_CODES.cannotConnect
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return EXIT_CODES.unexpected
}

const program = createCommand(onDeliver, {
  writeOut: (text) => stdout.write(text),
  writeErr: (text) => stderr.write(text)
})
program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error)
})
