import { printableLines, toPrintableJson } from './printable'
import type { Target } from './target'

type Response = Target['destination']['responses'][number]

export interface SentRequest {
  readonly method: string
  /** With the query; without the host. */
  readonly path: string
  readonly body: unknown
  readonly status: number
}

/** What was asked, without headers: the token is one of them. */
export function toSentRequest({ request, options, status }: Response): SentRequest {
  const { pathname, search } = new URL(request.url)
  const { json }: { json?: unknown } = options
  return { method: request.method, path: pathname + search, body: json ?? null, status }
}

/** One request for `--dry-run`. */
export function toRequestText(response: Response, line: number, { json }: { json: boolean }): string {
  const { method, path, body } = toSentRequest(response)
  if (json) return `${toPrintableJson({ line, method, path, body })}\n`
  const text = body === null ? '' : `  ${JSON.stringify(body)}\n`
  return printableLines(`line ${line}: ${method} ${path}\n${text}`)
}
