import { signal } from '@preact/signals'
import type { Submission, Submitted } from '../../contract'
import { post, Refused } from '../api'
import { takeRows } from '../live'
import { EventSplitter, type FileEvent } from './event-splitter'

export interface RefusedLine {
  readonly unit: 'line' | 'event'
  readonly number: number
  readonly reason: string
}

/** How far a file has got. */
export interface FileImport {
  readonly name: string
  readonly state: 'reading' | 'done' | 'stopped' | 'broken'
  /** Of the file as it lies there, packed or not. */
  readonly bytesRead: number
  readonly bytes: number
  readonly sent: number
  readonly refusedCount: number
  /** The first of them. */
  readonly refused: readonly RefusedLine[]
  /** Why it broke off. */
  readonly problem?: string
}

/** Kept beside the view: a file goes on while somebody looks at the trace. */
export const fileImport = signal<FileImport | undefined>(undefined)

const CHUNK = 200
/** Lines may be long. */
const CHUNK_LETTERS = 512 * 1024
const REFUSED_SHOWN = 50
const GZIP = [0x1f, 0x8b] as const

let underWay: AbortController | undefined

export function stopImport(): void {
  underWay?.abort()
}

/** Reads a file as a stream and hands its events on, so that its size does not matter. */
export async function importFile(file: File): Promise<void> {
  stopImport()
  const controller = new AbortController()
  underWay = controller
  const isStopped = () => controller.signal.aborted
  let now: FileImport = {
    name: file.name,
    state: 'reading',
    bytesRead: 0,
    bytes: file.size,
    sent: 0,
    refusedCount: 0,
    refused: []
  }
  const tell = (change: Partial<FileImport>): void => {
    now = { ...now, ...change }
    // Another file has taken its place.
    if (underWay === controller) fileImport.value = now
  }
  tell({})
  try {
    const splitter = new EventSplitter()
    const send = async (events: readonly FileEvent[]): Promise<void> => {
      for (const chunk of inChunks(events)) {
        if (isStopped()) return
        const submission: Submission = { source: 'file', lines: chunk.map(({ text }) => text) }
        const { rows, refused } = await post<Submitted>('events', submission)
        takeRows(rows)
        const more = refused.map(({ line, reason }) => ({
          unit: splitter.unit,
          number: chunk[line]?.number ?? 0,
          reason
        }))
        tell({
          sent: now.sent + rows.length,
          refusedCount: now.refusedCount + refused.length,
          refused: [...now.refused, ...more].slice(0, REFUSED_SHOWN)
        })
      }
    }
    let waiting: FileEvent[] = []
    const texts = await openTexts(file, (count) => {
      tell({ bytesRead: now.bytesRead + count })
    })
    for (let part = await texts.read(); !part.done && !isStopped(); part = await texts.read()) {
      waiting.push(...splitter.push(part.value))
      if (waiting.length >= CHUNK) {
        const ready = waiting
        waiting = []
        await send(ready)
      }
    }
    if (isStopped()) {
      await texts.cancel()
      tell({ state: 'stopped' })
      return
    }
    await send([...waiting, ...splitter.end()])
    tell(isStopped() ? { state: 'stopped' } : { state: 'done', bytesRead: file.size })
  } catch (error) {
    const isRefusal = error instanceof Refused
    tell({
      state: 'broken',
      problem: isRefusal ? error.message : 'The file cannot be read. Is it text, or packed with gzip?'
    })
  }
}

async function openTexts(file: File, onBytes: (count: number) => void): Promise<ReadableStreamDefaultReader<string>> {
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, stream) {
      onBytes(chunk.byteLength)
      stream.enqueue(chunk)
    }
  })
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const bytes = file.stream().pipeThrough(counter)
  const unpacked = first === GZIP[0] && second === GZIP[1] ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes
  return unpacked.pipeThrough(new TextDecoderStream()).getReader()
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
