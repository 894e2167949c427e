import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { openProcessIo, type ShellProcess } from '../command/process-io'
import { runCommand } from '../command/run-command'

/** How a command ended, and what it wrote. */
export interface Run {
  /** `null` for a process that was killed. */
  code: number | null
  out: string
  err: string
}

/** A process in memory: its streams are read by the test, and `exit` is only recorded. */
class FakeProcess extends EventEmitter implements ShellProcess {
  readonly stdin = new PassThrough()
  readonly stdout = new PassThrough()
  readonly stderr = new PassThrough()
  exitCode: ShellProcess['exitCode']

  constructor(readonly env: NodeJS.ProcessEnv) {
    super()
  }

  exit(): void {
    // The tests go on.
  }
}

export interface InsideOptions {
  readonly stdin?: string | Uint8Array
  /** Without a text standard input stays open, as on a terminal. */
  readonly keepsStdinOpen?: boolean
  readonly env?: Record<string, string>
  /** Called with the whole standard error so far; `true` sends a Ctrl-C, once. */
  readonly interruptWhen?: (err: string) => boolean
  /** Called before the command starts, with a function that sends a Ctrl-C. */
  readonly onStart?: (interrupt: () => void) => void
}

/** Runs a command in this process, with an environment that holds only what the test passes. */
export async function runInside(
  args: readonly string[],
  { stdin = '', keepsStdinOpen = false, env = {}, interruptWhen, onStart }: InsideOptions = {}
): Promise<Run> {
  const fake = new FakeProcess(env)
  const texts = { out: '', err: '' }
  let isInterrupted = false
  const interrupt = () => {
    if (isInterrupted) return
    isInterrupted = true
    fake.emit('SIGINT', 'SIGINT')
  }
  fake.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()))
  fake.stderr.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString()
    if (interruptWhen?.(texts.err)) interrupt()
  })
  if (!keepsStdinOpen) fake.stdin.end(stdin)
  onStart?.(interrupt)
  await runCommand(args, openProcessIo(fake))
  // The last texts arrive in a later turn of the event loop.
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  return { ...texts, code: Number(fake.exitCode ?? 0) }
}
