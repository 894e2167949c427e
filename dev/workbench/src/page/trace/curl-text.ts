import type { Call } from '../../contract'

/** The version of Intercom's API. A test compares it with the cloud destination's (versioning-info.ts). */
export const API_VERSION = '2.16'

/**
 * Closes the quote, writes the quote on its own, and opens it again: nothing else is special in POSIX single quotes.
 */
export const toShellText = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

const INTERCOM = 'https://api.intercom.io'
const FOR_YOURS = '# For your own workspace: set INTERCOM_ACCESS_TOKEN to its token.'

/**
 * Requests as curl commands. The token is read from the environment. The emulator's token and port end with this run,
 * so its requests are written for Intercom's own host.
 */
export function toCurlText(calls: readonly Call[]): string {
  const requests = calls.flatMap(({ body, request }) => (request ? [{ ...request, body }] : []))
  const commands = requests.map(({ method, url, body }) => toCommand(method, toRealUrl(url), body))
  const isEmulated = requests.some(({ url }) => toRealUrl(url) !== url)
  return `${isEmulated ? `${FOR_YOURS}\n` : ''}${commands.join('\n\n')}`
}

function toRealUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url && LOOPBACK.includes(url.hostname) ? `${INTERCOM}${url.pathname}${url.search}` : text
}

function toCommand(method: string, url: string, body: Call['body']): string {
  const parts = [
    // Without it, curl reads braces and brackets in a URL as a pattern.
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
