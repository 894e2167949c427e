import type { CheckMappingArguments } from '../command/command'
import { EXIT_CODES } from '../command/exit-codes'
import type { ProcessIo } from '../command/process-io'
import { readMappings } from '../input/mapping-file'
import { checkMappings, isFine, readCheckedRows } from './check-mapping'
import { toCheckMappingText } from './check-mapping-text'

/** Runs the command `check-mapping`: what each mapping of a file does, loses and does otherwise than today. */
export async function runCheckMapping({ file, json }: CheckMappingArguments, io: ProcessIo): Promise<void> {
  const checks = await checkMappings(await readMappings(file, readCheckedRows))
  io.print(json ? `${JSON.stringify(checks, undefined, 2)}\n` : toCheckMappingText(checks))
  io.setExitCode(checks.every(isFine) ? EXIT_CODES.delivered : EXIT_CODES.someRejected)
}
