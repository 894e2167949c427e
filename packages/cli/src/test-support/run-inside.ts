import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { runCommand } from '../command/run-command'
import { openProcessIo, type ShellProcess } from '../command/process-io'

/** A process that is none: what it is told is kept. */
class InnerProcess extends EventEmitter implements ShellProcess {
  readonly stdin = new PassThrough()
  readonly stdout = new PassThrough()
  readonly stderr = new PassThrough()
  exitCode: ShellProcess['exitCode']

  constructor(readonly env: NodeJS.ProcessEnv) {
    super()
  }

  exit(): void {
    // It goes on: a test is not to end with it.
  }
}

export interface InsideOptions {
  readonly stdin?: string
  readonly env?: Record<string, string>
}

/** Runs a command as a shell would, without starting a process. */
export async function runInside(typed: readonly string[], { stdin = '', env = {} }: InsideOptions = {}) {
  const inner = new InnerProcess(env)
  const texts = { out: '', err: '' }
  inner.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()))
  inner.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()))
  inner.stdin.end(stdin)
  await runCommand(typed, openProcessIo(inner))
  // What was written last is read in a later turn.
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  return { ...texts, code: inner.exitCode ?? 0 }
}
