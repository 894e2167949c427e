import { CommanderError } from 'commander'
import { createCommand } from './command'
import { ConnectionError } from './connection-error'
import { DiskError } from './disk-error'
import { EXIT_CODES } from './exit-codes'
import { printable, printableLines } from './printable'
import { runCheck } from './run-check'
import { runDeliver } from './run-deliver'
import { runEmulate } from './run-emulate'
import type { Shell } from './shell'
import { UsageError } from './usage-error'

/** Does what was typed behind the name of the program. Never rejects: what went wrong is said, and is the exit code. */
export async function runCommand(typed: readonly string[], shell: Shell): Promise<void> {
  const program = createCommand(
    {
      onDeliver: (given) => runDeliver(given, shell),
      onCheck: (given) => runCheck(given, shell),
      onEmulate: (given) => runEmulate(given, shell),
      onTrace: async (given) => {
        // The web destination is loaded for this command only.
        const { runTrace } = await import('./run-trace')
        await runTrace(given, shell)
      }
    },
    {
      writeOut: shell.print,
      writeErr: (text) => {
        shell.stderr.write(printableLines(text))
      }
    }
  )
  try {
    await program.parseAsync(typed, { from: 'user' })
  } catch (error) {
    shell.setExitCode(tell(error, shell))
  }
}

/** Says what went wrong, and gives its exit code. */
function tell(error: unknown, { say }: Shell): number {
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
