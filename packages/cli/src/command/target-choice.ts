import type { Connection } from '../target/connected-intercom'
import { UsageError } from './usage-error'

export type TargetChoice = { kind: 'embedded' } | { kind: 'intercom' } | { kind: 'address'; address: string }

/** An emulator accepts every token. */
const ANY_TOKEN = 'any'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Reads `--to`. Only addresses of this machine are allowed, because a token must not be sent to a mistyped host. */
export function toTargetChoice(text: string): TargetChoice {
  if (text === 'emulator') return { kind: 'embedded' }
  if (text === 'intercom') return { kind: 'intercom' }
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isAddress =
    url?.protocol === 'http:' && LOOPBACK.has(url.hostname) && url.pathname === '/' && url.username + url.search === ''
  if (url === undefined || !isAddress) {
    throw new UsageError(
      '--to takes emulator, intercom, or the address of an emulator on this machine, such as http://127.0.0.1:4010.'
    )
  }
  return { kind: 'address', address: url.origin }
}

/** Refuses a workspace file for a target that is not the built-in emulator. */
export function checkWorkspaceOption(workspace: string | undefined, isEmbedded: boolean): void {
  if (workspace === undefined || isEmbedded) return
  throw new UsageError('--workspace belongs to the built-in emulator; "emulate" takes one, too.')
}

/** The connection for a choice, with the token of the environment. The built-in emulator has a token of its own. */
export function toConnection(
  choice: Exclude<TargetChoice, { kind: 'embedded' }>,
  region: string,
  { INTERCOM_ACCESS_TOKEN }: NodeJS.ProcessEnv
): Connection {
  const token = INTERCOM_ACCESS_TOKEN?.trim() ?? ''
  if (choice.kind === 'address') {
    return { token: token === '' ? ANY_TOKEN : token, region: 'auto', address: choice.address }
  }
  if (token === '') {
    throw new UsageError('--to intercom needs the access token of the workspace in INTERCOM_ACCESS_TOKEN.')
  }
  return { token, region }
}
