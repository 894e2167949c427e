import { Writable } from 'node:stream'
import { createProgressDisplay } from '../deliver/progress-display'
import { toProgressLine, type ProgressState } from '../deliver/progress-line'

const NOON = new Date(2026, 10, 9, 12).getTime()

function displayAt(times: number[], totalBytes?: number) {
  const written: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk))
      done()
    }
  })
  const display = createProgressDisplay({ stream, totalBytes, now: () => times.shift() ?? 0 })
  return { display, written }
}

describe('createProgressDisplay, without a terminal', () => {
  it('prints nothing for short work', () => {
    const { display, written } = displayAt([0, 100, 4999])
    display.update({ bytesDone: 10, lines: 1, delivered: 1, failed: 0 })
    display.update({ bytesDone: 20, lines: 2, delivered: 2, failed: 0 })
    display.stop()
    expect(written).toEqual([])
  })

  it('prints a line every few seconds with the speed and the time left', () => {
    const { display, written } = displayAt([0, 0, 5000, 6000, 10_000], 100)
    for (const lines of [1, 11, 13, 21]) {
      display.update({ bytesDone: lines * 4, lines, delivered: lines, failed: 0 })
    }
    expect(written).toEqual([
      '44%, 7.0 s left, 0 failed, 11 delivered, 11 lines, 2 a second\n',
      '84%, 2.0 s left, 0 failed, 21 delivered, 21 lines, 2 a second\n'
    ])
  })

  it('says once that it waits for the rate limit, and until when', () => {
    const { display, written } = displayAt([NOON, NOON, NOON + 1000, NOON + 60_000])
    for (const seconds of [10, 12, 70]) display.wait(NOON + seconds * 1000)
    expect(written).toEqual([
      'Intercom’s rate limit: waits 10 s until 12:00:10.\n',
      'Intercom’s rate limit: waits 10 s until 12:01:10.\n'
    ])
  })
})

describe('the line of a terminal', () => {
  const state: ProgressState = {
    progress: { bytesDone: 420, lines: 1_234_567, delivered: 1_200_000, failed: 12_345 },
    speed: { perSecond: 480, secondsLeft: 7500 },
    totalBytes: 1000,
    waitsUntil: undefined,
    now: NOON
  }
  const waiting = { ...state, waitsUntil: NOON + 9500 }

  it.each<[string, ProgressState, number, string]>([
    ['in 80 columns', state, 79, '42%, 2 h 5 min left, 12,345 failed, 1,200,000 delivered, 1,234,567 lines'],
    [
      'in a wide terminal',
      state,
      140,
      '[==========              ]  42%, 2 h 5 min left, 12,345 failed, 1,200,000 delivered, 1,234,567 lines, 480 a second'
    ],
    ['while it waits', waiting, 79, '42%, 2 h 5 min left, rate limit: waits 10 s until 12:00:09, 12,345 failed'],
    [
      'when the wait is over',
      { ...waiting, now: NOON + 9500 },
      79,
      '42%, 2 h 5 min left, 12,345 failed, 1,200,000 delivered, 1,234,567 lines'
    ],
    [
      'at the start',
      { ...state, progress: { bytesDone: 0, lines: 0, delivered: 0, failed: 0 }, speed: undefined },
      79,
      '[                        ]  0%, 0 failed, 0 delivered, 0 lines'
    ],
    [
      'of a pipe',
      { ...state, totalBytes: undefined, speed: { perSecond: 480, secondsLeft: undefined } },
      79,
      '12,345 failed, 1,200,000 delivered, 1,234,567 lines, 480 a second'
    ],
    ['in 40 columns', waiting, 39, '[=======         ]  42%, 2 h 5 min left']
  ])('%s', (_, at, columns, line) => {
    expect(toProgressLine(at, columns)).toBe(line)
    expect(line.length).toBeLessThanOrEqual(columns)
  })

  it('is drawn again while nothing moves, within the columns of the terminal', () => {
    const written: string[] = []
    const stream = Object.assign(
      new Writable({
        write: (chunk, _encoding, done) => {
          written.push(String(chunk))
          done()
        }
      }),
      { isTTY: true, columns: 60, cursorTo: () => true, clearLine: () => true, moveCursor: () => true }
    )
    const display = createProgressDisplay({ stream, totalBytes: 100, now: () => NOON })
    display.update({ bytesDone: 50, lines: 5, delivered: 5, failed: 0 })
    display.wait(NOON + 3000)
    display.stop()
    expect(written.join('')).toContain('50%, rate limit: waits 3 s until 12:00:03')
  })
})
