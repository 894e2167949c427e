import { createEmulator, serve, type Emulator, type EmulatorState, type Seed } from '@intercom-destinations/emulator'
import { randomBytes } from 'node:crypto'
import { ConnectionError } from './connection-error'
import { toWorkspaceCounts } from './workspace-counts'
import type { Target } from './target'
import { toEmulatorOptions, type EmulatedWorkspace } from '../input/emulated-workspace'
import { messageOf } from '../text/message-of'

const TOKEN_BYTES = 24

type Fetch = Emulator['fetch']

export interface EmbeddedTarget extends Target {
  readonly address: string
  /** Valid for this emulator only. */
  readonly token: string
  /** What it contains, also after it was closed. */
  readonly state: EmulatorState
}

export interface EmbeddedOptions {
  /** Contacts in the workspace beside those of its file. */
  readonly contacts?: Seed['contacts']
  /** Wraps the emulator, to observe or replace its answers. */
  readonly wrapFetch?: (fetch: Fetch) => Fetch
}

/**
 * Starts the emulator on a loopback port of its own. The environment is not read, so a token in it can never reach a real
 * workspace from here.
 */
export async function openEmbeddedIntercom(
  workspace: EmulatedWorkspace = {},
  { contacts = [], wrapFetch = (fetch) => fetch }: EmbeddedOptions = {}
): Promise<EmbeddedTarget> {
  const options = toEmulatorOptions({ ...workspace, contacts: [...(workspace.contacts ?? []), ...contacts] })
  const token = randomBytes(TOKEN_BYTES).toString('hex')
  const emulator = createEmulator({
    token,
    ...options,
    keptRequests: 0,
    // With Intercom's limit the destination would keep to 1,667 calls in ten seconds for no reason.
    rateLimit: Infinity
  })
  const { url, close } = await serve({ fetch: wrapFetch(emulator.fetch) }).catch((error: unknown) => {
    const reason = messageOf(error)
    throw new ConnectionError(`The built-in emulator could not be started on 127.0.0.1: ${reason}`)
  })
  let closing: Promise<void> | undefined
  return {
    workspace: options.workspace.name,
    address: url,
    token,
    state: emulator.state,
    playedBy: 'the built-in emulator',
    connection: { token, region: 'auto', restHost: url },
    workspaceCounts: () => toWorkspaceCounts(emulator.state),
    // A delivery closes its target, and so does the command that opened it.
    close: () => (closing ??= close())
  }
}
