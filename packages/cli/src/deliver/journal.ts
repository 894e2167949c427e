import { createHash } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  createReadStream,
  existsSync,
  fdatasyncSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onDisk, toDiskError } from './disk-error'
import { SettledLines } from './settled-lines'
import type { DeadLetterPaths, DeadLetterSizes } from './dead-letter-file'
import { isJsonObject } from '@intercom-destinations/delivery'
import { readLines } from '@intercom-destinations/event-file'
import { UsageError } from '../command/usage-error'
import { codeOf } from '../text/message-of'

const OWNER_ONLY = 0o600
const OWNER_ONLY_FOLDER = 0o700
const FORMAT = 1
const LINE_FEED = 0x0a
/** More than the length of any record but the rare ones about files. */
const TAIL_BYTES = 16 * 1024
const RECORD = /^([dsf]) (\d+)(?: (\d+) (\d+))?$/

/** The advice when the journal cannot be written. */
const ADVICE = 'set XDG_STATE_HOME to a folder elsewhere'

/** d: delivered, s: nothing to deliver (skipped), f: failed, with the sizes of the two files of failed lines. */
export type LineResult = 'd' | 's' | 'f'

/** What a journal is about. A change in any of these means another journal. */
export interface JournalSubject {
  /** SHA-256 of the file's bytes. */
  readonly hash: string
  readonly mapping: unknown
  readonly target: string
}

export interface JournalCounts {
  delivered: number
  failed: number
  nothingToDeliver: number
}

/** What earlier runs have recorded. */
export interface Past {
  readonly done: SettledLines
  readonly counts: JournalCounts
  readonly failed: { readonly files: DeadLetterPaths; readonly sizes: DeadLetterSizes } | undefined
  /** When the end of the file was reached, as an ISO time. */
  readonly finishedAt: string | undefined
}

export function toJournalPath({ hash, mapping, target }: JournalSubject, env: NodeJS.ProcessEnv): string {
  const key = createHash('sha256')
    .update(JSON.stringify([FORMAT, hash, mapping, target]))
    .digest('hex')
  const state = env.XDG_STATE_HOME ?? env.LOCALAPPDATA ?? path.join(os.homedir(), '.local', 'state')
  return path.join(state, 'intercom-destination', 'journals', `${key}.journal`)
}

/**
 * The lines of a file that are settled: one short record each, appended and never changed. A record is written when the
 * deliveries of a line have ended, so a killed run leaves only those open that were under way.
 */
export class Journal {
  readonly path: string
  readonly #file: number

  private constructor(file: string) {
    this.path = file
    this.#file = openSync(file, 'a', OWNER_ONLY)
    if (fstatSync(this.#file).size === 0) this.#append(JSON.stringify({ journal: FORMAT }))
  }

  /** Opens an existing journal or creates one, and locks it. Throws a `UsageError` when another process holds it. */
  static async open(file: string, { restart }: { restart: boolean }): Promise<{ journal: Journal; past: Past }> {
    try {
      mkdirSync(path.dirname(file), { recursive: true, mode: OWNER_ONLY_FOLDER })
      lock(file)
      if (restart) rmSync(file, { force: true })
      removeTornRecord(file)
      const past = await read(file)
      return { journal: new Journal(file), past }
    } catch (error) {
      if (error instanceof UsageError) throw error
      throw new UsageError(toDiskError(error, toProblem(file), ADVICE).message, { cause: error })
    }
  }

  failedFiles(files: DeadLetterPaths): void {
    this.#append(JSON.stringify({ failedLines: files.lines, failedReasons: files.reasons }))
  }

  line(result: LineResult, line: number, sizes?: DeadLetterSizes): void {
    this.#append(`${result} ${line}${sizes ? ` ${sizes.lines} ${sizes.reasons}` : ''}`)
  }

  finished(at: string): void {
    this.#append(JSON.stringify({ finishedAt: at }))
  }

  sync(): void {
    this.#onDisk(() => {
      fdatasyncSync(this.#file)
    })
  }

  close(): void {
    try {
      this.sync()
    } finally {
      closeSync(this.#file)
      rmSync(toLockPath(this.path), { force: true })
    }
  }

  #append(record: string): void {
    this.#onDisk(() => {
      appendFileSync(this.#file, `${record}\n`)
    })
  }

  #onDisk(write: () => void): void {
    onDisk(write, toProblem(this.path), ADVICE)
  }
}

const toProblem = (file: string): string => `The journal ${file} cannot be kept`

/** After a power failure the last record may be incomplete, and `d 12` may be a part of `d 123`. */
function removeTornRecord(file: string): void {
  if (!existsSync(file)) return
  const opened = openSync(file, 'r')
  const { size } = fstatSync(opened)
  const start = Math.max(0, size - TAIL_BYTES)
  const tail = Buffer.alloc(size - start)
  readSync(opened, tail, 0, tail.length, start)
  closeSync(opened)
  const end = start + tail.lastIndexOf(LINE_FEED) + 1
  if (end < size) truncateSync(file, end)
}

async function read(file: string): Promise<Past> {
  const done = new SettledLines()
  const counts: JournalCounts = { delivered: 0, failed: 0, nothingToDeliver: 0 }
  let failed: Past['failed']
  let finishedAt: string | undefined
  if (!existsSync(file)) return { done, counts, failed, finishedAt }
  for await (const { content } of readLines(createReadStream(file))) {
    if (content.kind !== 'text') continue
    const [, result, line, lines, reasons] = RECORD.exec(content.text) ?? []
    if (result === undefined) {
      const note = toNote(content.text)
      // A later run records the same files again when it continues them.
      if (note.files && note.files.lines !== failed?.files.lines)
        failed = { files: note.files, sizes: { lines: 0, reasons: 0 } }
      finishedAt = note.finishedAt ?? finishedAt
      continue
    }
    done.add(Number(line))
    if (result === 'd') counts.delivered += 1
    else if (result === 's') counts.nothingToDeliver += 1
    else {
      counts.failed += 1
      if (failed) failed = { ...failed, sizes: { lines: Number(lines), reasons: Number(reasons) } }
    }
  }
  return { done, counts, failed, finishedAt }
}

function toNote(text: string): { files?: DeadLetterPaths; finishedAt?: string } {
  try {
    const note: unknown = JSON.parse(text)
    if (!isJsonObject(note)) return {}
    const { failedLines: deadLetters, failedReasons, finishedAt } = note
    return {
      ...(typeof deadLetters === 'string' && typeof failedReasons === 'string'
        ? { files: { lines: deadLetters, reasons: failedReasons } }
        : {}),
      ...(typeof finishedAt === 'string' ? { finishedAt } : {})
    }
  } catch {
    return {}
  }
}

const toLockPath = (file: string) => `${file}.lock`

/** Two runs with one journal would send everything twice. The lock of a killed run is ignored. */
function lock(file: string): void {
  const lockFile = toLockPath(file)
  const owner = existsSync(lockFile) ? Number(readFileSync(lockFile, 'utf8')) : undefined
  if (owner !== undefined && owner !== process.pid && isAlive(owner)) {
    throw new UsageError(`The same file is being delivered there by process ${owner}. Wait for it, or stop it first.`)
  }
  rmSync(lockFile, { force: true })
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx', mode: OWNER_ONLY })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    throw new UsageError('The same file is being delivered there by a process that began just now.')
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}
