import { createEmulator, serve, type EmulatorOptions } from '@intercom-destinations/emulator'
import { toWorkspaceCounts } from '../target/workspace-counts'

const SUBMIT_EVENT = /\/events$/

/** An emulator in this process that outlives the runs of a command, and counts the events that it was sent. */
export async function serveEmulator(
  options: EmulatorOptions = {},
  onSubmitted: (count: number) => void = () => undefined
) {
  const emulator = createEmulator({ rateLimit: Infinity, ...options })
  let submitted = 0
  const { url, close } = await serve({
    fetch: async (input, init) => {
      const response = await emulator.fetch(input, init)
      const { pathname } = new URL(input instanceof Request ? input.url : input)
      if (init?.method === 'POST' && SUBMIT_EVENT.test(pathname)) {
        submitted += 1
        onSubmitted(submitted)
      }
      return response
    }
  })
  return {
    emulator,
    address: url,
    submitted: () => submitted,
    close,
    /** What it holds, as numbers. */
    counts: () => toWorkspaceCounts(emulator.state)
  }
}
