import { EventFileError, openEventFile, type FileRecord } from '@intercom-destinations/event-file'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { addAbortSignal, type Readable } from 'node:stream'
import { isDynamicPattern } from 'tinyglobby'
import { UsageError } from '../command/usage-error'
import { HELP_PAGES } from '../text/documentation'
import { findFiles, type FoundFile } from './find-files'
import { gunzip } from './gunzip'
import { Places } from './places'
import { SourceError } from './source-error'
import { inspectFile, openStoredFile, verifyFile, type StoredFile } from './stored-file'

/** The file name that stands for standard input. */
export const STANDARD_INPUT = '-'

/** Events to deliver, with the place of each. */
export interface EventSource {
  /** Numbered through all files. Can be read once. */
  readonly records: AsyncIterable<FileRecord>
  readonly places: Places
}

export interface Source extends EventSource {
  /** How many unpacked bytes there are; unknown for a pipe. */
  readonly totalBytes: number | undefined
  /** The SHA-256 of the files as stored; a pipe has none, because it cannot be read twice. */
  readonly hash: string | undefined
  /** Its name in messages. */
  readonly label: string
  /** The path beside which failed lines are kept; a pipe has none. */
  readonly base: string | undefined
  /** What was found and is not delivered, as sentences. */
  readonly leftOut: readonly string[]
  /** Whether some of that should perhaps have been delivered. */
  readonly isIncomplete: boolean
  /** Rejects with a `SourceError` when a file has changed since it was opened. */
  readonly verify: () => Promise<void>
  readonly close: () => void
}

/**
 * Opens the events of files, folders and patterns, or of standard input. Every file is read once beforehand, so that one
 * that is damaged or holds no events is refused before anything is delivered. The signal ends a source that waits for more.
 */
export async function openSource(names: readonly string[], stdin: Readable, signal: AbortSignal): Promise<Source> {
  if (names.includes(STANDARD_INPUT)) {
    if (names.length > 1) throw new UsageError('- reads standard input, and stands alone. Name files or pipe them.')
    return openPipe(stdin, 'standard input', signal)
  }
  const { files, own } = await findFiles(names)
  const [only] = files
  if (only && files.length === 1 && !(await stat(only.file)).isFile()) {
    return openPipe(createReadStream(only.file), only.file, signal)
  }
  const { stored, problems } = await inspectAll(files, signal)
  const leftOut = [
    ...problems,
    ...own.map((file) => `${file} is left out: an earlier run wrote it. Name it alone to deliver it.`)
  ]
  return openFiles(stored, {
    leftOut,
    isIncomplete: problems.length > 0,
    label: toLabel(names, stored),
    base: toBase(names, stored),
    signal
  })
}

/** A named file without events is a mistake; one that a folder holds beside the others is left out. */
async function inspectAll(files: readonly FoundFile[], signal: AbortSignal) {
  const stored: StoredFile[] = []
  const problems: string[] = []
  const mistakes: string[] = []
  for (const { file, isNamed } of files) {
    if (signal.aborted) break
    const inspected = await inspectFile(file, signal)
    if ('hash' in inspected) stored.push(inspected)
    else if (isNamed) mistakes.push(inspected.problem)
    else problems.push(`${inspected.problem} It is left out.`)
  }
  if (mistakes.length > 0) throw new UsageError([...mistakes, `Files that are read: ${HELP_PAGES.files}`].join('\n'))
  if (stored.length === 0 && !signal.aborted)
    throw new UsageError([...problems, 'There is no file of events.'].join('\n'))
  return { stored, problems }
}

function toLabel(names: readonly string[], stored: readonly StoredFile[]): string {
  const [only] = stored
  if (only && stored.length === 1) return only.file
  return names.length === 1 ? `${stored.length} files of ${names[0]}` : `${stored.length} files`
}

/** The file, or the folder that was named, or the first of several files. */
function toBase(names: readonly string[], [first, ...others]: readonly StoredFile[]): string | undefined {
  const [name] = names
  return others.length > 0 && names.length === 1 && name !== undefined && !isDynamicPattern(name) ? name : first?.file
}

function openPipe(pipe: Readable, label: string, signal: AbortSignal): Source {
  // The reader of the records gets the errors; this listener handles an abort before there is a reader.
  pipe.on('error', () => undefined)
  return {
    ...toEventSource(addAbortSignal(signal, pipe), label),
    totalBytes: undefined,
    hash: undefined,
    label,
    base: undefined,
    leftOut: [],
    isIncomplete: false,
    verify: () => Promise.resolve(),
    close: () => {
      pipe.destroy()
    }
  }
}

/** The events of bytes of any kind. They are opened by the first record, so that a pipe may begin late. */
export function toEventSource(bytes: AsyncIterable<Uint8Array>, label: string): EventSource {
  const places = new Places()
  async function* read(): AsyncGenerator<FileRecord, void, undefined> {
    try {
      const opened = await openEventFile(bytes, { gunzip: (packed) => gunzip(packed, label) })
      places.start({ ...opened, file: undefined, before: 0 })
      yield* opened.readRecords()
    } catch (error) {
      throw error instanceof EventFileError ? new SourceError(`${label} ${error.problem}`) : error
    }
  }
  return { records: read(), places }
}

function openFiles(
  stored: readonly StoredFile[],
  { signal, ...more }: Pick<Source, 'leftOut' | 'isIncomplete' | 'label' | 'base'> & { signal: AbortSignal }
): Source {
  const places = new Places()
  async function* read(): AsyncGenerator<FileRecord, void, undefined> {
    let records = 0
    let bytes = 0
    for (const one of stored) {
      if (signal.aborted) return
      const opened = await openStoredFile(one, signal)
      const [before, bytesBefore] = [records, bytes]
      places.start({ ...opened, file: stored.length === 1 ? undefined : one.file, before })
      try {
        for await (const record of opened.readRecords()) {
          records = before + record.number
          yield { ...record, number: records, bytesRead: bytesBefore + record.bytesRead }
        }
      } catch (error) {
        throw error instanceof EventFileError ? new SourceError(`${one.file} ${error.problem}`) : error
      } finally {
        await opened.close()
      }
      bytes += one.totalBytes
    }
  }
  const [only] = stored
  const hashes = stored.map(({ hash }) => hash)
  return {
    records: read(),
    places,
    totalBytes: stored.reduce((sum, { totalBytes }) => sum + totalBytes, 0),
    hash: only && stored.length === 1 ? only.hash : createHash('sha256').update(hashes.join(' ')).digest('hex'),
    verify: async () => {
      for (const one of stored) await verifyFile(one)
    },
    close: () => undefined,
    ...more
  }
}
