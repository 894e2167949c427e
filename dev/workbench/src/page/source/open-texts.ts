/** The first bytes of a gzip file. File names are not reliable. */
const GZIP = [0x1f, 0x8b] as const

/**
 * A file as a stream of text, decompressed if needed. `onBytes` gets the number of bytes that were read of the file
 * itself.
 */
export async function openTexts(
  file: File,
  onBytes: (count: number) => void
): Promise<ReadableStreamDefaultReader<string>> {
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, stream) {
      onBytes(chunk.byteLength)
      stream.enqueue(chunk)
    }
  })
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const bytes = file.stream().pipeThrough(counter)
  const isPacked = first === GZIP[0] && second === GZIP[1]
  const unpacked = isPacked ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes
  return unpacked.pipeThrough(new TextDecoderStream()).getReader()
}
