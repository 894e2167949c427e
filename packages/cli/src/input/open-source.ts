import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import { SourceError } from './source-error'
import { unpack } from './unpack'
import { UsageError } from '../command/usage-error'
import { codeOf, messageOf } from '../text/message-of'

/** The file name that stands for standard input. */
export const STANDARD_INPUT = '-'

const CHUNK_BYTES = 256 * 1024

export interface Source {
  /** The unpacked bytes. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** How many unpacked bytes there are; unknown for a pipe. */
  readonly totalBytes: number | undefined
  /** The SHA-256 of the file as stored; a pipe has none, because it cannot be read twice. */
  readonly hash: string | undefined
  /** Its name in messages. */
  readonly label: string
  /** Rejects with a `SourceError` when the file has changed since it was opened. */
  readonly verify: () => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens the events to deliver. A file is read once beforehand, for its hash, and so that a damaged file is refused before
 * anything is delivered. The signal ends a source that waits for more.
 */
export async function openSource(file: string, stdin: Readable, signal: AbortSignal): Promise<Source> {
  if (file === STANDARD_INPUT) return openPipe(stdin, 'standard input', signal)
  const found = await stat(file).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${whyNot(error, file)}`)
  })
  if (found.isDirectory()) {
    throw new UsageError(`${file} is a directory. Name one file of events, or pipe several: cat ${file}/*.ndjson | … -`)
  }
  const handle = await open(file).catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read: ${whyNot(error, file)}`)
  })
  if (!found.isFile()) {
    const pipe = handle.createReadStream()
    return openPipe(pipe, file, signal)
  }
  try {
    return await openFile(handle, file, signal)
  } catch (error) {
    await handle.close()
    if (error instanceof SourceError) throw new UsageError(error.message)
    throw error
  }
}

function openPipe(pipe: Readable, label: string, signal: AbortSignal): Source {
  // The reader of the chunks gets the errors; this listener handles an abort before there is a reader.
  pipe.on('error', () => undefined)
  return {
    chunks: unpack(addAbortSignal(signal, pipe), label),
    totalBytes: undefined,
    hash: undefined,
    label,
    verify: () => Promise.resolve(),
    close: () => {
      pipe.destroy()
      return Promise.resolve()
    }
  }
}

async function openFile(handle: FileHandle, label: string, signal: AbortSignal): Promise<Source> {
  const before = await versionOf(handle)
  const verify = async () => {
    if ((await versionOf(handle)) === before) return
    throw new SourceError(`${label} changed while it was being delivered. Deliver a copy that does not change.`)
  }
  async function* read(onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array, void, undefined> {
    let position = 0
    while (!signal.aborted) {
      // Each chunk has a buffer of its own, because lines are cut from it without copying and kept for a while.
      const chunkRead = handle.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES, position)
      const { buffer, bytesRead } = await chunkRead.catch((error: unknown) => {
        throw new SourceError(`${label} cannot be read on: ${messageOf(error)}. Deliver a copy on another disk.`)
      })
      await verify()
      if (bytesRead === 0) return
      position += bytesRead
      const chunk = buffer.subarray(0, bytesRead)
      onChunk(chunk)
      yield chunk
    }
  }
  const hash = createHash('sha256')
  let totalBytes = 0
  for await (const chunk of unpack(
    read((chunk) => hash.update(chunk)),
    label
  )) {
    totalBytes += chunk.length
  }
  return {
    chunks: unpack(
      read(() => undefined),
      label
    ),
    totalBytes,
    hash: hash.digest('hex'),
    label,
    verify,
    close: () => handle.close()
  }
}

/** Changes whenever the file is written to. */
async function versionOf(handle: FileHandle): Promise<string> {
  const { size, mtimeNs } = await handle.stat({ bigint: true })
  return `${size} ${mtimeNs}`
}

function whyNot(error: unknown, file: string): string {
  const code = codeOf(error)
  if (code === 'ENOENT') return `there is no file ${path.resolve(file)}.`
  if (code === 'EACCES') return 'this user may not read it.'
  return messageOf(error)
}
