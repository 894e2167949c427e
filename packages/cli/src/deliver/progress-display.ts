import { SingleBar } from 'cli-progress'
import type { Progress } from './deliver'
import { toDurationText } from '../text/duration'
import { Speedometer, type Speed } from './speed'

/** Milliseconds between two lines of progress where there is no terminal. */
const LINE_EVERY_MS = 5000
const PERCENT = 100

export interface ProgressDisplay {
  readonly update: (progress: Progress) => void
  /** Removes the bar for good; does nothing when it is called again. */
  readonly stop: () => void
}

export interface ProgressOptions {
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** The size of the file; unknown for a pipe. */
  readonly totalBytes: number | undefined
  readonly now: () => number
}

/** A bar on a terminal, otherwise a plain line every few seconds. */
export function createProgressDisplay(options: ProgressOptions): ProgressDisplay {
  return options.stream.isTTY === true ? createBar(options) : createLines(options)
}

function createBar({ stream, totalBytes, now }: ProgressOptions): ProgressDisplay {
  const counts = '{lines} lines, {delivered} delivered, {failed} failed{speed}'
  const bar = new SingleBar({
    stream,
    format: totalBytes === undefined ? counts : `[{bar}] {percentage}%  ${counts}`,
    barsize: 24,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    hideCursor: true,
    clearOnComplete: true,
    // The command handles Ctrl-C itself.
    gracefulExit: false
  })
  const speedometer = new Speedometer(totalBytes)
  let isShown = true
  bar.start(totalBytes ?? 0, 0, { lines: 0, delivered: 0, failed: 0, speed: '' })
  return {
    update: (progress) => {
      const { bytesRead, lines, delivered, failed } = progress
      if (isShown)
        bar.update(bytesRead, { lines, delivered, failed, speed: toSpeedText(speedometer.measure(progress, now())) })
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
  return {
    update: (progress) => {
      const { bytesRead, lines, delivered, failed } = progress
      const at = now()
      const speed = speedometer.measure(progress, at)
      if (at - lastLineAt < LINE_EVERY_MS) return
      lastLineAt = at
      const share = totalBytes ? ` (${Math.floor((bytesRead / totalBytes) * PERCENT)}%)` : ''
      stream.write(`${lines} lines${share}, ${delivered} delivered, ${failed} failed${toSpeedText(speed)}\n`)
    },
    stop: () => undefined
  }
}

function toSpeedText(speed: Speed | undefined): string {
  if (!speed) return ''
  const left = speed.secondsLeft === undefined ? '' : `, ${toDurationText(speed.secondsLeft)} left`
  return `, ${Math.round(speed.perSecond)} lines a second${left}`
}
