import { deliver } from '../deliver/deliver'
import { toSummaryText } from '../deliver/summary-text'
import type { Progress } from '../deliver/deliver-options'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { parseSubscriptions } from '@intercom-destinations/delivery'

const WORKSPACE = {
  name: 'Test',
  contactAttributes: [{ name: 'job_title', data_type: 'string' as const }]
}

async function* linesOf(...lines: (object | string)[]) {
  for (const line of lines)
    yield await Promise.resolve(Buffer.from(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`))
}

const identify = (userId: string, traits: object) => ({
  type: 'identify',
  userId,
  timestamp: '2026-11-09T08:00:00Z',
  traits
})

const track = (userId: string, more: object = {}) => ({
  type: 'track',
  userId,
  event: 'Clicked',
  timestamp: '2026-11-09T08:00:01Z',
  ...more
})

/** The emulator, with answers of the test for the events for which it gives some. */
async function openScripted(answer: (event: string) => Response | undefined = () => undefined) {
  const target = await openEmbeddedIntercom(
    { contacts: ['u1', 'u2', 'u3'].map((external_id) => ({ external_id })) },
    {
      wrapFetch: (fetch) => (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input)
        const scripted = url.pathname === '/events' ? answer(toText(init?.body)) : undefined
        return scripted ? Promise.resolve(scripted) : fetch(input, init)
      }
    }
  )
  const closed = jest.spyOn(target, 'close')
  return { openTarget: () => Promise.resolve(target), closed }
}

const toText = (body: unknown): string => (body instanceof Uint8Array ? Buffer.from(body).toString() : '')

/** A clock that advances only by sleeping. */
function openClock() {
  let now = Date.UTC(2026, 10, 9, 9)
  return {
    now: () => now,
    sleep: (milliseconds: number) => {
      now += milliseconds
      return Promise.resolve()
    }
  }
}

describe('deliver, to the embedded emulator', () => {
  it('counts the result of every line', async () => {
    const summary = await deliver({
      workspace: WORKSPACE,
      source: linesOf(
        identify('u1', { email: 'ada@example.com', job_title: 'Designer', shoe_size: 41 }),
        '',
        'not json',
        track('u1', { properties: { revenue: '19.99', cart: [1] } }),
        track('stranger'),
        { type: 'page', userId: 'u1' },
        track('u1', { integrations: { All: false } }),
        { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme' }, timestamp: '2026-11-09T08:00:02Z' }
      )
    })
    expect(summary).toMatchObject({
      workspace: 'Test',
      stoppedEarly: false,
      lines: { read: 8, blank: 1, unreadable: 1, events: 6 },
      events: { delivered: 3, rejected: 1, notForIntercom: 2 },
      actions: [
        { action: 'Identify Contact', delivered: 1, rejected: 0 },
        { action: 'Identify Company', delivered: 1, rejected: 0 },
        { action: 'Track Event', delivered: 1, rejected: 1 }
      ],
      unreadable: [{ reason: 'not-json', count: 1, lines: [3] }],
      notForIntercom: [
        { reason: 'no subscription takes page calls', count: 1, lines: [6] },
        { reason: "kept away by the event's own integrations", count: 1, lines: [7] }
      ],
      rejections: [{ action: 'Track Event', count: 1, lines: [5] }],
      losses: [
        { action: 'Identify Contact', path: 'custom_attributes.shoe_size', reason: 'unknown-attribute', lines: [1] },
        { action: 'Track Event', path: 'metadata.cart', reason: 'nested-value', lines: [4] }
      ],
      timesAdded: 1,
      intercomHolds: { users: 1, leads: 0, companies: 1, attachments: 1, events: 1, tags: 0 }
    })
  })

  it('counts the events that say that the web destination of their page got them, too', async () => {
    const _metadata = { bundled: ['Intercom Web (Actions)'] }
    const summary = await deliver({
      source: linesOf(
        { ...identify('u1', {}), _metadata },
        { ...track('u1'), _metadata },
        { ...track('u1', { event: 'Other' }), _metadata },
        { ...track('stranger'), _metadata },
        track('u1', { context: { library: { name: 'analytics.js' } } })
      )
    })
    expect(summary).toMatchObject({ events: { delivered: 4, rejected: 1 }, countedTwice: 2 })
    expect(toSummaryText(summary, { styled: false }).replace(/\s+/g, ' ')).toContain(
      '2 events say that the web destination of the page got them as well, so Intercom counts each twice, unless both have the same second. What to do: https://'
    )
  })

  it('contains no values of the events', async () => {
    const summary = await deliver({
      source: linesOf(
        identify('secret-id', { email: 'ada@secret.example', phone: { secret: 1 } }),
        track('secret-id', { timestamp: 'secret day' }),
        identify('secret-two', { email: 'ada@secret.example' })
      )
    })
    expect(JSON.stringify(summary)).not.toMatch(/secret|ada@/)
  })

  it('survives any JSON', async () => {
    const summary = await deliver({
      source: linesOf(
        '{"type":"identify","userId":"u1","traits":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
        '{"type":"track","userId":"u1","event":"X","properties":{"__proto__":{"polluted":1}},"context":null}',
        '{"type":"group","userId":"u1","groupId":{"a":1},"traits":[]}',
        '{"type":"track","userId":"u1","event":{},"properties":"text","context":"text"}',
        `{"type":"track","userId":"u1","event":"Deep","properties":{"a":${'['.repeat(2000)}${']'.repeat(2000)}}}`
      )
    })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    const { delivered, rejected, notForIntercom } = summary.events
    expect(delivered + rejected + notForIntercom).toBe(5)
  })

  it('counts requests by operation, without ids', async () => {
    const { requests } = await deliver({ source: linesOf(identify('u1', { email: 'ada@example.com' }), track('u1')) })
    expect(requests.operations.map(({ operation }) => operation)).toContain('POST /events')
    expect(requests.total).toBe(requests.operations.reduce((sum, { count }) => sum + count, 0))
    expect(requests.perDeliveredEvent).toBe(requests.total / 2)
  })

  it('does not read INTERCOM_ACCESS_TOKEN', async () => {
    process.env.INTERCOM_ACCESS_TOKEN = 'a-real-token'
    const summary = await deliver({ source: linesOf(identify('u1', {})) }).finally(() => {
      delete process.env.INTERCOM_ACCESS_TOKEN
    })
    expect(summary.events.delivered).toBe(1)
  })
})

describe('deliver', () => {
  it('reports a failed subscription although another one delivers', async () => {
    const row = (name: string, event_name: unknown) => ({
      name,
      partnerAction: 'trackEvent',
      subscribe: 'type = "track"',
      mapping: { event_name, user_id: { '@path': '$.userId' }, created_at: { '@path': '$.timestamp' } }
    })
    const { openTarget } = await openScripted()
    const subscriptions = parseSubscriptions([row('one', { '@path': '$.nothing' }), row('two', 'Clicked')])
    const summary = await deliver({ source: linesOf(track('u1')), openTarget, subscriptions })
    expect(summary.actions).toEqual([
      { action: 'one', delivered: 0, rejected: 1 },
      { action: 'two', delivered: 1, rejected: 0 }
    ])
    expect(summary.events).toEqual({ delivered: 0, rejected: 1, notForIntercom: 0 })
  })

  it('waits with the injected clock', async () => {
    let failures = 2
    const { openTarget } = await openScripted(() => {
      failures -= 1
      return failures >= 0 ? new Response(null, { status: 503 }) : undefined
    })
    const summary = await deliver({ source: linesOf(track('u1')), openTarget, clock: openClock() })
    expect(summary).toMatchObject({ retries: 2, events: { delivered: 1 }, seconds: 0.4 })
  })

  it('counts what is read ahead as not done yet', async () => {
    const { openTarget } = await openScripted()
    const lines = Array.from({ length: 40 }, (_, second) =>
      track('u1', { timestamp: new Date(Date.UTC(2026, 10, 9, 8, 0, second)).toISOString() })
    )
    const shares: number[] = []
    const total = lines.reduce((sum, line) => sum + JSON.stringify(line).length + 1, 0)
    const onProgress = ({ bytesDone }: Progress) => shares.push(bytesDone / total)
    await deliver({ source: linesOf(...lines), openTarget, concurrency: 1, onProgress })
    expect(shares[9]).toBeLessThan(0.5)
    expect(shares.at(-1)).toBe(1)
  })

  it('tells until when the rate limit of Intercom holds everything', async () => {
    let refusals = 1
    const { openTarget } = await openScripted(() => {
      refusals -= 1
      return refusals >= 0 ? new Response(null, { status: 429, headers: { 'retry-after': '7' } }) : undefined
    })
    const waits: number[] = []
    const onWait = (until: number) => waits.push(until)
    const summary = await deliver({ source: linesOf(track('u1')), openTarget, clock: openClock(), onWait })
    const [until = 0, ...more] = waits.map((at) => at - Date.UTC(2026, 10, 9, 9))
    expect(more).toEqual([])
    // A part of a second or two is added, so that not all of many processes come back at once.
    expect(until).toBeGreaterThanOrEqual(7000)
    expect(until).toBeLessThan(10_000)
    expect(summary).toMatchObject({ retries: 1, events: { delivered: 1 } })
  })

  it('stops after twenty failed events in a row, and leaves them to the next run', async () => {
    let asked = 0
    const { openTarget } = await openScripted(() => {
      asked += 1
      return asked > 5 ? new Response(null, { status: 503 }) : undefined
    })
    const lines = Array.from({ length: 60 }, (_, second) =>
      track('u1', { timestamp: new Date(Date.UTC(2026, 10, 9, 8, 0, second)).toISOString() })
    )
    const failed: number[] = []
    const checkpoint = {
      isDone: () => false,
      delivered: () => undefined,
      nothingToDeliver: () => undefined,
      failed: (line: number) => failed.push(line)
    }
    const summary = await deliver({ source: linesOf(...lines), openTarget, clock: openClock(), checkpoint })
    expect(summary).toMatchObject({
      complete: false,
      brokeOff: {
        by: 'intercom',
        reason: 'Intercom does not answer any more: 20 deliveries in a row failed.'
      },
      events: { delivered: 5, rejected: 0 }
    })
    expect(failed).toEqual([])
  })

  it('gives up a failing line while Intercom answers others, and continues with the person', async () => {
    const { openTarget } = await openScripted((event) =>
      event.includes('Broken') ? new Response(null, { status: 503 }) : undefined
    )
    const failed: unknown[] = []
    const checkpoint = {
      isDone: () => false,
      delivered: () => undefined,
      nothingToDeliver: () => undefined,
      failed: (line: number, _bytes: unknown, [failure]: readonly unknown[]) => failed.push([line, failure])
    }
    const summary = await deliver({
      source: linesOf(track('u1', { event: 'Broken' }), track('u1'), track('u2')),
      openTarget,
      clock: openClock(),
      checkpoint
    })
    expect(summary).toMatchObject({ brokeOff: null, complete: true, events: { delivered: 2, rejected: 1 }, retries: 3 })
    expect(failed).toEqual([[1, expect.objectContaining({ action: 'Track Event', status: 503, retryable: true })]])
  })

  it('stops at once when the token is refused, and leaves the event to the next run', async () => {
    const { openTarget } = await openScripted(() =>
      Response.json({ type: 'error.list', errors: [{ code: 'unauthorized', message: 'No.' }] }, { status: 401 })
    )
    const summary = await deliver({ source: linesOf(track('u1'), track('u2')), openTarget })
    expect(summary).toMatchObject({
      brokeOff: { by: 'intercom', reason: 'Intercom no longer accepts the access token.' },
      events: { delivered: 0, rejected: 0 }
    })
  })

  it('finishes the event in flight when it is stopped, and no other', async () => {
    const controller = new AbortController()
    const { openTarget, closed } = await openScripted(() => {
      controller.abort()
      return undefined
    })
    const source = linesOf(track('u1'), track('u2'), track('u3'))
    const summary = await deliver({ source, openTarget, signal: controller.signal, concurrency: 1 })
    expect(summary).toMatchObject({ stoppedEarly: true, events: { delivered: 1 }, lines: { read: 1 } })
    expect(closed).toHaveBeenCalledTimes(1)
  })

  it('ends after the limit of events, and reads no more', async () => {
    const { openTarget } = await openScripted()
    const summary = await deliver({ source: linesOf('x', track('u1'), track('u2'), track('u3')), openTarget, limit: 2 })
    expect(summary).toMatchObject({ stoppedEarly: false, events: { delivered: 2 }, lines: { read: 3, unreadable: 1 } })
  })

  it('rejects when the source cannot be read, and closes the target', async () => {
    const { openTarget, closed } = await openScripted()
    async function* broken() {
      yield await Promise.resolve(Buffer.from('{}\n'))
      throw new Error('the disk failed')
    }
    await expect(deliver({ source: broken(), openTarget })).rejects.toThrow('the disk failed')
    expect(closed).toHaveBeenCalledTimes(1)
  })

  it('reports each request with its line, in the order of the file', async () => {
    const { openTarget } = await openScripted()
    const seen: unknown[] = []
    await deliver({
      source: linesOf(track('u1'), 'x', track('u2'), track('u3')),
      openTarget,
      concurrency: 1,
      onRequest: ({ method, url }, line) => seen.push([line, method, new URL(url).pathname])
    })
    expect(seen).toEqual([
      [1, 'POST', '/events'],
      [3, 'POST', '/events'],
      [4, 'POST', '/events']
    ])
  })

  it('reports its progress after every line', async () => {
    const { openTarget } = await openScripted()
    const seen: Progress[] = []
    await deliver({
      source: linesOf('x', track('u1')),
      openTarget,
      onProgress: (progress) => {
        seen.push(progress)
      }
    })
    expect(seen.map(({ lines, delivered, failed }) => [lines, delivered, failed])).toEqual([
      [1, 0, 1],
      [2, 1, 1]
    ])
  })
})
