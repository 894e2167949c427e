/** One event of a file, as text. */
export interface FileRecord {
  /** From 1 on, without gaps: the line, the item of a list, or the row of a table below its header. */
  readonly number: number
  /** How many bytes of the unpacked file end with this record. */
  readonly bytesRead: number
  readonly content: RecordContent
  /** The record as one line of JSON, or as it stands in the file; `undefined` for one over the limit. */
  readonly bytes: Uint8Array | undefined
}

export type RecordContent =
  | { kind: 'text'; text: string }
  | { kind: 'too-long' }
  | { kind: 'not-utf-8' }
  /** A row of a table has more or fewer cells than the header. */
  | { kind: 'other-cells' }

/** Joins the pieces of one record. A single piece is not copied. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces
  if (first !== undefined && pieces.length === 1) return first
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** The text of UTF-8 bytes. Invalid UTF-8 is refused and not repaired, because a repaired name would be wrong. */
export function toContent(decoder: TextDecoder, bytes: Uint8Array): RecordContent {
  try {
    return { kind: 'text', text: decoder.decode(bytes) }
  } catch {
    return { kind: 'not-utf-8' }
  }
}

export const strictUtf8 = (): TextDecoder => new TextDecoder('utf-8', { fatal: true })
