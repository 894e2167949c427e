import * as crypto from 'node:crypto'

/**
 * A cache key of 44 characters, however long an id is. It shows neither tokens nor addresses. A file of its own, because
 * Segment's repository has another function for hashes (docs/into-segment.md).
 */
export function toCacheKey(...parts: string[]): string {
  const text = JSON.stringify(parts)
  // Half the time of `createHash`, and missing before Node 20.12 and 21.7.
  return 'hash' in crypto ? crypto.hash('sha256', text, 'base64') : createSha256(text)
}

function createSha256(text: string): string {
  return crypto.createHash('sha256').update(text).digest('base64')
}
