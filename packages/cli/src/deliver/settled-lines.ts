/**
 * The lines that are settled. Lines settle nearly in order, so one number for all lines up to it and a few numbers beyond
 * it are enough, and do not grow with the file.
 */
export class SettledLines {
  #upTo = 0
  readonly #beyond = new Set<number>()

  /** All lines up to this one are settled. */
  get upTo(): number {
    return this.#upTo
  }

  add(line: number): void {
    if (line <= this.#upTo) return
    this.#beyond.add(line)
    while (this.#beyond.delete(this.#upTo + 1)) this.#upTo += 1
  }

  has(line: number): boolean {
    return line <= this.#upTo || this.#beyond.has(line)
  }
}
