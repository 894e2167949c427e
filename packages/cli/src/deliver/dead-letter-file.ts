import {
  accessSync,
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  truncateSync
} from 'node:fs'
import path from 'node:path'
import { onDisk, toDiskError } from './disk-error'
import type { Place } from '../input/places'
import { toPrintableJson } from '../text/printable'
import { UsageError } from '../command/usage-error'

const LINE_FEED = Buffer.from('\n')
const GZIP_ENDING = /\.gz$/i
/** Only the owner may read the files, because the lines contain people's data. */
const OWNER_ONLY = 0o600

/** The advice when the files cannot be written. */
const ANOTHER_FILE = 'name another file with --failed'

/** Why a line failed, without values of the event. */
export interface LineFailure {
  readonly action?: string
  readonly reason: string
  readonly status?: number
  readonly code?: string
  /** Whether Segment would have retried it. */
  readonly retryable?: boolean
}

export interface DeadLetterPaths {
  readonly lines: string
  readonly reasons: string
}

export interface DeadLetterSizes {
  readonly lines: number
  readonly reasons: number
}

/** Keeps failed lines byte for byte, and their reasons in a second file. Creates the files with the first line. */
export class DeadLetterFile {
  readonly files: DeadLetterPaths
  readonly #mayExist: boolean
  #open: { lines: number; reasons: number } | undefined

  /** `mayExist`: the files are of an earlier part of the same run, and are continued. */
  constructor(files: DeadLetterPaths, mayExist: boolean) {
    this.files = files
    this.#mayExist = mayExist
  }

  get isOpen(): boolean {
    return this.#open !== undefined
  }

  /** Adds a line; `bytes` is `undefined` for one that was too long to be kept. Returns the sizes of the files. */
  add({ file, unit, number }: Place, bytes: Uint8Array | undefined, failures: readonly LineFailure[]): DeadLetterSizes {
    return this.#onDisk(() => {
      const { lines, reasons } = (this.#open ??= this.#openBoth())
      const before = toSizes(this.#open)
      try {
        if (bytes) appendFileSync(lines, Buffer.concat([bytes, LINE_FEED]))
        appendFileSync(
          reasons,
          failures.map((failure) => `${toPrintableJson({ file, [unit]: number, ...failure })}\n`).join('')
        )
        return toSizes(this.#open)
      } catch (error) {
        // A full disk may have written a part of a line, which would damage the next one.
        ftruncateSync(lines, before.lines)
        ftruncateSync(reasons, before.reasons)
        throw error
      }
    })
  }

  sync(): void {
    this.#onDisk(() => {
      for (const file of Object.values(this.#open ?? {})) fdatasyncSync(file)
    })
  }

  #onDisk<T>(write: () => T): T {
    return onDisk(write, `Failed lines cannot be kept in ${this.files.lines}`, ANOTHER_FILE)
  }

  close(): void {
    for (const file of Object.values(this.#open ?? {})) closeSync(file)
    this.#open = undefined
  }

  #openBoth() {
    const flags = this.#mayExist ? 'a' : 'ax'
    return {
      lines: openSync(this.files.lines, flags, OWNER_ONLY),
      reasons: openSync(this.files.reasons, flags, OWNER_ONLY)
    }
  }
}

const toSizes = ({ lines, reasons }: { lines: number; reasons: number }): DeadLetterSizes => ({
  lines: fstatSync(lines).size,
  reasons: fstatSync(reasons).size
})

/** Removes what was written after the last journal entry about the files: those lines are delivered again. */
export function rewind(files: DeadLetterPaths, sizes: DeadLetterSizes): void {
  onDisk(
    () => {
      cutToSizes(files, sizes)
    },
    `The failed lines of the earlier run in ${files.lines} cannot be continued`,
    ANOTHER_FILE
  )
}

function cutToSizes({ lines, reasons }: DeadLetterPaths, sizes: DeadLetterSizes): void {
  for (const [file, size] of [
    [lines, sizes.lines],
    [reasons, sizes.reasons]
  ] as const) {
    if (!existsSync(file)) continue
    const opened = openSync(file, 'r+')
    const isLonger = fstatSync(opened).size > size
    closeSync(opened)
    if (isLonger) truncateSync(file, size)
  }
}

/** The requested files, or the first free names beside the input. An existing file is never overwritten. */
export function chooseDeadLetterPaths(wanted: string | undefined, input: string | undefined): DeadLetterPaths {
  if (wanted !== undefined) {
    const files = toFiles(path.resolve(wanted))
    const there = [files.lines, files.reasons].find((file) => existsSync(file))
    if (there === undefined) {
      checkFolder(files)
      return files
    }
    throw new UsageError(`${there} is there already. Deliver or move it first, or name another file with --failed.`)
  }
  const base = path.resolve(input ?? 'stdin').replace(GZIP_ENDING, '')
  const { dir, name } = path.parse(base)
  for (let number = 1; ; number += 1) {
    const files = toFiles(path.join(dir, `${name}.failed${number === 1 ? '' : `.${number}`}.ndjson`))
    if (existsSync(files.lines) || existsSync(files.reasons)) continue
    // A pipe cannot be read again, so the folder is checked before it is read.
    if (input === undefined) checkFolder(files)
    return files
  }
}

function checkFolder({ lines }: DeadLetterPaths): void {
  try {
    accessSync(path.dirname(lines), constants.W_OK)
  } catch (error) {
    throw new UsageError(toDiskError(error, `Failed lines could not be kept in ${lines}`, ANOTHER_FILE).message)
  }
}

export function toFiles(lines: string): DeadLetterPaths {
  const { dir, name } = path.parse(lines)
  return { lines, reasons: path.join(dir, `${name}.reasons.ndjson`) }
}
