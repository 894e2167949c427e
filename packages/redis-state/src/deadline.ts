import { RedisStateError, toRedisStateError } from './redis-state-error'

/** Clients wait for a frozen server without end, so the deadline is ours. Rejects with a `RedisStateError`. */
export function withDeadline<T>(
  work: Promise<T>,
  milliseconds: number,
  /** Called with a result that comes after the deadline. */
  onLate?: (result: T) => void
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isOver = false
    const giveUp = () => {
      isOver = true
      reject(new RedisStateError(`Redis did not answer within ${milliseconds} ms.`))
    }
    let last: NodeJS.Immediate | undefined
    const timer = setTimeout(() => {
      // If this process itself was busy, the answer may have arrived and is read before the second of these.
      last = setImmediate(() => {
        last = setImmediate(giveUp)
      })
    }, milliseconds)
    const settle = () => {
      clearTimeout(timer)
      clearImmediate(last)
    }
    work.then(
      (result) => {
        settle()
        if (isOver) onLate?.(result)
        else resolve(result)
      },
      (thrown: unknown) => {
        settle()
        reject(toRedisStateError(thrown))
      }
    )
  })
}
