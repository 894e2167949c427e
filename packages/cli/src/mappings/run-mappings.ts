import { findMappingWarnings, formatSubscriptions } from '@intercom-destinations/delivery'
import type { MappingsArguments } from '../command/command'
import { EXIT_CODES } from '../command/exit-codes'
import type { ProcessIo } from '../command/process-io'
import { readMappingRows } from '../input/mapping-file'

/** Runs the command `mappings`: checks a mapping file and prints it in another format. */
export async function runMappings({ file, format }: MappingsArguments, io: ProcessIo): Promise<void> {
  const rows = await readMappingRows(file)
  const warnings = rows.flatMap((row) =>
    findMappingWarnings(row).map(({ path, message }) => `In the mapping “${row.name}”, ${path}: ${message}`)
  )
  warnings.forEach(io.report)
  io.print(`${JSON.stringify(formatSubscriptions(rows, format), undefined, 2)}\n`)
  io.setExitCode(warnings.length > 0 ? EXIT_CODES.someRejected : EXIT_CODES.delivered)
}
