import { parseExactJson } from '@intercom-destinations/cli'
import { gunzipSync } from 'node:zlib'
import type { Json, JsonObject } from '../../contract'
import { isJsonObject } from '../../json-guards'

export type TrackingBody =
  | { readonly kind: 'object'; readonly value: JsonObject }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'not-json' }

/** The size of an event as Segment counts it: the bytes of its JSON in UTF-8. Check its nesting first. */
export const toJsonBytes = (value: Json): number => Buffer.byteLength(JSON.stringify(value))

/**
 * The body as JSON, whatever its content type: browsers send text/plain to avoid a CORS preflight. Some server
 * libraries compress.
 */
export function readTrackingBody(received: Buffer, encoding: string | undefined, maxBytes: number): TrackingBody {
  const bytes = encoding === 'gzip' ? unzip(received, maxBytes) : received
  if (bytes === 'not-gzip') return { kind: 'not-json' }
  if (bytes === 'too-large' || bytes.length > maxBytes) return { kind: 'too-large' }
  try {
    const value = parseExactJson(bytes.toString('utf8'))
    return isJsonObject(value) ? { kind: 'object', value } : { kind: 'not-json' }
  } catch {
    return { kind: 'not-json' }
  }
}

/** Never decompresses more than the limit, however small the compressed body is. */
function unzip(bytes: Buffer, maxBytes: number): Buffer | 'not-gzip' | 'too-large' {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    return isTooLarge(error) ? 'too-large' : 'not-gzip'
  }
}

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
