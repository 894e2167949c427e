import { watchForInterruption, type Interruption } from './interruption'

/** What a command has of the process it runs in. */
export interface Shell {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly env: NodeJS.ProcessEnv
  /** To people: standard error. */
  readonly say: (text: string) => void
  /** The result: standard output. */
  readonly print: (text: string) => void
  /** Says the text at the first Ctrl-C; ends at once at the second. */
  readonly watch: (onFirst: string) => Interruption
  readonly setExitCode: (code: number) => void
}

export function openShell(process: NodeJS.Process): Shell {
  const { stdin, stdout, stderr, env } = process
  const say = (text: string) => {
    stderr.write(`${text}\n`)
  }
  // `… | head` closes the pipe before everything is written; that is the reader's right, not an error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
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
        onSecond: (code) => process.exit(code)
      }),
    setExitCode: (code) => {
      process.exitCode = code
    }
  }
}
