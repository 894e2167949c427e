import Papa from 'papaparse'
import { CSV_HEADER_ADVICE, isEventPath, NO_ID, toCsvHeader } from './csv-header'
import { EventFileError } from './event-file-error'
import { findSignature, SIGNATURE_BYTES, type OtherFile } from './file-signatures'

/** How many unpacked bytes are looked at, at most. */
export const SNIFF_BYTES = 64 * 1024

export type EventFormat = 'json-lines' | 'json-list' | 'json-objects' | 'csv'
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be'

export type DetectedFile =
  | { kind: 'gzip' }
  | { kind: 'events'; format: EventFormat; encoding: TextEncodingName; delimiter: string }
  /** It holds no events. */
  | ({ kind: 'other' } & OtherFile)

const GZIP = [0x1f, 0x8b]
const DELIMITERS = [',', ';', '\t', '|'] as const
const HTML = /^<(!doctype\s+html|html|head|body)/i
const START_OF_JSON = /^[{[]/
const BYTE_ORDER_MARK = '\uFEFF'
const NO_EVENTS = 'Segment events are NDJSON (one JSON object a line), a JSON list, or CSV with a header of paths'

/**
 * Finds out from its first bytes what a file is, whatever it is called. `isWhole`: there are no more bytes than these.
 * Returns `undefined` when more bytes are needed. Needs no more than `SNIFF_BYTES`.
 */
export function detectFile(head: Uint8Array, isWhole: boolean): DetectedFile | undefined {
  const isEnough = isWhole || head.length >= SNIFF_BYTES
  if (head.length === 0) return isWhole ? empty() : undefined
  if (head.length < 2 && !isWhole) return undefined
  if (head[0] === GZIP[0] && head[1] === GZIP[1]) return { kind: 'gzip' }
  return detectUnpacked(head, isEnough, isWhole)
}

/** The same for bytes that gzip has unpacked. */
export function detectUnpacked(head: Uint8Array, isEnough: boolean, isWhole: boolean): DetectedFile | undefined {
  if (head.length === 0) return isWhole ? empty() : undefined
  const encoding = toEncoding(head)
  const text = new TextDecoder(encoding).decode(head, { stream: true }).replace(BYTE_ORDER_MARK, '').trimStart()
  if (!START_OF_JSON.test(text)) {
    if (head.length < SIGNATURE_BYTES && !isEnough) return undefined
    const other = findSignature(head)
    if (other) return { kind: 'other', ...other }
    if (text.includes('\0')) return { kind: 'other', is: 'is a binary file', advice: NO_EVENTS }
  }
  if (text === '') return isWhole ? empty() : undefined
  const shape = START_OF_JSON.test(text) ? toJsonFormat(text, isEnough) : detectText(text, isEnough)
  if (shape === undefined || typeof shape === 'object') return shape && withEncoding(shape, encoding)
  return { kind: 'events', format: shape, encoding, delimiter: ',' }
}

const empty = (): DetectedFile => ({ kind: 'other', is: 'is empty', advice: 'See whether its export has ended' })

const withEncoding = (found: DetectedFile, encoding: TextEncodingName): DetectedFile =>
  found.kind === 'events' ? { ...found, encoding } : found

/** By the byte order mark, or by the zero bytes of Latin letters, of which JSON and headers consist at the start. */
function toEncoding([first, second, third, fourth]: Uint8Array): TextEncodingName {
  if (first === 0xff && second === 0xfe && !(third === 0 && fourth === 0)) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le'
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be'
  return 'utf-8'
}

function toJsonFormat(text: string, isEnough: boolean): EventFormat | undefined {
  const [first = '', ...rest] = text.split('\n')
  const next = rest.find((line) => line.trim() !== '')?.trim()
  if (rest.length === 0) {
    if (!isEnough) return undefined
    return text.startsWith('[') ? 'json-list' : 'json-lines'
  }
  const isFirstJson = isJson(first)
  if (text.startsWith('{')) {
    if (isFirstJson) return 'json-lines'
    if (next === undefined) return isEnough ? 'json-lines' : undefined
    return /^["}]/.test(next) ? 'json-objects' : 'json-lines'
  }
  // A first line that is a whole list with more behind it is one odd line among others.
  if (isFirstJson && next === undefined && !isEnough) return undefined
  return isFirstJson && next !== undefined ? 'json-lines' : 'json-list'
}

/** A table, a page, or no events at all. */
function detectText(text: string, isEnough: boolean): DetectedFile | 'json-lines' | undefined {
  if (HTML.test(text))
    return {
      kind: 'other',
      is: 'is an HTML page',
      advice: 'It may be the error or sign-in page of a download; fetch the file again'
    }
  if (text.startsWith('<')) return { kind: 'other', is: 'is an XML document', advice: NO_EVENTS }
  const lines = text.split('\n')
  const [header = '', second] = lines
  if (lines.length === 1 && !isEnough) return undefined
  const delimiter = DELIMITERS.map((one) => ({ one, cells: toCells(header, one) })).sort(
    (a, b) => b.cells.length - a.cells.length
  )[0]
  if (delimiter && delimiter.cells.some(isEventPath)) return detectTable(delimiter.cells, delimiter.one)
  if (lines.some((line) => line.trimStart().startsWith('{'))) return 'json-lines'
  if (!isEnough) return undefined
  const width = delimiter?.cells.length ?? 0
  if (delimiter && width > 1 && second !== undefined && toCells(second, delimiter.one).length === width)
    return { kind: 'other', is: NO_ID, advice: CSV_HEADER_ADVICE }
  return { kind: 'other', is: 'is text, but holds no JSON', advice: NO_EVENTS }
}

function detectTable(header: readonly string[], delimiter: string): DetectedFile {
  try {
    toCsvHeader(header)
    return { kind: 'events', format: 'csv', encoding: 'utf-8', delimiter }
  } catch (error) {
    if (!(error instanceof EventFileError)) throw error
    return { kind: 'other', is: error.is, advice: error.advice }
  }
}

const toCells = (line: string, delimiter: string): string[] =>
  Papa.parse<string[]>(line.trimEnd(), { delimiter, newline: '\n' }).data[0] ?? []

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
