import { Pace } from '../pace'

const NOW = Date.UTC(2026, 10, 9, 8)

/** A clock that moves only by sleeping. */
function openPace() {
  const waits: number[] = []
  let now = NOW
  const pace = new Pace({
    now: () => now,
    sleep: (milliseconds) => {
      waits.push(milliseconds)
      now += milliseconds
      return Promise.resolve()
    }
  })
  return { pace, waits }
}

describe('a 429', () => {
  it.each<[string, Record<string, string>, number[]]>([
    ['Retry-After in seconds', { 'retry-after': '7' }, [7000]],
    ['Retry-After as a date', { 'retry-after': 'Mon, 09 Nov 2026 08:00:03 GMT' }, [3000]],
    ["Intercom's own header", { 'x-ratelimit-reset': String(NOW / 1000 + 4) }, [4000]],
    ['a reset that is past', { 'x-ratelimit-reset': String(NOW / 1000 - 4) }, []],
    ['nothing', {}, []],
    ['an hour, which nobody waits for', { 'retry-after': '3600' }, [120_000]]
  ])('that says %s is obeyed by everybody', async (_, headers, expected) => {
    const { pace, waits } = openPace()
    pace.heed(new Headers(headers))
    await pace.ready(undefined)
    expect(waits).toEqual(expected)
  })
})
