import { createHash } from 'node:crypto'

/**
 * A cache key of 44 characters, however long an id is. It shows neither tokens nor addresses. A file of its own, because
 * Segment's repository has another function for hashes (docs/into-segment.md).
 */
export function toCacheKey(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64')
}
