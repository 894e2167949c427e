import type { Clock } from '@intercom-destinations/delivery'
import { createEmulator, type EmulatorOptions } from '@intercom-destinations/emulator'
import { VirtualClock } from '../../../../../packages/delivery/src/test-support/virtual-clock'
import type { JsonObject } from '../../contract'
import { Engine, type CloudTarget } from '../engine'
import type { WebRun } from '../engine/web-worker'
import { openSurroundings } from './engine-surroundings'

type Fetch = (request: Request) => Promise<Response>

/** The emulators that tests have opened, by host. */
const mockHosts = new Map<string, Fetch>()

// actions-core requests through this package; a test imports this file before anything that loads it. Without a
// network in between, time can pass as soon as nothing runs.
jest.mock('cross-fetch', () => ({
  __esModule: true,
  default: (request: Request) => {
    const fetch = mockHosts.get(new URL(request.url).host)
    if (!fetch) throw new Error(`No emulator is open at ${request.url}.`)
    return fetch(request)
  },
  Headers: globalThis.Headers,
  Request: globalThis.Request,
  Response: globalThis.Response
}))

const NOTHING_SENT: WebRun = { payload: {}, sent: [], losses: [], doubtful: [], failure: undefined }

/** Opens an emulated Intercom in this process, on the given clock, and the target that leads to it. */
export function openEmulator(clock: Clock, options: EmulatorOptions = {}) {
  const emulator = createEmulator({
    rateLimit: Infinity,
    clock: () => clock.now(),
    wait: (milliseconds, signal) => clock.sleep(milliseconds, signal),
    ...options
  })
  const host = `intercom-${mockHosts.size + 1}.test`
  mockHosts.set(host, (request) => emulator.fetch(request))
  const target: CloudTarget = { token: 'a-token', region: 'auto', restHost: `http://${host}`, state: emulator.state }
  return { emulator, target }
}

/**
 * An engine whose time is virtual: it passes only while a test waits, and then at once. The web half succeeds without
 * doing anything.
 */
export function openVirtualEngine(options: EmulatorOptions = {}) {
  const clock = new VirtualClock()
  const { emulator, target: connected } = openEmulator(clock, options)
  const { around, sources, change } = openSurroundings(connected)
  const engine = new Engine({
    ...sources,
    clock,
    thread: { run: ({ takers }) => Promise.resolve({ runs: takers.map(() => NOTHING_SENT) }) }
  })
  const idle = async () => {
    await clock.run(engine.idle())
  }
  return {
    ...{ clock, emulator, engine, around, connected, idle },
    change,
    watch: async (event: JsonObject) => {
      const { id } = engine.submit(event, 'editor')
      await idle()
      return engine.trace(id)
    },
    /** Lets this much time pass. */
    pass: async (milliseconds: number) => {
      await clock.run(clock.sleep(milliseconds))
    },
    /** Lets time pass until the condition holds. */
    until: async (holds: () => boolean) => {
      while (!holds()) await clock.run(clock.sleep(10))
    },
    close: () => engine.close()
  }
}
