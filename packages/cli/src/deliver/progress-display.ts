import { SingleBar } from 'cli-progress'
import type { Progress } from './deliver-options'
import { toProgressLine, toWaitText } from './progress-line'
import { Speedometer, type Speed } from './speed'

/** Milliseconds between two lines of progress where there is no terminal. */
const LINE_EVERY_MS = 5000
/** Columns of a terminal that does not say how many it has, and of a line that is no terminal's. */
const DEFAULT_COLUMNS = 80
/** A terminal may begin a new line in its last column. */
const LAST_COLUMN = 1

export interface ProgressDisplay {
  readonly update: (progress: Progress) => void
  /** Intercom's rate limit holds everything until then, in milliseconds since 1970. */
  readonly wait: (until: number) => void
  /** Removes the bar for good; does nothing when it is called again. */
  readonly stop: () => void
}

export interface ProgressOptions {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }
  /** The size of the input; unknown for a pipe. */
  readonly totalBytes: number | undefined
  readonly now: () => number
}

/** A bar on a terminal, otherwise a plain line every few seconds. */
export function createProgressDisplay(options: ProgressOptions): ProgressDisplay {
  return options.stream.isTTY === true ? createBar(options) : createLines(options)
}

const NOTHING_YET: Progress = { bytesDone: 0, lines: 0, delivered: 0, failed: 0 }

function createBar({ stream, totalBytes, now }: ProgressOptions): ProgressDisplay {
  const speedometer = new Speedometer(totalBytes)
  let progress = NOTHING_YET
  let speed: Speed | undefined
  let waitsUntil: number | undefined
  const bar = new SingleBar({
    stream,
    // It is drawn several times a second, so the seconds of a wait count down although nothing moves.
    format: () =>
      toProgressLine(
        { progress, speed, totalBytes, waitsUntil, now: now() },
        (stream.columns ?? DEFAULT_COLUMNS) - LAST_COLUMN
      ),
    hideCursor: true,
    clearOnComplete: true,
    // The command handles Ctrl-C itself.
    gracefulExit: false
  })
  let isShown = true
  bar.start(totalBytes ?? 0, 0)
  return {
    update: (next) => {
      progress = next
      speed = speedometer.measure(next, now())
      if (isShown) bar.update(next.bytesDone)
    },
    wait: (until) => {
      waitsUntil = until
    },
    stop: () => {
      if (isShown) bar.stop()
      isShown = false
    }
  }
}

function createLines({ stream, totalBytes, now }: ProgressOptions): ProgressDisplay {
  const speedometer = new Speedometer(totalBytes)
  let lastLineAt = now()
  let waitsUntil = 0
  return {
    update: (progress) => {
      const at = now()
      const speed = speedometer.measure(progress, at)
      if (at - lastLineAt < LINE_EVERY_MS) return
      lastLineAt = at
      // The bar is for terminals.
      stream.write(`${toProgressLine({ progress, speed, totalBytes, waitsUntil, now: at }, DEFAULT_COLUMNS, false)}\n`)
    },
    wait: (until) => {
      const at = now()
      // Calls that were under way are refused, too; they belong to the same wait.
      if (waitsUntil <= at) stream.write(`Intercom’s ${toWaitText(until, at)}.\n`)
      waitsUntil = Math.max(waitsUntil, until)
    },
    stop: () => undefined
  }
}
