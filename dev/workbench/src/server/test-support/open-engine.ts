import { createEmulator, serve, type EmulatorOptions } from '@intercom-destinations/emulator'
import type { JsonObject } from '../../contract'
import { WebThread } from '../engine/web-worker'
import { Engine, type CloudTarget } from '../engine'
import { createFastClock } from './fast-clock'
import { openSurroundings } from './engine-surroundings'

const thread = new WebThread()

/** Starting the thread takes half a second, so it is started before the tests. */
beforeAll(() =>
  thread.run({
    event: { type: 'page' },
    configuration: { settings: { appId: 'x' }, subscriptions: [] },
    takers: []
  })
)

afterAll(() => thread.close())

/** An engine with an emulated Intercom, and what a test changes around it. */
export async function openEngine(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ rateLimit: Infinity, ...options })
  const served = await serve(emulator)
  const connected: CloudTarget = { token: 'a-token', region: 'auto', restHost: served.url, state: emulator.state }
  const { around, sources, change } = openSurroundings(connected)
  const engine = new Engine({
    ...sources,
    clock: createFastClock(),
    thread
  })
  return {
    emulator,
    engine,
    around,
    connected,
    change,
    watch: async (event: JsonObject) => {
      const { id } = engine.submit(event, 'editor')
      await engine.idle()
      return engine.trace(id)
    },
    /** Resolves when the emulator has received this number of requests. */
    untilAsked: async (times: number) => {
      while (emulator.requests.length < times) await new Promise((resolve) => setTimeout(resolve, 5))
    },
    close: async () => {
      await engine.close()
      await served.close()
    }
  }
}
