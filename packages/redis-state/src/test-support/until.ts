import { setImmediate } from 'node:timers/promises'

/** The slowest is a server that starts on a busy machine. */
const TIMEOUT_MS = 20_000

/** Asks again until the answer is there, so that a test waits no longer than it has to. */
export async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  const startedAt = performance.now()
  while (performance.now() - startedAt < TIMEOUT_MS) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    await setImmediate()
  }
  throw new Error('It did not happen in time.')
}
