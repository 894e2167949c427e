/**
 * Tells which of several tellings of one thing is the newest. What the stream tells is as new as the moment in which it
 * comes; an answer is only known to be as new as the moment in which it was asked for.
 */
export class Newest {
  #now = 0
  #known = 0

  /** The stream has told it. */
  tell(): void {
    this.#known = this.#now += 1
  }

  /** To be called before asking. What it gives says, when the answer is there, whether it is to be taken. */
  ask(): () => boolean {
    const mine = (this.#now += 1)
    return () => {
      if (mine < this.#known) return false
      this.#known = mine
      return true
    }
  }
}
