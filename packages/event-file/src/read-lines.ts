import { joinBytes, strictUtf8, toContent, type FileRecord, type RecordContent } from './file-record'

/** Segment accepts 32 KB for an event and 500 KB for a batch; twenty times a batch is no event. */
export const MAX_LINE_BYTES = 10_000_000

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = '\r'

/**
 * Splits bytes into lines, numbered as an editor numbers them. Keeps at most one line and one chunk in memory: the bytes of
 * a line over the limit are counted and dropped. A byte order mark and the carriage returns of Windows are removed from the
 * text. `bytes` is what stands between two line feeds, unchanged.
 */
export async function* readLines(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number = MAX_LINE_BYTES
): AsyncGenerator<FileRecord, void, undefined> {
  const decoder = strictUtf8()
  let number = 0
  let bytesRead = 0
  let length = 0
  let pieces: Uint8Array[] = []

  const add = (piece: Uint8Array) => {
    length += piece.length
    if (length > maxBytes) pieces = []
    else pieces.push(piece)
  }
  const cut = (): FileRecord => {
    const bytes = length > maxBytes ? undefined : joinBytes(pieces)
    const content: RecordContent = bytes ? withoutReturn(toContent(decoder, bytes)) : { kind: 'too-long' }
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

const withoutReturn = (content: RecordContent): RecordContent =>
  content.kind === 'text' && content.text.endsWith(CARRIAGE_RETURN)
    ? { kind: 'text', text: content.text.slice(0, -1) }
    : content
