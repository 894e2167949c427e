import { joinBytes, strictUtf8, toContent, type FileRecord } from './file-record'
import { MAX_LINE_BYTES } from './read-lines'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b])
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d])
/** Space, tab, line feed and carriage return (RFC 8259, 2), and the bytes of a byte order mark. */
const BETWEEN: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])
/** JSON allows these between its parts, and never inside a text. */
const LINE_BREAKS = /[\r\n]+/g

export interface SplitJsonOptions {
  /** How deep the events are: 1 for the items of a list, 0 for objects that follow one another. */
  readonly depth: 0 | 1
  readonly maxBytes?: number
}

/**
 * Splits a JSON list, or objects that follow one another, into the texts of their events. The texts are not parsed, so
 * that long ids keep their digits. Keeps one event and one chunk in memory.
 */
export async function* splitJson(
  source: AsyncIterable<Uint8Array>,
  { depth: depthOfEvents, maxBytes = MAX_LINE_BYTES }: SplitJsonOptions
): AsyncGenerator<FileRecord, void, undefined> {
  const event = new EventText(maxBytes)
  let depth = 0
  let inText = false
  let isEscaped = false
  let bytesRead = 0
  for await (const chunk of source) {
    let start = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (inText) {
        if (isEscaped) isEscaped = false
        else if (byte === BACKSLASH) isEscaped = true
        else if (byte === QUOTE) inText = false
        continue
      }
      if (byte === QUOTE) inText = true
      const isBorder = depth === depthOfEvents && (byte === COMMA || CLOSING.has(byte))
      if (isBorder || (OPENING.has(byte) && depth < depthOfEvents)) {
        event.add(chunk.subarray(start, at))
        start = at + 1
        // What follows the comma behind an object is another event; a comma alone is no event.
        if (event.hasText) yield event.cut(bytesRead + at + 1)
        if (byte !== COMMA) depth += OPENING.has(byte) ? 1 : -1
        depth = Math.max(0, depth)
        continue
      }
      if (OPENING.has(byte)) depth += 1
      else if (CLOSING.has(byte)) {
        depth -= 1
        if (depth > depthOfEvents || depthOfEvents > 0) continue
        event.add(chunk.subarray(start, at + 1))
        start = at + 1
        yield event.cut(bytesRead + at + 1)
      }
    }
    event.add(chunk.subarray(start))
    bytesRead += chunk.length
  }
  if (event.hasText) yield event.cut(bytesRead)
}

/** The bytes of the event that is being read. */
class EventText {
  readonly #maxBytes: number
  readonly #decoder = strictUtf8()
  #pieces: Uint8Array[] = []
  #length = 0
  #number = 0
  #hasText = false

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** Whether there is more than blanks. */
  get hasText(): boolean {
    return this.#hasText
  }

  add(piece: Uint8Array): void {
    if (!this.#hasText) {
      const first = piece.findIndex((byte) => !BETWEEN.has(byte))
      if (first === -1) return
      piece = piece.subarray(first)
      this.#hasText = true
    }
    this.#length += piece.length
    if (this.#length > this.#maxBytes) this.#pieces = []
    else this.#pieces.push(piece)
  }

  cut(bytesRead: number): FileRecord {
    const isTooLong = this.#length > this.#maxBytes
    const raw = joinBytes(this.#pieces)
    this.#pieces = []
    this.#length = 0
    this.#hasText = false
    this.#number += 1
    if (isTooLong) return { number: this.#number, bytesRead, content: { kind: 'too-long' }, bytes: undefined }
    const content = toContent(this.#decoder, raw)
    if (content.kind !== 'text') return { number: this.#number, bytesRead, content, bytes: raw }
    const text = content.text.trim().replace(LINE_BREAKS, ' ')
    return { number: this.#number, bytesRead, content: { kind: 'text', text }, bytes: new TextEncoder().encode(text) }
  }
}
