import type { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { toDiskError } from '../deliver/disk-error'
import { EXIT_CODES } from './exit-codes'
import { watchForInterruption, type Interruption } from './interruption'
import { printableLines } from '../text/printable'

type Input = Readable & { readonly isTTY?: boolean }
type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/** The parts of a process that are used; tests pass one in memory. */
export interface ShellProcess extends EventEmitter {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: NodeJS.ProcessEnv
  exitCode?: number | string | null | undefined
  exit(code: number): void
}

/** The input and output of a command. */
export interface ProcessIo {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: NodeJS.ProcessEnv
  /** Writes a message for people to standard error, without its control characters. */
  readonly report: (text: string) => void
  /** Writes the result to standard output. */
  readonly print: (text: string) => void
  /** Reports the text at the first Ctrl-C; ends the process at the second. */
  readonly watch: (textAtFirst: string) => Interruption
  readonly setExitCode: (code: number) => void
}

export function openProcessIo(process: ShellProcess): ProcessIo {
  const { stdin, stdout, stderr, env } = process
  const report = (text: string) => {
    stderr.write(`${printableLines(text)}\n`)
  }
  let isPrinted = true
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `… | head` closes the pipe before everything is written, which is no error.
    if (error.code === 'EPIPE' || !isPrinted) return
    isPrinted = false
    report(toDiskError(error, 'The result cannot be written to standard output', 'send it elsewhere').message)
    process.exitCode ||= EXIT_CODES.someRejected
  })
  return {
    stdin,
    stdout,
    stderr,
    env,
    report,
    print: (text) => {
      stdout.write(text)
    },
    watch: (textAtFirst) =>
      watchForInterruption({
        source: process,
        onFirst: () => {
          report(textAtFirst)
        },
        onSecond: (code) => {
          process.exit(code)
        }
      }),
    setExitCode: (code) => {
      process.exitCode = isPrinted || code !== EXIT_CODES.delivered ? code : EXIT_CODES.someRejected
    }
  }
}
