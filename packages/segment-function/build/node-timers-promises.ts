/** `setTimeout` of `node:timers/promises`, on the timers of the runtime. */
function sleep(milliseconds: number, value?: undefined, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds, value)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new Error('The wait was aborted.'))
    })
  })
}

export { sleep as setTimeout }
