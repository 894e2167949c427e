import { createEmulator, serve, type Emulator, type Seed } from '@intercom-destinations/emulator'
import { randomBytes } from 'node:crypto'
import { ConnectionError } from './connection-error'
import { toWorkspaceCounts } from './workspace-counts'
import type { Target } from './target'
import { toEmulatorOptions, type EmulatedWorkspace } from '../input/workspace-file'
import { messageOf } from '../text/message-of'

const TOKEN_BYTES = 24

type Fetch = Emulator['fetch']

export interface EmbeddedTarget extends Target {
  readonly address: string
  /** Good for this emulator only, and gone with the process. */
  readonly token: string
}

export interface EmbeddedOptions {
  /** In the workspace beside what its file says. */
  readonly contacts?: Seed['contacts']
  /** Stands between the destination and the emulator. */
  readonly listen?: (fetch: Fetch) => Fetch
}

/**
 * The emulator on a loopback port of its own, and the real destination pointed at it. The environment is not read: no
 * token that lies around there can reach a real workspace from here.
 */
export async function openEmbeddedIntercom(
  workspace: EmulatedWorkspace = {},
  { contacts = [], listen = (fetch) => fetch }: EmbeddedOptions = {}
): Promise<EmbeddedTarget> {
  const options = toEmulatorOptions({ ...workspace, contacts: [...(workspace.contacts ?? []), ...contacts] })
  const token = randomBytes(TOKEN_BYTES).toString('hex')
  const emulator = createEmulator({
    token,
    ...options,
    keptRequests: 0,
    // With Intercom's limit the destination would keep to 1,667 calls in ten seconds, on a laptop for nothing.
    rateLimit: Infinity
  })
  const { url, close } = await serve({ fetch: listen(emulator.fetch) }).catch((error: unknown) => {
    const reason = messageOf(error)
    throw new ConnectionError(`The built-in emulator could not be started on 127.0.0.1: ${reason}`)
  })
  let closing: Promise<void> | undefined
  return {
    workspace: options.workspace.name,
    address: url,
    token,
    playedBy: 'the built-in emulator',
    connection: { token, region: 'auto', restHost: url },
    holdings: () => toWorkspaceCounts(emulator.state),
    // Closed where it was opened, and at the end of a delivery as well.
    close: () => (closing ??= close())
  }
}
