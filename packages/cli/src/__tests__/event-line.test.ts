import { toEventLine } from '../input/event-line'

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
    ['{"type":"track"}', 'no-user'],
    ['{"type":"track","userId":"","anonymousId":" "}', 'no-user'],
    ['{"type":"track","userId":null}', 'no-user'],
    ['{"type":"track","__proto__":{"userId":"u"}}', 'no-user'],
    ['{"type":"track","userId":"u"}', 'event'],
    ['{"type":"track","userId":7}', 'event'],
    ['{"type":"page","anonymousId":"a"}', 'event']
  ])('classifies %s as %s', (text, expected) => {
    const line = read(text)
    expect(line.kind === 'unreadable' ? line.reason : line.kind).toBe(expected)
  })

  it.each(['too-long', 'not-utf-8'] as const)('reports a line that is %s', (kind) => {
    expect(toEventLine({ kind }, () => NOW)).toEqual({ kind: 'unreadable', reason: kind })
  })

  it.each([
    ['{"timestamp":"2026-11-09T08:00:00Z","sentAt":"2026-11-10T08:00:00Z"}', '2026-11-09T08:00:00Z', false],
    ['{"originalTimestamp":"2026-11-08T08:00:00Z","sentAt":"2026-11-10T08:00:00Z"}', '2026-11-08T08:00:00Z', true],
    ['{"sentAt":"2026-11-10T08:00:00Z","receivedAt":"2026-11-11T08:00:00Z"}', '2026-11-10T08:00:00Z', true],
    ['{"timestamp":null,"receivedAt":"2026-11-11T08:00:00Z"}', '2026-11-11T08:00:00Z', true],
    ['{"timestamp":""}', '2026-11-20T12:00:00.000Z', true],
    ['{"timestamp":1762675200}', 1762675200, false],
    ['{"timestamp":"2015-2-02T00:30:12.984Z","sentAt":"2026-11-10T08:00:00Z"}', '2015-02-02T00:30:12.000Z', false],
    ['{"timestamp":"2024-03-07 10:00:00 +0000 UTC"}', '2024-03-07T10:00:00.000Z', false],
    ['{"timestamp":"Thu, 24 Mar 2016 17:44:51 +0000"}', '2016-03-24T17:44:51.000Z', false]
  ])('dates %s', (times, timestamp, timeAdded) => {
    const line = read(`{"type":"track","userId":"u",${times.slice(1)}`)
    expect(line).toMatchObject({ kind: 'event', event: { timestamp }, timeAdded })
  })

  it.each([
    ['{"timestamp":"safaff","originalTimestamp":"2026-11-08T08:00:00Z"}', '2026-11-08T08:00:00Z'],
    ['{"timestamp":"2024-13-45","originalTimestamp":"never","sentAt":"2026-11-10T08:00:00Z"}', '2026-11-10T08:00:00Z'],
    ['{"timestamp":{"$date":1},"sentAt":[],"receivedAt":"2026-11-11T08:00:00.250Z"}', '2026-11-11T08:00:00.250Z'],
    ['{"timestamp":"yesterday"}', '2026-11-20T12:00:00.000Z']
  ])('gives %s its next readable time, and reports it', (times, timestamp) => {
    expect(read(`{"type":"track","userId":"u",${times.slice(1)}`)).toMatchObject({
      kind: 'event',
      event: { timestamp },
      timeAdded: false,
      losses: [{ path: 'timestamp', reason: 'other-time' }]
    })
  })

  it.each([
    ['{"originalTimestamp":"never","sentAt":"2026-11-10T08:00:00Z"}', '2026-11-10T08:00:00Z'],
    ['{"timestamp":" ","receivedAt":"soon"}', '2026-11-20T12:00:00.000Z']
  ])('gives %s, which has no timestamp, its first readable time', (times, timestamp) => {
    expect(read(`{"type":"track","userId":"u",${times.slice(1)}`)).toMatchObject({
      event: { timestamp },
      timeAdded: true,
      losses: []
    })
  })

  it.each([
    ['{"type":"track","userId":"u","properties":[]}', { properties: {} }],
    ['{"type":"screen","userId":"u","properties":null}', { properties: {} }],
    ['{"type":"identify","userId":"u","traits":[],"context":[]}', { traits: {}, context: {} }],
    ['{"type":"group","userId":"u","groupId":"g","traits":""}', { traits: {} }],
    ['{"type":"track","userId":"u","context":{"traits":[],"ip":"1"}}', { context: { traits: {}, ip: '1' } }]
  ])('reads the empty list of PHP as an empty object in %s', (text, event) => {
    expect(read(text)).toMatchObject({ kind: 'event', event, losses: [] })
  })

  it.each([
    ['{"type":"track","userId":"u","properties":"text"}', 'properties'],
    ['{"type":"track","userId":"u","properties":[1]}', 'properties'],
    ['{"type":"identify","userId":"u","traits":true}', 'traits'],
    ['{"type":"group","userId":"u","traits":7}', 'traits'],
    ['{"type":"page","userId":"u","context":"text"}', 'context'],
    ['{"type":"track","userId":"u","context":{"traits":"text"}}', 'context.traits']
  ])('lists the part that is no object in %s', (text, path) => {
    expect(read(text)).toMatchObject({ kind: 'event', losses: [{ path, reason: 'not-an-object' }] })
  })

  it('reports nothing about a part that the call does not use', () => {
    expect(read('{"type":"track","userId":"u","traits":"text"}')).toMatchObject({ kind: 'event', losses: [] })
  })

  it.each(['', '"traits":{},', '"traits":[],', '"traits":null,'])(
    'reads the traits of the context when an identify with %s has none of its own',
    (traits) => {
      const text = `{"type":"identify","userId":"u",${traits}"context":{"traits":{"plan":"pro"}}}`
      expect(read(text)).toMatchObject({ event: { traits: { plan: 'pro' } }, notes: [expect.any(String)], losses: [] })
    }
  )

  it.each([
    ['an identify with traits', '{"type":"identify","traits":{"a":1},'],
    ['a group, whose traits are the company’s', '{"type":"group","traits":{"a":1},']
  ])('ignores the traits of the context for %s', (_, start) => {
    const line = read(`${start}"userId":"u","context":{"traits":{"plan":"pro"}}}`)
    expect(line).toMatchObject({ event: { traits: { a: 1 } }, notes: [] })
  })

  it('keeps the event as written beside the prepared one', () => {
    expect(read('{"type":"track","userId":"u","properties":[],"timestamp":"safaff"}')).toMatchObject({
      sent: { type: 'track', userId: 'u', properties: [], timestamp: 'safaff' }
    })
  })

  it('keeps the digits of ids that JavaScript would round', () => {
    expect(read('{"type":"track","userId":738529527931269425,"properties":{"n":12}}')).toMatchObject({
      event: { userId: '738529527931269425', properties: { n: 12 } }
    })
  })

  it.each([
    ['Identify', 'identify'],
    ['TRACK', 'track'],
    [' track ', 'track'],
    ['pageview', 'page'],
    ['Page View', 'page'],
    ['identify_user', 'identify'],
    ['trackEvent', 'track'],
    ['identfy', 'identify'],
    ['tarck', 'track'],
    ['groups', 'group'],
    ['screan', 'screen'],
    ['delete', undefined],
    ['audience', undefined],
    ['', undefined],
    [7, undefined],
    [null, undefined],
    ['x'.repeat(100_000), undefined]
  ])('suggests the type that was probably meant by %j', (type, suggestion) => {
    const line = read(JSON.stringify({ type, userId: 'u' }))
    expect(line).toEqual({ kind: 'unreadable', reason: 'unknown-type', ...(suggestion ? { suggestion } : {}) })
  })

  it('does not change the prototype of other objects', () => {
    read('{"type":"track","userId":"u","__proto__":{"polluted":true},"traits":{"__proto__":{"polluted":true}}}')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
