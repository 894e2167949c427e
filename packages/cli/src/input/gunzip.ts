import { GZIP_PROBLEMS } from '@intercom-destinations/event-file'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { codeOf } from '../text/message-of'
import { SourceError } from './source-error'

const TRUNCATED = 'Z_BUF_ERROR'

/** Unpacks gzip of one or more members. `label` names the file in errors. */
export async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  label: string
): AsyncGenerator<Uint8Array, void, undefined> {
  const packed = Readable.from(source, { objectMode: false })
  const unpacker = createGunzip()
  packed.on('error', (error) => unpacker.destroy(error))
  try {
    for await (const chunk of packed.pipe(unpacker)) if (chunk instanceof Uint8Array) yield chunk
  } catch (error) {
    throw toSourceError(error, label)
  } finally {
    packed.destroy()
  }
}

function toSourceError(error: unknown, label: string): unknown {
  const code = codeOf(error)
  if (typeof code !== 'string' || !code.startsWith('Z_')) return error
  const { problem } = code === TRUNCATED ? GZIP_PROBLEMS.truncated() : GZIP_PROBLEMS.damaged()
  return new SourceError(`${label} ${problem}`)
}
