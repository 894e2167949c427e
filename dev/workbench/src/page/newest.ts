/**
 * Decides which version of a value is the newest. A message of the stream is as new as its arrival; an answer may be as
 * old as its request.
 */
export class Newest {
  #now = 0
  #known = 0

  /** The stream has sent a version. */
  received(): void {
    this.#known = this.#now += 1
  }

  /**
   * Call it before a request. The returned function tells, when the answer is there, whether it is still the newest.
   */
  ask(): () => boolean {
    const mine = (this.#now += 1)
    return () => {
      if (mine < this.#known) return false
      this.#known = mine
      return true
    }
  }
}
