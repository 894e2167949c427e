import { openEventFile, type EventFileError, type FileRecord } from '@intercom-destinations/event-file'
import { gunzip } from './gunzip'

/** Browsers read two megabytes at once. Unpacked, they would block the page. */
const CHUNK_BYTES = 16 * 1024

/** A record of a dropped file, and where a reader of that file finds it: `line 3`, or `b.csv row 3` among several. */
export interface PlacedRecord {
  readonly place: string
  readonly content: FileRecord['content']
}

/** What a file without events is, and what to do: `chart.png is a PNG image. …`. */
export const toFileProblem = (name: string, { problem }: EventFileError): string =>
  `${name} ${problem.replace('FILE', name)}`

/**
 * The records of a file of any kind. `onBytes` gets the number of bytes that were read of the file itself. Throws an
 * `EventFileError` for a file that holds no events.
 */
export async function* readFile(
  file: File,
  { isOneOfMany, onBytes }: { readonly isOneOfMany: boolean; readonly onBytes: (count: number) => void }
): AsyncGenerator<PlacedRecord, void, undefined> {
  const { unit, readRecords, toShownNumber } = await openEventFile(chunksOf(file, onBytes), { gunzip })
  const prefix = isOneOfMany ? `${file.name} ` : ''
  for await (const { number, content } of readRecords()) {
    if (content.kind === 'text' && content.text.trim() === '') continue
    yield { place: `${prefix}${unit} ${toShownNumber(number).toLocaleString('en-US')}`, content }
  }
}

/** A reader, because not every browser iterates over a stream. */
async function* chunksOf(file: File, onBytes: (count: number) => void): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = file.stream().getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (let at = 0; at < part.value.length; at += CHUNK_BYTES) {
        const chunk = part.value.subarray(at, at + CHUNK_BYTES)
        onBytes(chunk.length)
        yield chunk
      }
    }
  } finally {
    await reader.cancel()
  }
}
