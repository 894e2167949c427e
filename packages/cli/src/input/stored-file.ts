import { EventFileError, openEventFile, type EventFile } from '@intercom-destinations/event-file'
import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import { UsageError } from '../command/usage-error'
import { messageOf } from '../text/message-of'
import { whyNot } from './find-files'
import { gunzip } from './gunzip'
import { SourceError } from './source-error'

const CHUNK_BYTES = 256 * 1024

/** A file that was read once, for its hash and so that a damaged one is refused before anything is delivered. */
export interface StoredFile {
  readonly file: string
  /** Changes whenever the file is written to. */
  readonly version: string
  /** The SHA-256 of the file as stored. */
  readonly hash: string
  /** Its unpacked bytes as UTF-8. */
  readonly totalBytes: number
}

/** Reads a file to its end. Returns what it is when it holds no events; throws a `UsageError` when it cannot be read. */
export async function inspectFile(file: string, signal: AbortSignal): Promise<StoredFile | { problem: string }> {
  const handle = await openForReading(file)
  try {
    const version = await versionOf(handle)
    const hash = createHash('sha256')
    let totalBytes = 0
    const chunks = readChunks({ handle, file, version, signal }, (chunk) => hash.update(chunk))
    const { bytes } = await openEventFile(chunks, { gunzip: (packed) => gunzip(packed, file) })
    for await (const chunk of bytes) totalBytes += chunk.length
    return { file, version, hash: hash.digest('hex'), totalBytes }
  } catch (error) {
    if (error instanceof EventFileError) return { problem: `${file} ${error.problem.replace('FILE', file)}` }
    if (error instanceof SourceError) throw new UsageError(error.message)
    throw error
  } finally {
    await handle.close()
  }
}

/** Opens a file for its events. It rejects with a `SourceError` when the file has changed since it was inspected. */
export async function openStoredFile(
  { file, version }: StoredFile,
  signal: AbortSignal
): Promise<EventFile & { close: () => Promise<void> }> {
  const handle = await openForReading(file).catch((error: unknown) => {
    throw new SourceError(messageOf(error))
  })
  try {
    const chunks = readChunks({ handle, file, version, signal }, () => undefined)
    const opened = await openEventFile(chunks, { gunzip: (packed) => gunzip(packed, file) })
    return { ...opened, close: () => handle.close() }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Rejects with a `SourceError` when the file has changed since it was inspected. */
export async function verifyFile({ file, version }: StoredFile): Promise<void> {
  const found = await stat(file, { bigint: true }).catch(() => undefined)
  if (found === undefined || toVersion(found) !== version) throw toChange(file)
}

interface Reading {
  readonly handle: FileHandle
  readonly file: string
  readonly version: string
  readonly signal: AbortSignal
}

async function* readChunks(
  { handle, file, version, signal }: Reading,
  onChunk: (chunk: Uint8Array) => void
): AsyncGenerator<Uint8Array, void, undefined> {
  let position = 0
  while (!signal.aborted) {
    // Each chunk has a buffer of its own, because lines are cut from it without copying and kept for a while.
    const chunkRead = handle.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES, position)
    const { buffer, bytesRead } = await chunkRead.catch((error: unknown) => {
      throw new SourceError(`${file} cannot be read on: ${messageOf(error)}. Deliver a copy on another disk.`)
    })
    if ((await versionOf(handle)) !== version) throw toChange(file)
    if (bytesRead === 0) return
    position += bytesRead
    const chunk = buffer.subarray(0, bytesRead)
    onChunk(chunk)
    yield chunk
  }
}

const toChange = (file: string): SourceError =>
  new SourceError(`${file} changed while it was being delivered. Deliver a copy that does not change.`)

const openForReading = (file: string): Promise<FileHandle> =>
  open(file).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${whyNot(error, file)}`)
  })

const versionOf = async (handle: FileHandle): Promise<string> => toVersion(await handle.stat({ bigint: true }))

const toVersion = ({ size, mtimeNs }: { size: bigint; mtimeNs: bigint }): string => `${size} ${mtimeNs}`
