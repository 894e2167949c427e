import type { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { toDiskError } from '../deliver/disk-error'
import { EXIT_CODES } from './exit-codes'
import { watchForInterruption, type Interruption } from './interruption'
import { printableLines } from '../text/printable'

type Input = Readable & { readonly isTTY?: boolean }
type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/** What is used of a process; a test puts another in its place. */
export interface ShellProcess extends EventEmitter {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: NodeJS.ProcessEnv
  exitCode?: number | string | null | undefined
  exit(code: number): void
}

/** What a command has of the process it runs in. */
export interface ProcessIo {
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly env: NodeJS.ProcessEnv
  /** To people: standard error. Whatever stands in the text, it does not steer a terminal. */
  readonly say: (text: string) => void
  /** The result: standard output. */
  readonly print: (text: string) => void
  /** Says the text at the first Ctrl-C; ends at once at the second. */
  readonly watch: (onFirst: string) => Interruption
  readonly setExitCode: (code: number) => void
}

export function openProcessIo(process: ShellProcess): ProcessIo {
  const { stdin, stdout, stderr, env } = process
  const say = (text: string) => {
    stderr.write(`${printableLines(text)}\n`)
  }
  let isPrinted = true
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `… | head` closes the pipe before everything is written; that is the reader's right, not an error.
    if (error.code === 'EPIPE' || !isPrinted) return
    isPrinted = false
    say(toDiskError(error, 'The result cannot be written to standard output', 'send it elsewhere').message)
    process.exitCode ||= EXIT_CODES.someRejected
  })
  return {
    stdin,
    stdout,
    stderr,
    env,
    say,
    print: (text) => {
      stdout.write(text)
    },
    watch: (onFirst) =>
      watchForInterruption({
        source: process,
        onFirst: () => {
          say(onFirst)
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
