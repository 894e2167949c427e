import { withDeadline } from './deadline'
import type { Script } from './scripts'
import { checkServer } from './server-check'

export type RunScript = (script: Script, keys: readonly string[], args: readonly string[]) => Promise<unknown>

export interface ScriptRunnerOptions {
  readonly run: RunScript
  readonly deadlineMs: number
  /** The deadline of the first command, which waits for the connection. */
  readonly firstDeadlineMs: number
  readonly onWarning: (text: string) => void
}

/** Runs scripts within the deadline, after a look at the server. */
export class ScriptRunner {
  #check: Promise<void> | undefined
  #isChecked = false

  constructor(private readonly options: ScriptRunnerOptions) {}

  async run(
    script: Script,
    keys: readonly string[],
    args: readonly string[],
    /** Called with a reply that comes after the deadline. */
    onLate?: (reply: unknown) => void
  ): Promise<unknown> {
    if (!this.#isChecked) await this.#checkOnce(keys)
    return this.#runWithin(this.options.deadlineMs, script, keys, args, onLate)
  }

  #checkOnce(keys: readonly string[]): Promise<void> {
    const { firstDeadlineMs, onWarning } = this.options
    this.#check ??= checkServer((script) => this.#runWithin(firstDeadlineMs, script, keys.slice(0, 1), []), onWarning)
      .then(() => {
        this.#isChecked = true
      })
      .finally(() => {
        this.#check = undefined
      })
    return this.#check
  }

  #runWithin(
    milliseconds: number,
    script: Script,
    keys: readonly string[],
    args: readonly string[],
    onLate?: (reply: unknown) => void
  ): Promise<unknown> {
    return withDeadline(this.options.run(script, keys, args), milliseconds, onLate)
  }
}
