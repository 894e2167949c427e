import { CommanderError } from 'commander'
import { createCommand } from './command'
import { ConnectionError } from '../target/connection-error'
import { DiskError } from '../deliver/disk-error'
import { EXIT_CODES } from './exit-codes'
import { printable, printableLines } from '../text/printable'
import type { ProcessIo } from './process-io'
import { UsageError } from './usage-error'

/** Does what was typed behind the name of the program. Never rejects: what went wrong is said, and is the exit code. */
export async function runCommand(typed: readonly string[], io: ProcessIo): Promise<void> {
  const program = createCommand(
    {
      // Each command loads what it needs when it runs, so that the help and the version come at once.
      onDeliver: async (given) => {
        const { runDeliver } = await import('../deliver/run-deliver')
        await runDeliver(given, io)
      },
      onCheck: async (given) => {
        const { runCheck } = await import('../check/run-check')
        await runCheck(given, io)
      },
      onEmulate: async (given) => {
        const { runEmulate } = await import('../emulate/run-emulate')
        await runEmulate(given, io)
      },
      onTrace: async (given) => {
        const { runTrace } = await import('../trace/run-trace')
        await runTrace(given, io)
      }
    },
    {
      writeOut: io.print,
      writeErr: (text) => {
        io.stderr.write(printableLines(text))
      }
    }
  )
  try {
    await program.parseAsync(typed, { from: 'user' })
  } catch (error) {
    io.setExitCode(tell(error, io))
  }
}

/** Says what went wrong, and gives its exit code. */
function tell(error: unknown, { say }: ProcessIo): number {
  // Commander has said what it had to say; asking for help or the version is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.delivered : EXIT_CODES.usage
  if (error instanceof UsageError) {
    say(`${printable(error.message)}\nNothing was delivered. Add --help to see how it is used.`)
    return EXIT_CODES.usage
  }
  if (error instanceof ConnectionError) {
    say(`${printable(error.message)}\nNothing was delivered.`)
    return EXIT_CODES.cannotConnect
  }
  if (error instanceof DiskError) {
    say(printable(error.message))
    return EXIT_CODES.someRejected
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return EXIT_CODES.unexpected
}
