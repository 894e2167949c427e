import type { Call } from '../../contract'

/** Of Intercom's API, as the cloud destination sends it (versioning-info.ts); a test holds the two together. */
export const API_VERSION = '2.16'

/** Closes the quote, writes the quote on its own, and opens it again: nothing else is special in POSIX single quotes. */
export const toShellText = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** Requests as commands. The token comes out of the reader's own environment. */
export function toCurlText(calls: readonly Call[]): string {
  return calls
    .flatMap(({ body, request }) => (request ? [toCommand(request.method, request.url, body)] : []))
    .join('\n\n')
}

function toCommand(method: string, url: string, body: Call['body']): string {
  const parts = [
    // Without it, curl reads braces and brackets of an address as a pattern.
    `curl --globoff --request ${toShellText(method)} --url ${toShellText(url)}`,
    '--header "Authorization: Bearer $INTERCOM_ACCESS_TOKEN"',
    `--header 'Intercom-Version: ${API_VERSION}'`,
    "--header 'Accept: application/json'"
  ]
  if (body !== null) {
    parts.push("--header 'Content-Type: application/json'", `--data-raw ${toShellText(JSON.stringify(body))}`)
  }
  return parts.join(' \\\n  ')
}
