import type { ObservedRequest } from '@intercom-destinations/delivery'
import { toPlaceText, type Place } from '../input/places'
import { printableLines, toPrintableJson } from './printable'

/** A request to Intercom as it is shown. */
export interface SentRequest {
  readonly method: string
  /** The path with the query, without the host. */
  readonly path: string
  readonly body: unknown
  readonly status?: number
}

export function toSentRequest({ method, url, body, status }: ObservedRequest): SentRequest {
  const { pathname, search } = new URL(url)
  return { method, path: pathname + search, body: body ?? null, ...(status === undefined ? {} : { status }) }
}

/** One request for `--dry-run`. */
export function toRequestText(request: ObservedRequest, place: Place, { json }: { json: boolean }): string {
  const { method, path, body } = toSentRequest(request)
  if (json) return `${toPrintableJson({ file: place.file, [place.unit]: place.number, method, path, body })}\n`
  const text = body === null ? '' : `  ${JSON.stringify(body)}\n`
  return printableLines(`${toPlaceText(place)}: ${method} ${path}\n${text}`)
}
