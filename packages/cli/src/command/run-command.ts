import { CommanderError } from 'commander'
import { createCommand } from './command'
import { ConnectionError } from '../target/connection-error'
import { DiskError } from '../deliver/disk-error'
import { EXIT_CODES } from './exit-codes'
import { printable, printableLines } from '../text/printable'
import { runCheck } from '../check/run-check'
import { runDeliver } from '../deliver/run-deliver'
import { runEmulate } from '../emulate/run-emulate'
import type { ProcessIo } from './process-io'
import { UsageError } from './usage-error'

/** Does what was typed behind the name of the program. Never rejects: what went wrong is said, and is the exit code. */
export async function runCommand(typed: readonly string[], io: ProcessIo): Promise<void> {
  const program = createCommand(
    {
      onDeliver: (given) => runDeliver(given, io),
      onCheck: (given) => runCheck(given, io),
      onEmulate: (given) => runEmulate(given, io),
      onTrace: async (given) => {
        // The web destination is loaded for this command only.
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
