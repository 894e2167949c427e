/** Resolves after `milliseconds`, or rejects with the reason of the signal if it is aborted before. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** Waits in real time; tests pass a wait of their own. */
export const waitByTimer: Wait = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(reasonOf(signal))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })

/** Never resolves; rejects when the signal is aborted. */
export const waitForAbort = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const stop = () => {
      reject(reasonOf(signal))
    }
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })

const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new DOMException('This operation was aborted', 'AbortError')
