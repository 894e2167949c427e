/** Runs one job after the other, in the order in which they were added. A rejected job does not stop the next. */
export function createSerialQueue() {
  let last: Promise<void> = Promise.resolve()
  return {
    /** Resolves or rejects with the job. */
    run(job: () => Promise<void>): Promise<void> {
      const done = last.then(job)
      last = done.catch(() => undefined)
      return done
    },
    /** Resolves when every job that was added so far has ended. */
    idle: (): Promise<void> => last
  }
}
