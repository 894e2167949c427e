/** So many deliveries in a row without one living answer are no accident any more. */
const LIMIT = 20
const UNAUTHORIZED = 401
const FIRST_SERVER_ERROR = 500

/** Notices when going on would only turn the rest of a file into rejections. */
export class Outage {
  #failures = 0
  #isUnauthorized = false

  answered(status: number): void {
    if (status === UNAUTHORIZED) this.#isUnauthorized = true
    else if (status < FIRST_SERVER_ERROR) this.#failures = 0
  }

  failed(): void {
    this.#failures += 1
  }

  /** Whether Intercom has been silent since a failure: nobody knows yet what that failure was about. */
  get isDoubtful(): boolean {
    return this.#failures > 0
  }

  /** What to tell whoever waits, once it is one. */
  get reason(): string | undefined {
    if (this.#isUnauthorized) return 'Intercom no longer accepts the access token.'
    if (this.#failures < LIMIT) return undefined
    return `Intercom does not answer any more: ${LIMIT} deliveries in a row came to nothing.`
  }
}
