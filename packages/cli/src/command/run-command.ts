import { CommanderError } from 'commander'
import { createCommand } from './command'
import { ConnectionError } from '../target/connection-error'
import { DiskError } from '../deliver/disk-error'
import { EXIT_CODES } from './exit-codes'
import { HELP_PAGES } from '../text/documentation'
import { printable, printableLines } from '../text/printable'
import type { ProcessIo } from './process-io'
import { UsageError } from './usage-error'

/** Runs the command with these arguments. Never rejects: an error is reported and sets the exit code. */
export async function runCommand(args: readonly string[], io: ProcessIo): Promise<void> {
  const program = createCommand(
    {
      // Each command is imported when it runs, so that the help and the version start fast.
      onDeliver: async (args) => {
        const { runDeliver } = await import('../deliver/run-deliver')
        await runDeliver(args, io)
      },
      onCheck: async (args) => {
        const { runCheck } = await import('../check/run-check')
        await runCheck(args, io)
      },
      onEmulate: async (args) => {
        const { runEmulate } = await import('../emulate/run-emulate')
        await runEmulate(args, io)
      },
      onMappings: async (args) => {
        const { runMappings } = await import('../mappings/run-mappings')
        await runMappings(args, io)
      },
      onCheckMapping: async (args) => {
        const { runCheckMapping } = await import('../mappings/run-check-mapping')
        await runCheckMapping(args, io)
      },
      onAttributes: async (args) => {
        const { runAttributes } = await import('../attributes/run-attributes')
        await runAttributes(args, io)
      },
      onTrace: async (args) => {
        const { runTrace } = await import('../trace/run-trace')
        await runTrace(args, io)
      },
      onWorkbench: async (args) => {
        const { runWorkbench } = await import('../workbench/run-workbench')
        await runWorkbench(args, io)
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
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    io.setExitCode(reportError(error, io))
  }
}

/** Reports an error, and returns its exit code. */
function reportError(error: unknown, { report }: ProcessIo): number {
  // Commander has reported it already. Asking for the help or the version is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.delivered : EXIT_CODES.usage
  if (error instanceof UsageError) {
    report(`${error.message}\nNothing was delivered. Add --help to see how it is used.`)
    return EXIT_CODES.usage
  }
  if (error instanceof ConnectionError) {
    report(`${printable(error.message)}\nNothing was delivered. What to do: ${HELP_PAGES.connection}`)
    return EXIT_CODES.cannotConnect
  }
  if (error instanceof DiskError) {
    report(printable(error.message))
    return EXIT_CODES.someRejected
  }
  report(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return EXIT_CODES.unexpected
}
