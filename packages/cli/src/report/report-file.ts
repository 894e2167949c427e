import { randomUUID } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import path from 'node:path'
import { UsageError } from '../command/usage-error'
import { onDisk, toDiskError } from '../deliver/disk-error'
import { codeOf } from '../text/message-of'

/** Only the owner may read it, because field names and, if asked for, values are data of a company. */
const OWNER_ONLY = 0o600
const BEGINNING = '<!doctype html>'
const ADVICE = 'name another file with --report'

/** Checks before a delivery that its report can be written. Another file of this name is never replaced. */
export function checkReportFile(file: string): void {
  try {
    accessSync(path.dirname(path.resolve(file)), constants.W_OK)
    if (!isReplaceable(file)) {
      throw new UsageError(`${file} is there already, and it is not an HTML page. Name another file with --report.`)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(toDiskError(error, `The report could not be written to ${file}`, ADVICE).message)
  }
}

/** Writes the whole page or nothing: a file of that name is the old report until the new one is complete. */
export function writeReportFile(file: string, page: string): void {
  onDisk(
    () => {
      const target = path.resolve(file)
      const draft = `${target}.${randomUUID()}.part`
      try {
        const opened = openSync(draft, 'wx', OWNER_ONLY)
        try {
          writeFileSync(opened, page)
          fsyncSync(opened)
        } finally {
          closeSync(opened)
        }
        renameSync(draft, target)
      } catch (error) {
        rmSync(draft, { force: true })
        throw error
      }
    },
    `The report cannot be written to ${file}`,
    ADVICE
  )
}

/** Whether there is no such file, or one that looks like a report. */
function isReplaceable(file: string): boolean {
  let opened: number
  try {
    opened = openSync(file, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true
    throw error
  }
  try {
    const start = Buffer.alloc(BEGINNING.length)
    const length = readSync(opened, start, 0, start.length, 0)
    return length === 0 || start.toString() === BEGINNING
  } finally {
    closeSync(opened)
  }
}
