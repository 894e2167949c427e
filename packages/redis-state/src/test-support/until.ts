import { setImmediate } from 'node:timers/promises'

/** Asks again until the answer is there, so that a test waits no longer than it has to. */
export async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    await setImmediate()
  }
}
