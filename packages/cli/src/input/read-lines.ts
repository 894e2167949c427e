/** Segment accepts 32 KB for an event and 500 KB for a batch; twenty times a batch is no event. */
export const MAX_LINE_BYTES = 10_000_000

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = '\r'

/** One line of a file, numbered as an editor numbers it. */
export interface Line {
  readonly number: number
  /** How many bytes of the file end with this line. */
  readonly bytesRead: number
  readonly content: LineContent
  readonly bytes: LineBytes
}

export type LineContent = { kind: 'text'; text: string } | { kind: 'too-long' } | { kind: 'not-utf-8' }

/** The bytes between two line feeds, unchanged; `undefined` for a line over the limit. */
type LineBytes = Uint8Array | undefined

/**
 * Splits bytes into lines. Keeps at most one line and one chunk in memory: the bytes of a line over the limit are counted
 * and dropped. A byte order mark and the carriage returns of Windows are removed from the text.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number = MAX_LINE_BYTES
): AsyncGenerator<Line, void, undefined> {
  // Invalid UTF-8 is refused and not repaired, because a repaired name would be wrong.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let number = 0
  let bytesRead = 0
  let length = 0
  let pieces: Uint8Array[] = []

  const add = (piece: Uint8Array) => {
    length += piece.length
    if (length > maxBytes) pieces = []
    else pieces.push(piece)
  }
  const cut = (): Line => {
    const bytes = length > maxBytes ? undefined : join(pieces)
    const content: LineContent = bytes ? toContent(decoder, bytes) : { kind: 'too-long' }
    length = 0
    pieces = []
    number += 1
    return { number, bytesRead, content, bytes }
  }

  for await (const chunk of source) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, end))
      bytesRead += end + 1 - start
      start = end + 1
      yield cut()
    }
    add(chunk.subarray(start))
    bytesRead += chunk.length - start
  }
  if (length > 0) yield cut()
}

function join(pieces: Uint8Array[]): Uint8Array {
  const [first] = pieces
  return first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces)
}

function toContent(decoder: TextDecoder, bytes: Uint8Array): LineContent {
  try {
    const text = decoder.decode(bytes)
    return { kind: 'text', text: text.endsWith(CARRIAGE_RETURN) ? text.slice(0, -1) : text }
  } catch {
    return { kind: 'not-utf-8' }
  }
}
