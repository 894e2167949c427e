import type { RateLimitWindow } from '@intercom-destinations/intercom-cloud'
import type { KeyNames } from './key-names'
import { FORGET_CALLS_MS, MAX_SPARE, REPORT_AFTER_MS, SPARE_SHARE, WINDOW_MS } from './limits'
import { toList, toNumber } from './replies'
import type { ScriptRunner } from './script-runner'
import { CALLS } from './scripts'

interface Waiting {
  readonly resolve: (waitMs: number) => void
  readonly reject: (error: unknown) => void
}

export interface CallAllowanceOptions {
  readonly runner: ScriptRunner
  readonly names: KeyNames
  /** Names this process among those that share the window. */
  readonly process: string
  readonly ttlMs: number
}

/** The part of the rate limit that this process has taken. Calls of one moment are taken in one round trip. */
export class CallAllowance {
  #underWay = 0
  /** Taken ahead, and valid until the window ends. What is not used by then lapses. */
  #spare = 0
  #spareUntil = 0
  #ended: RateLimitWindow[] = []
  #waiting: Waiting[] = []
  #isRunning = false
  #report: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly options: CallAllowanceOptions) {}

  takeCall(): number | Promise<number> {
    if (this.#spare > 0 && performance.now() < this.#spareUntil) {
      this.#spare -= 1
      this.#underWay += 1
      return 0
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      void this.#takeWaiting()
    })
  }

  endCall(window?: RateLimitWindow): void {
    this.#underWay = Math.max(0, this.#underWay - 1)
    if (window) this.#ended.push(window)
    this.#report ??= setTimeout(() => {
      // The next call reports what could not be reported now.
      this.#run(0).catch(() => undefined)
    }, REPORT_AFTER_MS).unref()
  }

  /** Reports what has ended. */
  async close(): Promise<void> {
    if (this.#report !== undefined) await this.#run(0).catch(() => undefined)
  }

  async #takeWaiting(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    // All that are asked for in the same turn of the event loop.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting.splice(0)
      try {
        const { taken, waitMs } = await this.#run(waiting.length)
        waiting.forEach(({ resolve }, index) => {
          resolve(index < taken ? 0 : waitMs)
        })
      } catch (error) {
        for (const { reject } of waiting) reject(error)
      }
    }
    this.#isRunning = false
  }

  async #run(wanted: number): Promise<{ taken: number; waitMs: number }> {
    const { runner, names, process, ttlMs } = this.options
    clearTimeout(this.#report)
    this.#report = undefined
    const ended = this.#ended.splice(0)
    const sentAt = performance.now()
    if (wanted > 0 || sentAt >= this.#spareUntil) this.#spare = 0
    const own = [process, this.#underWay + this.#spare, wanted, SPARE_SHARE, MAX_SPARE]
    const windows = ended.flatMap(({ limit, remaining, resetAt }) => [limit ?? '', remaining, resetAt])
    const args = [ttlMs, WINDOW_MS, FORGET_CALLS_MS, ...own, ...windows].map(String)
    const [taken, ahead, rest] = toList(await runner.run(CALLS, [names.window, names.calls], args)).map(toNumber)
    this.#underWay += taken ?? 0
    if (wanted > 0) {
      this.#spare = ahead ?? 0
      // Before the reply, so the window lasts longer than this.
      this.#spareUntil = sentAt + (rest ?? 0)
    }
    return { taken: taken ?? 0, waitMs: rest ?? 0 }
  }
}
