import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { codeOf } from '../text/message-of'
import { SourceError } from './source-error'

/** RFC 1952, 2.3.1: the first two bytes of every gzip member. No JSON starts with them. */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b])
const TRUNCATED = 'Z_BUF_ERROR'

/** The bytes unchanged, or unpacked when their first bytes are those of gzip, whatever the file is called. */
export async function* unpack(
  source: AsyncIterable<Uint8Array>,
  label: string
): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = source[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  while (head.length < GZIP_MAGIC.length) {
    const next = await chunks.next()
    if (next.done === true) break
    head = Buffer.concat([head, next.value])
  }
  const whole = withHead(head, chunks)
  if (!head.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC)) {
    yield* whole
    return
  }
  const packed = Readable.from(whole, { objectMode: false })
  const gunzip = createGunzip()
  packed.on('error', (error) => gunzip.destroy(error))
  try {
    for await (const chunk of packed.pipe(gunzip)) if (chunk instanceof Uint8Array) yield chunk
  } catch (error) {
    throw toSourceError(error, label)
  } finally {
    packed.destroy()
  }
}

async function* withHead(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

function toSourceError(error: unknown, label: string): unknown {
  const code = codeOf(error)
  if (typeof code !== 'string' || !code.startsWith('Z_')) return error
  return code === TRUNCATED
    ? new SourceError(`${label} ends in the middle of its gzip data: it is truncated. Fetch or write it again.`)
    : new SourceError(
        `${label} is damaged: its gzip data cannot be unpacked. Fetch or write it again; gzip -t tests it.`
      )
}
