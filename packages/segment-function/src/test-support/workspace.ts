import { createEmulator, type EmulatorOptions } from '@intercom-destinations/emulator'
import { VirtualClock } from '../../../delivery/src/test-support/virtual-clock'
import { openRuntime, type RuntimeOptions } from './runtime'

export const TOKEN = 'secret-token'
export const SETTINGS = { accessToken: TOKEN }

/** The function before an emulated workspace, with a clock of its own: no test waits. */
export function openWorkspace(
  options: EmulatorOptions = {},
  { globals = {}, fetch }: Partial<Pick<RuntimeOptions, 'globals' | 'fetch'>> = {}
) {
  const clock = new VirtualClock()
  const emulator = createEmulator({
    token: TOKEN,
    clock: clock.now,
    wait: (milliseconds, signal) => clock.sleep(milliseconds, signal),
    ...options
  })
  const timers = {
    setTimeout: (call: (value: unknown) => void, milliseconds = 0, value?: unknown) => {
      const stop = new AbortController()
      clock.sleep(milliseconds, stop.signal).then(
        () => {
          call(value)
        },
        () => undefined
      )
      return stop
    },
    clearTimeout: (stop?: AbortController) => stop?.abort()
  }
  const runtime = openRuntime({
    fetch: fetch ?? toNodeFetch(emulator.fetch),
    globals: { ...timers, ...globals },
    now: clock.now
  })
  const timestamp = new Date(clock.now() - 60_000).toISOString()
  return { clock, emulator, timestamp, ...runtime }
}

/** Only what node-fetch 2 has, which has no web streams. */
function toNodeFetch(fetch: (url: string, init: RequestInit) => Promise<Response>) {
  return async (url: string, init: RequestInit) => {
    const response = await fetch(url, init)
    const { status, ok, redirected, headers } = response
    return { status, ok, redirected, headers, text: () => response.text() }
  }
}
