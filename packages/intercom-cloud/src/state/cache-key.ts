import * as crypto from 'node:crypto'

/** Half the time of `createHash`. Missing before Node 20.12 and 21.7. */
const hashAtOnce: typeof crypto.hash | undefined = crypto.hash

/**
 * A cache key of 44 characters, however long an id is. It shows neither tokens nor addresses. A file of its own, because
 * Segment's repository has another function for hashes (docs/into-segment.md).
 */
export function toCacheKey(...parts: string[]): string {
  return hashText(JSON.stringify(parts))
}

/** SHA-256 in base 64. */
export function hashText(text: string): string {
  return hashAtOnce ? hashAtOnce('sha256', text, 'base64') : crypto.createHash('sha256').update(text).digest('base64')
}
