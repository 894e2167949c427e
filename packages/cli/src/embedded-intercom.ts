import { createEmulator, serve, type Seed } from '@intercom-destinations/emulator'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { Destination } from '@segment/actions-core'
import { randomBytes } from 'node:crypto'
import { ConnectionError } from './connection-error'
import { toHoldings } from './holdings'
import type { Target } from './target'
import type { EmulatedWorkspace } from './workspace-file'

const TOKEN_BYTES = 24
const DEFAULT_NAME = 'a new workspace'

/**
 * The emulator on a loopback port of its own, and the real destination pointed at it. The environment is not read: no
 * token that lies around there can reach a real workspace from here.
 */
export async function openEmbeddedIntercom(workspace: EmulatedWorkspace = {}, seed: Seed = {}): Promise<Target> {
  const { name = DEFAULT_NAME, contactAttributes, companyAttributes } = workspace
  const token = randomBytes(TOKEN_BYTES).toString('hex')
  const emulator = createEmulator({
    token,
    workspace: { name },
    contactAttributes,
    companyAttributes,
    seed,
    keptRequests: 0,
    // Until the destination paces itself, a file at full speed would be turned away after 1,667 calls in ten seconds.
    rateLimit: Infinity
  })
  const { url, close } = await serve(emulator).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConnectionError(`The built-in emulator could not be started on 127.0.0.1: ${reason}`)
  })
  const definition = intercomCloud({ restHost: url })
  let closing: Promise<void> | undefined
  return {
    workspace: name,
    playedBy: 'the built-in emulator',
    definition,
    destination: new Destination(definition),
    settings: { region: 'auto', oauth: { access_token: token } },
    holdings: () => toHoldings(emulator.state),
    // Whoever opened it closes it, and so does whoever delivered to it.
    close: () => (closing ??= close())
  }
}
