#!/usr/bin/env node
import { CommanderError } from 'commander'
import { createCommand } from './command'
import { ConnectionError } from './connection-error'
import { EXIT_CODES } from './exit-codes'
import { printable } from './printable'
import { runCheck } from './run-check'
import { runDeliver } from './run-deliver'
import { runEmulate } from './run-emulate'
import { openShell } from './shell'
import { UsageError } from './usage-error'

const shell = openShell(process)

function exitCodeOf(error: unknown): number {
  // Commander has said what it had to say; asking for help or the version is no mistake.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.delivered : EXIT_CODES.usage
  if (error instanceof UsageError) {
    shell.say(`${printable(error.message)}\nNothing was delivered. Add --help to see how it is used.`)
    return EXIT_CODES.usage
  }
  if (error instanceof ConnectionError) {
    shell.say(`${printable(error.message)}\nNothing was delivered.`)
    return EXIT_CODES.cannotConnect
  }
  shell.say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return EXIT_CODES.unexpected
}

const program = createCommand(
  {
    onDeliver: (typed) => runDeliver(typed, shell),
    onCheck: (typed) => runCheck(typed, shell),
    onEmulate: (typed) => runEmulate(typed, shell),
    onTrace: async (typed) => {
      // The web destination is loaded for this command only.
      const { runTrace } = await import('./run-trace')
      await runTrace(typed, shell)
    }
  },
  {
    writeOut: shell.print,
    writeErr: (text) => {
      shell.stderr.write(text)
    }
  }
)
program.parseAsync().catch((error: unknown) => {
  shell.setExitCode(exitCodeOf(error))
})
