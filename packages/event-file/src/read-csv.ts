import Papa from 'papaparse'
import { toCsvHeader, type CellType, type Column, type CsvHeader } from './csv-header'
import { EventFileError } from './event-file-error'
import { joinBytes, strictUtf8, toContent, type FileRecord, type RecordContent } from './file-record'
import { MAX_LINE_BYTES } from './read-lines'

const LINE_FEED = 0x0a
const QUOTE = 0x22
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/
const INTEGER = /^-?\d+$/

/**
 * Reads a table whose header names paths of an event. Every row becomes an event: cells are texts unless the header gives
 * another type (`properties.total:number`), and an empty cell is left out. Keeps one row and one chunk in memory. Throws an
 * `EventFileError` for a header that is no such list.
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  delimiter: string,
  maxBytes: number = MAX_LINE_BYTES
): AsyncGenerator<FileRecord, void, undefined> {
  const decoder = strictUtf8()
  let header: CsvHeader | undefined
  let number = 0
  for await (const { bytes, bytesRead } of splitRows(source, maxBytes)) {
    const read: RecordContent = bytes ? toContent(decoder, bytes) : { kind: 'too-long' }
    if (header === undefined) {
      if (read.kind !== 'text')
        throw new EventFileError('is a CSV table whose first row is not UTF-8 text', 'Save it as “CSV UTF-8”')
      header = toCsvHeader(toCells(read.text, delimiter))
      continue
    }
    number += 1
    const content = read.kind === 'text' ? toEventContent(toCells(read.text, delimiter), header) : read
    const isEvent = content.kind === 'text' && content.text !== ''
    yield { number, bytesRead, content, bytes: isEvent ? new TextEncoder().encode(content.text) : bytes }
  }
}

/** Splits at line feeds outside quotation marks; a mark inside a quoted cell is doubled, so it leaves the count even. */
async function* splitRows(source: AsyncIterable<Uint8Array>, maxBytes: number) {
  let pieces: Uint8Array[] = []
  let length = 0
  let bytesRead = 0
  let inQuotes = false
  const add = (piece: Uint8Array) => {
    length += piece.length
    if (length > maxBytes) pieces = []
    else pieces.push(piece)
  }
  const cut = (at: number) => {
    const row = { bytes: length > maxBytes ? undefined : joinBytes(pieces), bytesRead: at }
    pieces = []
    length = 0
    return row
  }
  for await (const chunk of source) {
    let start = 0
    for (let at = 0; at < chunk.length; at += 1) {
      if (chunk[at] === QUOTE) inQuotes = !inQuotes
      if (chunk[at] !== LINE_FEED || inQuotes) continue
      add(chunk.subarray(start, at))
      start = at + 1
      yield cut(bytesRead + start)
    }
    add(chunk.subarray(start))
    bytesRead += chunk.length
  }
  if (length > 0) yield cut(bytesRead)
}

const toCells = (row: string, delimiter: string): string[] =>
  Papa.parse<string[]>(row.endsWith('\r') ? row.slice(0, -1) : row, { delimiter, newline: '\n' }).data[0] ?? []

function toEventContent(cells: readonly string[], { columns, defaultType }: CsvHeader): RecordContent {
  if (cells.every((cell) => cell.trim() === '')) return { kind: 'text', text: '' }
  if (cells.length !== columns.length) return { kind: 'other-cells' }
  const event = new Branch(defaultType === undefined ? [] : [['type', defaultType]])
  columns.forEach((column, index) => {
    const cell = cells[index] ?? ''
    if (cell !== '') place(event, column, cell)
  })
  return { kind: 'text', text: JSON.stringify(toObject(event)) }
}

/** A map, not an object, so that a column named `__proto__` is a key like any other. */
class Branch extends Map<string, unknown> {}

function place(event: Branch, { path, type }: Column, cell: string): void {
  let branch = event
  for (const key of path.slice(0, -1)) {
    const next = branch.get(key)
    const inner = next instanceof Branch ? next : new Branch()
    branch.set(key, inner)
    branch = inner
  }
  branch.set(path.at(-1) ?? '', toValue(cell, type))
}

const toObject = (branch: Branch): object =>
  Object.fromEntries([...branch].map(([key, value]) => [key, value instanceof Branch ? toObject(value) : value]))

/** A cell that is not of the type of its column stays a text, which the destination then judges. */
function toValue(cell: string, type: CellType): unknown {
  const text = cell.trim()
  switch (type) {
    case 'text':
      return cell
    case 'number':
      return JSON_NUMBER.test(text) && (!INTEGER.test(text) || String(Number(text)) === text) ? Number(text) : cell
    case 'boolean':
      return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : cell
    case 'json':
      return toJson(text) ?? cell
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
