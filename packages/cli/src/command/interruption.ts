import type { EventEmitter } from 'node:events'
import { EXIT_CODES } from './exit-codes'

type StopSignal = 'SIGINT' | 'SIGTERM'

const CODES = { SIGINT: EXIT_CODES.interrupted, SIGTERM: EXIT_CODES.terminated } as const

export interface Interruption {
  readonly signal: AbortSignal
  /** The exit code for the signal that was received, if there was one. */
  code(): number | undefined
  /** Stops listening: from here on a signal ends the process as usual. */
  release(): void
}

export interface InterruptionOptions {
  /** The process; tests pass an emitter of their own. */
  readonly source: EventEmitter
  /** Called when the abort signal has been raised. */
  readonly onFirst: () => void
  readonly onSecond: (code: number) => void
}

/** The first Ctrl-C asks for an orderly end, the second one ends the process at once. */
export function watchForInterruption({ source, onFirst, onSecond }: InterruptionOptions): Interruption {
  const controller = new AbortController()
  let code: number | undefined
  const onSignal = (name: StopSignal) => {
    if (code !== undefined) {
      onSecond(CODES[name])
      return
    }
    code = CODES[name]
    controller.abort()
    onFirst()
  }
  source.on('SIGINT', onSignal)
  source.on('SIGTERM', onSignal)
  return {
    signal: controller.signal,
    code: () => code,
    release: () => {
      source.off('SIGINT', onSignal)
      source.off('SIGTERM', onSignal)
    }
  }
}
