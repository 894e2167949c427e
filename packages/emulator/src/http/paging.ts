import { parameterInvalid } from './errors'
import { PER_PAGE_MAX } from '../model/limits'

const isCursor = (value: unknown): value is [string, number] =>
  Array.isArray(value) && typeof value[0] === 'string' && Number.isInteger(value[1])

const readCursor = (cursor: string): [string, number] => {
  try {
    const value: unknown = JSON.parse(decodeURIComponent(atob(cursor)))
    if (isCursor(value)) return value
  } catch {
    // Refused below, like a cursor that is valid base64 but not one of ours.
  }
  throw parameterInvalid('starting_after is not a cursor of this workspace')
}

/** AMP: a page size that is too large is refused. GUESS: zero is refused too. */
export const readPerPage = (value: unknown, byDefault: number, max: number = PER_PAGE_MAX): number => {
  if (value === undefined || value === null) return byDefault
  const size = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1) {
    throw parameterInvalid(`per_page must be an integer between 1 and ${max}`)
  }
  if (size > max) throw parameterInvalid('Per Page is too big')
  return size
}

/** One page after a cursor. The cursor names the last item of the page before, because the list may change meanwhile. */
export const cursorPage = <T extends { id: string }>(items: readonly T[], perPage: number, cursor?: string) => {
  let start = 0
  if (cursor !== undefined) {
    const [id, place] = readCursor(cursor)
    const found = items.findIndex((item) => item.id === id)
    start = found === -1 ? place : found + 1
  }
  const data = items.slice(start, start + perPage)
  const end = start + data.length
  const last = data.at(-1)
  const page = Math.floor(start / perPage) + 1
  const next =
    last && end < items.length
      ? { next: { page: page + 1, starting_after: btoa(encodeURIComponent(JSON.stringify([last.id, end]))) } }
      : {}
  return {
    data,
    total_count: items.length,
    pages: { type: 'pages' as const, ...next, page, per_page: perPage, total_pages: Math.ceil(items.length / perPage) }
  }
}

/** One numbered page, as in the older lists. `next` is a full address (AMP), so `link` must be one too. */
export const numberedPage = <T>(items: readonly T[], perPage: number, pageText: string | null, link: string) => {
  const page = pageText === null ? 1 : Number(pageText)
  if (!Number.isInteger(page) || page < 1) throw parameterInvalid('page must be a positive integer')
  const total_pages = Math.ceil(items.length / perPage)
  return {
    data: items.slice((page - 1) * perPage, page * perPage),
    total_count: items.length,
    pages: {
      type: 'pages' as const,
      next: page < total_pages ? `${link}?per_page=${perPage}&page=${page + 1}` : null,
      page,
      per_page: perPage,
      total_pages
    }
  }
}
