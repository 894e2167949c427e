import type { EventEmitter } from 'node:events'
import { EXIT_CODES } from './exit-codes'

type StopSignal = 'SIGINT' | 'SIGTERM'

const CODES = { SIGINT: EXIT_CODES.interrupted, SIGTERM: EXIT_CODES.terminated } as const

export interface Interruption {
  readonly signal: AbortSignal
  /** The exit code of the signal that came, if one did. */
  code(): number | undefined
  /** From here on the process dies of a signal as any other does. */
  release(): void
}

export interface InterruptionOptions {
  /** The process, or whatever a test puts in its place. */
  readonly source: EventEmitter
  /** Called when the signal of ours has been passed on. */
  readonly onFirst: () => void
  readonly onSecond: (code: number) => void
}

/** The first Ctrl-C asks for an orderly end, the second one insists. */
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
