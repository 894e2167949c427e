import { RateLimitPause } from '../rate-limit-pause'

it('lasts as long as the longest request, and two minutes at most', () => {
  let now = 1000
  const pause = new RateLimitPause({ now: () => now, sleep: () => Promise.resolve() })
  expect(pause.leftMs).toBe(0)
  pause.holdFor(4000)
  pause.holdFor(2000)
  expect(pause.leftMs).toBe(4000)
  now += 4000
  expect(pause.leftMs).toBe(0)
  pause.holdFor(3_600_000)
  expect(pause.leftMs).toBe(120_000)
  pause.end()
  expect(pause.leftMs).toBe(0)
})
