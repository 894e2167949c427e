import { Writable } from 'node:stream'
import { createProgressDisplay } from '../deliver/progress-display'

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
    display.update({ bytesRead: 10, lines: 1, delivered: 1, failed: 0 })
    display.update({ bytesRead: 20, lines: 2, delivered: 2, failed: 0 })
    display.stop()
    expect(written).toEqual([])
  })

  it('prints a line every few seconds with the speed and the time left', () => {
    const { display, written } = displayAt([0, 0, 5000, 6000, 10_000], 100)
    for (const lines of [1, 11, 13, 21]) {
      display.update({ bytesRead: lines * 4, lines, delivered: lines, failed: 0 })
    }
    expect(written).toEqual([
      '11 lines (44%), 11 delivered, 0 failed, 2 lines a second, 7.0 s left\n',
      '21 lines (84%), 21 delivered, 0 failed, 2 lines a second, 2.0 s left\n'
    ])
  })
})
