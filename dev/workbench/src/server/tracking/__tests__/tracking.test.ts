import { gzipSync } from 'node:zlib'
import type { JsonObject } from '../../../contract'
import { createTracking } from '../tracking'

const NOW = Date.parse('2024-01-02T03:04:05.000Z')
const BASIC = { authorization: `Basic ${Buffer.from('key:').toString('base64')}` }

function openTracking() {
  const taken: { event: JsonObject; source: string }[] = []
  const app = createTracking({
    writeKey: 'key',
    now: () => NOW,
    submit: (event, source) => taken.push({ event, source })
  })
  return {
    taken,
    events: () => taken.map(({ event }) => event),
    send: (path: string, body: BodyInit, headers: Record<string, string> = BASIC) =>
      app.request(path, { method: 'POST', body, headers }),
    app
  }
}

const json = JSON.stringify

test.each([
  ['/identify', 'identify'],
  ['/i', 'identify'],
  ['/track', 'track'],
  ['/t', 'track'],
  ['/page', 'page'],
  ['/p', 'page'],
  ['/screen', 'screen'],
  ['/s', 'screen'],
  ['/group', 'group'],
  ['/g', 'group'],
  ['/alias', 'alias'],
  ['/a', 'alias']
])('a call to %s arrives as %s, whatever its own type', async (path, type) => {
  const { send, taken } = openTracking()
  const response = await send(path, json({ type: 'delete', userId: 'u1', messageId: 'm1' }))
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ success: true })
  expect(taken).toEqual([
    {
      source: 'api',
      event: {
        type,
        userId: 'u1',
        messageId: 'm1',
        receivedAt: '2024-01-02T03:04:05.000Z',
        timestamp: '2024-01-02T03:04:05.000Z'
      }
    }
  ])
})

test.each(['/batch', '/b', '/import', '/import/'])(
  'what the batch says for all is said of every event of %s',
  async (path) => {
    const { send, events } = openTracking()
    const response = await send(
      path,
      json({
        sentAt: '2024-01-02T03:04:00.000Z',
        context: { locale: 'de', ip: '1.1.1.1' },
        integrations: { All: false },
        batch: [
          {
            type: 'track',
            event: 'A',
            userId: 'u1',
            messageId: 'm1',
            timestamp: '2024-01-02T03:03:59.000Z',
            context: { ip: '2.2.2.2' },
            integrations: { Intercom: true }
          },
          { type: 'page', anonymousId: 'a1', messageId: 'm2' }
        ]
      })
    )
    expect(response.status).toBe(200)
    expect(events()).toEqual([
      {
        type: 'track',
        event: 'A',
        userId: 'u1',
        messageId: 'm1',
        context: { locale: 'de', ip: '2.2.2.2' },
        integrations: { All: false, Intercom: true },
        sentAt: '2024-01-02T03:04:00.000Z',
        originalTimestamp: '2024-01-02T03:03:59.000Z',
        timestamp: '2024-01-02T03:04:04.000Z',
        receivedAt: '2024-01-02T03:04:05.000Z'
      },
      {
        type: 'page',
        anonymousId: 'a1',
        messageId: 'm2',
        context: { locale: 'de', ip: '1.1.1.1' },
        integrations: { All: false },
        sentAt: '2024-01-02T03:04:00.000Z',
        timestamp: '2024-01-02T03:04:00.000Z',
        receivedAt: '2024-01-02T03:04:05.000Z'
      }
    ])
  }
)

test.each([
  ['an hour fast', '2024-01-02T04:04:03Z', '2024-01-02T04:04:05Z', '2024-01-02T03:04:03.000Z'],
  ['right, and the event of 2013', '2013-05-06T07:08:09Z', '2024-01-02T03:04:05Z', '2013-05-06T07:08:09.000Z']
])('the time of an event is corrected where the sender’s clock is %s', async (_, timestamp, sentAt, expected) => {
  const { send, events } = openTracking()
  await send('/track', json({ userId: 'u1', event: 'A', timestamp, sentAt }))
  expect(events()).toMatchObject([{ timestamp: expected, originalTimestamp: timestamp }])
})

test.each(['yesterday', '2024-01-01T00:00:00Z'])('without sentAt the time %s is kept', async (timestamp) => {
  const { send, events } = openTracking()
  await send('/track', json({ userId: 'u1', event: 'A', timestamp }))
  expect(events()).toMatchObject([{ timestamp }])
})

test('an event without a message id gets one of its own', async () => {
  const { send, events } = openTracking()
  await send('/batch', json({ batch: [1, 2].map(() => ({ type: 'page', userId: 'u1' })) }))
  const ids = events().map(({ messageId }) => messageId)
  expect(new Set(ids).size).toBe(2)
  expect(ids).toEqual([expect.stringMatching(/^api-[\da-f-]{36}$/), expect.stringMatching(/^api-[\da-f-]{36}$/)])
})

test('an invalid event of a batch is reported and does not affect the others', async () => {
  const { send, events } = openTracking()
  const response = await send(
    '/batch',
    json({
      batch: [
        { type: 'track', event: 'A', userId: 'u1' },
        'text',
        { type: 'delete', userId: 'u1' },
        { type: 'track', event: 'B' },
        { type: 'track', event: 'C', userId: 'u1', properties: { text: 'x'.repeat(33_000) } },
        { type: 'track', event: 'D', userId: 'u1' }
      ]
    })
  )
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    success: true,
    refused: [
      { index: 1, reason: 'it is JSON, but not an object' },
      { index: 2, reason: 'its type is none of identify, track, page, screen, group and alias' },
      { index: 3, reason: 'it has neither a userId nor an anonymousId' },
      { index: 4, reason: 'it is larger than 32 KB' }
    ]
  })
  expect(events().map(({ event }) => event)).toEqual(['A', 'D'])
})

test('an event that a library sends twice arrives once, as with Segment', async () => {
  const { send, events } = openTracking()
  const event = { userId: 'u1', event: 'Paid', messageId: 'm1' }
  await send('/track', json(event))
  expect(await (await send('/track', json(event))).json()).toEqual({ success: true })
  await send(
    '/batch',
    json({
      batch: [
        { ...event, type: 'track' },
        { ...event, type: 'track', messageId: 'm2' }
      ]
    })
  )
  expect(events().map(({ messageId }) => messageId)).toEqual(['m1', 'm2'])
  // Another source may happen to use the same.
  await send('/track', json({ ...event, writeKey: 'paper-and-pine' }), {})
  expect(events().map(({ messageId }) => messageId)).toEqual(['m1', 'm2', 'm1'])
})

test('the context of a batch is checked for its nesting too', async () => {
  const deep = `${'['.repeat(500)}${']'.repeat(500)}`
  const { send, events } = openTracking()
  const response = await send('/batch', `{"context":${deep},"batch":[{"type":"page","userId":"u1"}]}`)
  expect(response.status).toBe(400)
  expect(events()).toEqual([])
})

test('an event that is nested too deep is refused, and the others arrive', async () => {
  const { send, events } = openTracking()
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  const response = await send(
    '/batch',
    `{"batch":[{"type":"track","event":"A","userId":"u1","properties":${deep}},{"type":"page","userId":"u1"}]}`
  )
  expect(await response.json()).toEqual({
    success: true,
    refused: [{ index: 0, reason: 'it is nested more than 200 levels deep' }]
  })
  expect(events().map(({ type }) => type)).toEqual(['page'])
})

test('a key named __proto__ stays a key', async () => {
  const { send, events } = openTracking()
  await send(
    '/batch',
    '{"context":{"__proto__":{"a":1}},"batch":[{"type":"track","event":"A","userId":"u1","__proto__":{"isAdmin":true}}]}'
  )
  const [event = {}] = events()
  expect(event.isAdmin).toBeUndefined()
  expect(Object.hasOwn(event, '__proto__')).toBe(true)
  expect(Object.getPrototypeOf(event)).toBe(Object.prototype)
  expect(Object.getPrototypeOf(event.context)).toBe(Object.prototype)
})

test('a browser may send its key in a text/plain body, and it is no part of the event', async () => {
  const { send, taken } = openTracking()
  const response = await send('/t', json({ writeKey: 'key', event: 'A', userId: 'u1' }), {
    'content-type': 'text/plain'
  })
  expect(response.status).toBe(200)
  expect(taken).toMatchObject([{ source: 'api', event: { event: 'A' } }])
  expect(taken[0]?.event).not.toHaveProperty('writeKey')
})

test('events of the shop are recognized by its key', async () => {
  const { send, taken } = openTracking()
  await send('/t', json({ writeKey: 'paper-and-pine', event: 'A', userId: 'u1' }), {})
  expect(taken.map(({ source }) => source)).toEqual(['shop'])
})

test.each<[string, Record<string, string>]>([
  ['no key', {}],
  ['another key', { authorization: `Basic ${Buffer.from('other:').toString('base64')}` }],
  ['another kind of authorization', { authorization: 'Bearer key' }]
])('with %s no event is taken, and the answer says what to do', async (_, headers) => {
  const { send, taken } = openTracking()
  const response = await send('/track', json({ event: 'A', userId: 'u1' }), headers)
  expect(response.status).toBe(401)
  expect(await response.json()).toEqual({
    success: false,
    message:
      'The write key is missing or another one. Send the one that the workbench shows as the user name of Basic authentication, or as "writeKey" in the body.'
  })
  expect(taken).toEqual([])
})

test.each(['', '{', '[]', '"text"', 'null'])('the body %j is refused as no JSON object', async (body) => {
  const { send } = openTracking()
  const response = await send('/track', body)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ message: expect.stringContaining('not a JSON object') })
})

test.each([
  ['/track', { userId: 'u1', event: 'x'.repeat(32 * 1024) }, 'This call is larger than 32 KB'],
  ['/batch', { batch: ['x'.repeat(500 * 1024)] }, 'This batch is larger than 500 KB']
])('a body over Segment’s limit at %s is refused in the same way', async (path, body, message) => {
  const { send, taken } = openTracking()
  const response = await send(path, json(body))
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ message: expect.stringContaining(message) })
  expect(taken).toEqual([])
})

test('a small compressed body that exceeds the limit when decompressed is refused', async () => {
  const { send } = openTracking()
  const body = gzipSync(json({ batch: ['x'.repeat(5_000_000)] }))
  const response = await send('/batch', new Uint8Array(body), { ...BASIC, 'content-encoding': 'gzip' })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ message: expect.stringContaining('larger than 500 KB') })
})

test('a compressed call arrives', async () => {
  const { send, events } = openTracking()
  const body = new Uint8Array(gzipSync(json({ event: 'A', userId: 'u1' })))
  await send('/track', body, { ...BASIC, 'content-encoding': 'gzip' })
  expect(events()).toMatchObject([{ event: 'A', userId: 'u1' }])
})

test('a call without a person is refused with the reason', async () => {
  const { send } = openTracking()
  const response = await send('/track', json({ event: 'A' }))
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({
    success: false,
    message: 'This is no event: it has neither a userId nor an anonymousId.'
  })
})

test('metrics of Analytics.js are answered and become no event', async () => {
  const { send, taken } = openTracking()
  expect((await send('/m', 'anything', {})).status).toBe(200)
  expect(taken).toEqual([])
})

test('a page of another local server may send events, and read the answer', async () => {
  const { app } = openTracking()
  const asked = await app.request('/track', {
    method: 'OPTIONS',
    headers: {
      origin: 'http://localhost:3000',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type'
    }
  })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
  expect(asked.headers.get('access-control-allow-headers')).toBe('authorization,content-type')
  const sent = await app.request('/track', {
    method: 'POST',
    body: json({ event: 'A', userId: 'u1' }),
    headers: { ...BASIC, origin: 'http://localhost:3000' }
  })
  expect(sent.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
})

test('a path that Segment does not have is refused', async () => {
  const { send } = openTracking()
  expect((await send('/tracks', '{}')).status).toBe(404)
})

test('an id that JavaScript would round arrives with its digits', async () => {
  const { send, events } = openTracking()
  await send('/track', '{"userId":738529527931269425,"event":"A","properties":{"count":3}}')
  await send('/batch', '{"batch":[{"type":"page","userId":738529527931269400}]}')
  expect(events()).toMatchObject([
    { userId: '738529527931269425', properties: { count: 3 } },
    { userId: 738529527931269400 }
  ])
})

test('an unreadable time does not refuse the event, and other formats are read', async () => {
  const { send, events } = openTracking()
  await send('/track', json({ userId: 'u1', event: 'A', timestamp: 'safaff', sentAt: '2024-01-02T03:04:00Z' }))
  await send(
    '/track',
    json({
      userId: 'u1',
      event: 'B',
      timestamp: 'Tue, 02 Jan 2024 03:03:00 +0000',
      sentAt: '2024-01-02T03:04:00Z'
    })
  )
  expect(events()).toMatchObject([{ timestamp: 'safaff' }, { timestamp: '2024-01-02T03:03:05.000Z' }])
})

test('the answer names the right spelling of a type', async () => {
  const { send } = openTracking()
  const response = await send('/batch', json({ batch: [{ type: 'Identify', userId: 'u1' }] }))
  expect(await response.json()).toMatchObject({ refused: [{ reason: expect.stringMatching(/; write "identify"$/) }] })
})
