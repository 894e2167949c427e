import type { Submission, Submitted } from '../../contract'
import { Refused } from '../api'
import { EventSplitter, type FileEvent } from './event-splitter'

/** The first bytes of a gzip file. File names are not reliable. */
const GZIP = [0x1f, 0x8b] as const

/**
 * A file as a stream of text, decompressed if needed. `onBytes` gets the number of bytes that were read of the file
 * itself.
 */
async function openTexts(file: File, onBytes: (count: number) => void): Promise<ReadableStreamDefaultReader<string>> {
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, stream) {
      onBytes(chunk.byteLength)
      stream.enqueue(chunk)
    }
  })
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const bytes = file.stream().pipeThrough(counter)
  const isPacked = first === GZIP[0] && second === GZIP[1]
  const unpacked = isPacked ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes
  return unpacked.pipeThrough(new TextDecoderStream()).getReader()
}

interface RefusedLine {
  readonly unit: 'line' | 'event'
  readonly number: number
  readonly reason: string
}

/** The progress of a file. */
export interface FileProgress {
  readonly name: string
  readonly state: 'reading' | 'done' | 'stopped' | 'broken'
  /** Bytes of the file itself, compressed or not. */
  readonly bytesRead: number
  readonly bytes: number
  readonly sent: number
  readonly refusedCount: number
  /** The first of the refused lines. */
  readonly refused: readonly RefusedLine[]
  /** Why it failed. */
  readonly problem?: string
}

interface SendFileOptions {
  readonly send: (submission: Submission) => Promise<Submitted>
  readonly onProgress: (progress: FileProgress) => void
  readonly stopped: AbortSignal
}

const CHUNK = 200
/** A chunk with long lines is smaller. */
const CHUNK_LETTERS = 512 * 1024
const REFUSED_SHOWN = 50

/** Reads a file as a stream and sends its events in chunks, so that its size does not matter. */
export async function sendFile(file: File, { send, onProgress, stopped }: SendFileOptions): Promise<void> {
  const splitter = new EventSplitter()
  const isStopped = () => stopped.aborted
  let now: FileProgress = {
    name: file.name,
    state: 'reading',
    bytesRead: 0,
    bytes: file.size,
    sent: 0,
    refusedCount: 0,
    refused: []
  }
  const advance = (change: Partial<FileProgress>): void => {
    now = { ...now, ...change }
    onProgress(now)
  }
  const sendAll = async (events: readonly FileEvent[]): Promise<void> => {
    for (const chunk of inChunks(events)) {
      if (isStopped()) return
      const { rows, refused } = await send({ source: 'file', lines: chunk.map(({ text }) => text) })
      const { unit } = splitter
      const lines = refused.map(({ line, reason }) => ({ unit, number: chunk[line]?.number ?? 0, reason }))
      advance({
        sent: now.sent + rows.length,
        refusedCount: now.refusedCount + refused.length,
        refused: [...now.refused, ...lines].slice(0, REFUSED_SHOWN)
      })
    }
  }
  advance({})
  try {
    const texts = await openTexts(file, (count) => {
      advance({ bytesRead: now.bytesRead + count })
    })
    let waiting: FileEvent[] = []
    for (let part = await texts.read(); !part.done && !isStopped(); part = await texts.read()) {
      waiting.push(...splitter.push(part.value))
      // A small file comes in small pieces; a piece of a large one is more than a chunk.
      if (waiting.length < CHUNK) continue
      await sendAll(waiting)
      waiting = []
    }
    if (isStopped()) await texts.cancel()
    else await sendAll([...waiting, ...splitter.end()])
    advance(isStopped() ? { state: 'stopped' } : { state: 'done', bytesRead: file.size })
  } catch (error) {
    const problem =
      error instanceof Refused ? error.message : 'The file cannot be read. Is it text, or packed with gzip?'
    advance({ state: 'broken', problem })
  }
}

function* inChunks(events: readonly FileEvent[]): Generator<readonly FileEvent[]> {
  let chunk: FileEvent[] = []
  let letters = 0
  for (const event of events) {
    if (chunk.length > 0 && (chunk.length >= CHUNK || letters + event.text.length > CHUNK_LETTERS)) {
      yield chunk
      chunk = []
      letters = 0
    }
    chunk.push(event)
    letters += event.text.length
  }
  if (chunk.length > 0) yield chunk
}
