import type { CheckMappingArguments } from '../command/command'
import { EXIT_CODES } from '../command/exit-codes'
import type { ProcessIo } from '../command/process-io'
import { readMappingRows } from '../input/mapping-file'
import { checkMappings } from './check-mapping'
import { toCheckMappingText } from './check-mapping-text'

/** Runs the command `check-mapping`: what each mapping of a file does, loses and does otherwise than today. */
export async function runCheckMapping({ file, json }: CheckMappingArguments, io: ProcessIo): Promise<void> {
  const checks = await checkMappings(await readMappingRows(file))
  io.print(json ? `${JSON.stringify(checks, undefined, 2)}\n` : toCheckMappingText(checks))
  const isFine = checks.every(({ lost }) => lost.length === 0)
  io.setExitCode(isFine ? EXIT_CODES.delivered : EXIT_CODES.someRejected)
}
