import { toEmulatorOptions, type EmulatedWorkspace } from '@intercom-destinations/cli'
import { createEmulator, serve, type Emulator, type Wait } from '@intercom-destinations/emulator'
import { countHeld } from './api/tables'
import type { EmulatedApp, EmulatedIntercom } from './configuration/connection'
import type { PageWorkspace } from './engine/web-pages'
import { FaultSwitches } from './faults'
import type { Broadcast } from './stream'

/** How long changes of the emulator are gathered before pages are told. */
const HELD_EVERY_MS = 200

/** The workspace of the demo shop. Every other attribute that the shop sends is lost, to show what a loss is. */
const SHOP_WORKSPACE = {
  name: 'Paper & Pine',
  contactAttributes: [
    { name: 'plan', data_type: 'string' },
    { name: 'newsletter', data_type: 'boolean' },
    { name: 'favourite_colour', data_type: 'string' }
  ],
  companyAttributes: [{ name: 'tier', data_type: 'string' }]
} as const

export interface OpenIntercomOptions {
  /** That of the demo shop when left out. */
  readonly workspace: EmulatedWorkspace | undefined
  readonly token: string
  readonly app: EmulatedApp
  readonly broadcast: Broadcast
  readonly wait: Wait | undefined
}

/** The emulator's calls and Messengers, of whose changes pages are told. */
interface Held extends Pick<Emulator, 'fetch'> {
  readonly openMessenger: PageWorkspace['open']
  readonly stop: () => void
}

export interface OpenedIntercom {
  readonly startedWith: EmulatedWorkspace
  readonly emulator: Emulator
  readonly faults: FaultSwitches
  readonly held: Held
  readonly target: EmulatedIntercom['target']
  readonly close: () => Promise<void>
}

/** Opens the emulator with its faults, on a port of its own for the consent page and for copied requests. */
export async function openEmulatedIntercom({
  workspace: startedWith = SHOP_WORKSPACE,
  token,
  app,
  broadcast,
  wait
}: OpenIntercomOptions): Promise<OpenedIntercom> {
  const emulator = createEmulator({
    ...toEmulatorOptions(startedWith),
    workspace: { name: startedWith.name ?? SHOP_WORKSPACE.name, id_code: 'demo' },
    token,
    oauth: app,
    keptRequests: 0,
    rateLimit: () => faults.rateLimit,
    ...(wait ? { wait } : {})
  })
  const faults = new FaultSwitches(emulator, token)
  const held = watchHeld(emulator, faults, broadcast)
  const intercom = await serve({ fetch: held.fetch })
  return {
    ...{ startedWith, emulator, faults, held },
    target: { token, region: 'auto', restHost: intercom.url, fetch: held.fetch, state: emulator.state },
    close: () => {
      held.stop()
      return intercom.close()
    }
  }
}

/** Tells pages that the emulator's data has changed, at most five times a second. */
function watchHeld(emulator: Emulator, faults: FaultSwitches, broadcast: Broadcast): Held {
  let timer: NodeJS.Timeout | undefined
  const notify = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined
      broadcast.send({ name: 'held', value: countHeld(emulator.state) })
    }, HELD_EVERY_MS)
  }
  return {
    fetch: async (input, init) => {
      try {
        return await emulator.fetch(input, init)
      } finally {
        notify()
      }
    },
    openMessenger: (visitorId) => {
      const session = emulator.openMessenger({ visitorId, requiresProof: () => faults.isOn('secured') })
      return {
        call: (...call) => {
          notify()
          return session.call(...call)
        }
      }
    },
    stop: () => {
      clearTimeout(timer)
    }
  }
}
