import { GZIP_PROBLEMS } from '@intercom-destinations/event-file'
import { FlateErrorCode, Gunzip, type FlateError } from 'fflate'

const isFlateError = (error: unknown): error is FlateError =>
  error instanceof Error && 'code' in error && typeof error.code === 'number'

/**
 * Unpacks gzip of one or more members, as Segment's archives have it; a browser's own `DecompressionStream` ends with the
 * first one. Throws an `EventFileError` for data that is truncated or damaged.
 */
export async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const unpacked: Uint8Array[] = []
  const unpacker = new Gunzip((piece) => {
    // The unpacker writes into the same memory again.
    if (piece.length > 0) unpacked.push(piece.slice())
  })
  const push = (chunk: Uint8Array, isLast: boolean): Uint8Array[] => {
    try {
      unpacker.push(chunk, isLast)
    } catch (error) {
      if (!isFlateError(error)) throw error
      throw error.code === FlateErrorCode.UnexpectedEOF ? GZIP_PROBLEMS.truncated() : GZIP_PROBLEMS.damaged()
    }
    return unpacked.splice(0)
  }
  for await (const chunk of packed) yield* push(chunk, false)
  yield* push(new Uint8Array(0), true)
}
