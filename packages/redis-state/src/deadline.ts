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
    const timer = setTimeout(() => {
      isOver = true
      reject(new RedisStateError(`Redis did not answer within ${milliseconds} ms.`))
    }, milliseconds)
    work.then(
      (result) => {
        clearTimeout(timer)
        if (isOver) onLate?.(result)
        else resolve(result)
      },
      (thrown: unknown) => {
        clearTimeout(timer)
        reject(toRedisStateError(thrown))
      }
    )
  })
}
