import { createHash } from 'node:crypto'
import { open, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { addAbortSignal, type Readable } from 'node:stream'
import { SourceError } from './source-error'
import { unpack } from './unpack'
import { UsageError } from '../command/usage-error'
import { codeOf, messageOf } from '../text/message-of'

/** How a file name says "what is piped in". */
export const STANDARD_INPUT = '-'

const CHUNK_BYTES = 256 * 1024

export interface Source {
  /** Unpacked already. */
  readonly chunks: AsyncIterable<Uint8Array>
  /** How many there will be; unknown for a pipe. */
  readonly totalBytes: number | undefined
  /** What the file is, byte for byte; a pipe cannot be read twice and has none. */
  readonly hash: string | undefined
  /** How to speak of it. */
  readonly label: string
  /** Throws a `SourceError` when the file is no longer the one that was opened. */
  readonly verify: () => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens the events to deliver. A file is read once beforehand, for its hash, and so that a damaged one is refused before
 * anything was delivered. The signal ends a source that waits for more.
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
  // Whoever iterates hears of errors; this listener is for an abort before anybody does.
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
    throw new SourceError(`${label} changed while it was being delivered. Deliver a copy that nobody writes to.`)
  }
  async function* read(onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array, void, undefined> {
    let position = 0
    while (!signal.aborted) {
      // A buffer of its own each time: lines are cut from it without copying, and may be kept for a while.
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

/** Changes whenever somebody writes to the file. */
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
