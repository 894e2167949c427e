import { SingleBar } from 'cli-progress'
import type { Progress } from './deliver'

/** How often work that takes long says a word where there is no terminal. */
const QUIET_MS = 5000
const PERCENT = 100

export interface ProgressDisplay {
  readonly update: (progress: Progress) => void
  /** Takes the bar away for good; a second time it does nothing. */
  readonly stop: () => void
}

export interface ProgressOptions {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** The size of the file; unknown for a pipe. */
  readonly totalBytes: number | undefined
  readonly now: () => number
}

/** A bar on a terminal, otherwise a plain line now and then. */
export function createProgressDisplay(options: ProgressOptions): ProgressDisplay {
  return options.stream.isTTY === true ? createBar(options) : createLines(options)
}

function createBar({ stream, totalBytes }: ProgressOptions): ProgressDisplay {
  const counts = '{lines} lines, {delivered} delivered, {failed} failed'
  const bar = new SingleBar({
    stream,
    format: totalBytes === undefined ? counts : `[{bar}] {percentage}%  ${counts}`,
    barsize: 24,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C belongs to the runner.
    gracefulExit: false
  })
  let isShown = true
  bar.start(totalBytes ?? 0, 0, { lines: 0, delivered: 0, failed: 0 })
  return {
    update: ({ bytesRead, lines, delivered, failed }) => {
      if (isShown) bar.update(bytesRead, { lines, delivered, failed })
    },
    stop: () => {
      if (isShown) bar.stop()
      isShown = false
    }
  }
}

function createLines({ stream, totalBytes, now }: ProgressOptions): ProgressDisplay {
  let spokeAt = now()
  return {
    update: ({ bytesRead, lines, delivered, failed }) => {
      if (now() - spokeAt < QUIET_MS) return
      spokeAt = now()
      const share = totalBytes ? ` (${Math.floor((bytesRead / totalBytes) * PERCENT)}%)` : ''
      stream.write(`${lines} lines${share}, ${delivered} delivered, ${failed} failed\n`)
    },
    stop: () => undefined
  }
}
