import { detectFile, detectUnpacked, SNIFF_BYTES, type DetectedFile, type EventFormat } from './detect-file'
import { EventFileError } from './event-file-error'
import { joinBytes, type FileRecord } from './file-record'
import { readCsv } from './read-csv'
import { readLines } from './read-lines'
import { splitJson } from './split-json'

type Chunks = AsyncIterable<Uint8Array>

export interface EventFileOptions {
  /** Unpacks gzip of one or more members. */
  readonly gunzip: (packed: Chunks) => Chunks
}

/** What the records of a file are called. */
export type RecordUnit = 'line' | 'event' | 'row'

export interface EventFile {
  readonly format: EventFormat
  readonly unit: RecordUnit
  /** The unpacked file as UTF-8, instead of its records: it can be read once, as one of the two. */
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>
  readonly readRecords: () => AsyncGenerator<FileRecord, void, undefined>
  /** The number that a reader of the file gives its record: the header of a table is row 1. */
  readonly toShownNumber: (number: number) => number
}

const UNITS: Readonly<Record<EventFormat, RecordUnit>> = {
  'json-lines': 'line',
  'json-list': 'event',
  'json-objects': 'event',
  csv: 'row'
}

/**
 * Opens the events of a file of any kind: NDJSON, a list, objects that follow one another, CSV, each in UTF-8 or UTF-16,
 * plain or gzip. Throws an `EventFileError` that names a file of another kind. Needs neither Node nor a browser.
 */
export async function openEventFile(source: Chunks, { gunzip }: EventFileOptions): Promise<EventFile> {
  const plain = await peek(source, detectFile)
  const { found, chunks, close } =
    plain.found.kind === 'gzip'
      ? await peek(gunzip(plain.chunks), (head, isWhole) =>
          detectUnpacked(head, isWhole || head.length >= SNIFF_BYTES, isWhole)
        )
      : plain
  if (found.kind !== 'events') {
    await close()
    const { is, advice } = found.kind === 'gzip' ? TWICE : found
    throw new EventFileError(is, advice)
  }
  const { format, encoding, delimiter } = found
  const text = encoding === 'utf-8' ? chunks : toUtf8(chunks, encoding)
  return {
    format,
    unit: UNITS[format],
    bytes: text,
    readRecords: () => toRecords(text, format, delimiter),
    toShownNumber: (number) => (format === 'csv' ? number + 1 : number)
  }
}

const TWICE = { is: 'is packed with gzip twice', advice: 'Unpack it once' }

function toRecords(text: Chunks, format: EventFormat, delimiter: string): AsyncGenerator<FileRecord, void, undefined> {
  switch (format) {
    case 'json-lines':
      return readLines(text)
    case 'json-list':
      return splitJson(text, { depth: 1 })
    case 'json-objects':
      return splitJson(text, { depth: 0 })
    case 'csv':
      return readCsv(text, delimiter)
  }
}

/** Reads as few bytes as it takes to know what a file is, and returns all of them again. */
async function peek(source: Chunks, detect: (head: Uint8Array, isWhole: boolean) => DetectedFile | undefined) {
  const reader = source[Symbol.asyncIterator]()
  const pieces: Uint8Array[] = []
  for (;;) {
    const next = await reader.next()
    const isWhole = next.done === true
    if (!isWhole) pieces.push(next.value)
    const found = detect(joinBytes(pieces).subarray(0, SNIFF_BYTES), isWhole)
    if (found) return { found, chunks: withHead(pieces, reader), close: () => reader.return?.() }
    if (isWhole) throw new Error('The end of a file decides what it is.')
  }
}

async function* withHead(
  pieces: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* pieces
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

async function* toUtf8(chunks: Chunks, encoding: string): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new TextDecoder(encoding)
  const encoder = new TextEncoder()
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }))
  yield encoder.encode(decoder.decode())
}
