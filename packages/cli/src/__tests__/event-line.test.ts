import { toEventLine } from '../event-line'

const NOW = Date.UTC(2026, 10, 20, 12)
const read = (text: string) => toEventLine({ kind: 'text', text }, () => NOW)

describe('toEventLine', () => {
  it.each([
    ['', 'blank'],
    ['   ', 'blank'],
    ['{', 'not-json'],
    ['{"type":"track"} {"type":"track"}', 'not-json'],
    ['null', 'not-an-object'],
    ['"track"', 'not-an-object'],
    ['[{"type":"track","userId":"u"}]', 'not-an-object'],
    ['{}', 'unknown-type'],
    ['{"type":"Track","userId":"u"}', 'unknown-type'],
    ['{"type":"delete","userId":"u"}', 'unknown-type'],
    ['{"type":["track"],"userId":"u"}', 'unknown-type'],
    ['{"__proto__":{"type":"track","userId":"u"}}', 'unknown-type'],
    ['{"type":"track"}', 'nobody'],
    ['{"type":"track","userId":"","anonymousId":" "}', 'nobody'],
    ['{"type":"track","userId":null}', 'nobody'],
    ['{"type":"track","__proto__":{"userId":"u"}}', 'nobody'],
    ['{"type":"track","userId":"u"}', 'event'],
    ['{"type":"track","userId":7}', 'event'],
    ['{"type":"page","anonymousId":"a"}', 'event']
  ])('takes %s for %s', (text, expected) => {
    const line = read(text)
    expect(line.kind === 'unreadable' ? line.reason : line.kind).toBe(expected)
  })

  it.each(['too-long', 'not-utf-8'] as const)('passes on that a line is %s', (kind) => {
    expect(toEventLine({ kind }, () => NOW)).toEqual({ kind: 'unreadable', reason: kind })
  })

  it.each([
    ['{"timestamp":"2026-11-09T08:00:00Z","sentAt":"2026-11-10T08:00:00Z"}', '2026-11-09T08:00:00Z', false],
    ['{"originalTimestamp":"2026-11-08T08:00:00Z","sentAt":"2026-11-10T08:00:00Z"}', '2026-11-08T08:00:00Z', true],
    ['{"sentAt":"2026-11-10T08:00:00Z","receivedAt":"2026-11-11T08:00:00Z"}', '2026-11-10T08:00:00Z', true],
    ['{"timestamp":null,"receivedAt":"2026-11-11T08:00:00Z"}', '2026-11-11T08:00:00Z', true],
    ['{"timestamp":""}', '2026-11-20T12:00:00.000Z', true],
    ['{"timestamp":"yesterday"}', 'yesterday', false]
  ])('dates %s', (times, timestamp, timeAdded) => {
    const line = read(`{"type":"track","userId":"u",${times.slice(1)}`)
    expect(line).toMatchObject({ kind: 'event', event: { timestamp }, timeAdded })
  })

  it('leaves the prototype of everything else alone', () => {
    read('{"type":"track","userId":"u","__proto__":{"polluted":true},"traits":{"__proto__":{"polluted":true}}}')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
