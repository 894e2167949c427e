import type { DeliverArguments } from '../command/command'
import { STANDARD_INPUT } from '../input/open-source'
import { toShellCommand } from './shell-command'

type Options = Pick<DeliverArguments, 'to' | 'region' | 'workspace' | 'mapping' | 'concurrency'>

const BINARY = 'intercom-destination'

/** The command that sends a file of failed lines again, to the same place and with the same mapping. */
export const toSendAgain = (lines: string, options: Options): string =>
  toShellCommand([BINARY, 'deliver', lines, ...toTarget(options)])

/** The command that creates the attributes that files need; `null` where a run can show none. */
export function toCreateAttributes(files: readonly string[], options: Options): string | null {
  // The emulator inside `deliver` is gone with the run, and a pipe cannot be read again.
  if (options.to === 'emulator' || files.includes(STANDARD_INPUT)) return null
  return toShellCommand([BINARY, 'attributes', ...files, ...toTarget(options), '--create'])
}

function toTarget({ to, region, workspace, mapping }: Options): string[] {
  return [
    ...(to === 'emulator' ? [] : ['--to', to]),
    ...(region === 'auto' ? [] : ['--region', region]),
    ...(workspace === undefined ? [] : ['--workspace', workspace]),
    ...(mapping === undefined ? [] : ['--mapping', mapping])
  ]
}
