import { deliver } from '../deliver/deliver'
import { openEmbeddedIntercom } from '../target/embedded-intercom'
import { parseSubscriptions } from '@intercom-destinations/delivery'

async function* linesOf(...lines: (object | string)[]) {
  for (const line of lines)
    yield await Promise.resolve(Buffer.from(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`))
}

const timestamp = '2026-11-09T08:00:00Z'
const ADA = { type: 'identify', userId: 'ada', timestamp, traits: { email: 'ada@example.com' } }

/** Delivers lines, and records the bodies that Intercom received. */
async function run(lines: readonly (object | string)[], more: { mapping?: object[] } = {}) {
  const bodies: { readonly operation: string; readonly body: { external_id?: string } }[] = []
  const target = await openEmbeddedIntercom(
    {},
    {
      wrapFetch: (fetch) => (input, init) => {
        const path = new URL(input instanceof Request ? input.url : input).pathname
        if (init?.body instanceof Uint8Array && init.body.length > 0)
          bodies.push({
            operation: `${init.method ?? 'GET'} ${path}`,
            body: JSON.parse(Buffer.from(init.body).toString())
          })
        return fetch(input, init)
      }
    }
  )
  const summary = await deliver({
    source: linesOf(...lines),
    openTarget: () => Promise.resolve(target),
    ...(more.mapping ? { subscriptions: parseSubscriptions(more.mapping) } : {})
  })
  return {
    summary,
    bodies: (operation: string) => bodies.flatMap((one) => (one.operation === operation ? one.body : []))
  }
}

describe('an event with one odd part', () => {
  it('does not merge two people whose ids are numbers that JavaScript would round', async () => {
    const { summary, bodies } = await run([
      `{"type":"identify","userId":738529527931269425,"timestamp":"${timestamp}"}`,
      `{"type":"identify","userId":738529527931269400,"timestamp":"${timestamp}"}`
    ])
    expect(summary.intercomHolds).toMatchObject({ users: 2 })
    expect(
      bodies('POST /contacts')
        .map(({ external_id }) => external_id)
        .sort()
    ).toEqual(['738529527931269400', '738529527931269425'])
  })

  it('is delivered with its next readable time, and counted as doubtful and not as a loss', async () => {
    const { summary, bodies } = await run([
      ADA,
      { type: 'track', userId: 'ada', event: 'Paid', timestamp: 'safaff', originalTimestamp: '2026-11-09T09:00:00Z' }
    ])
    expect(summary.events).toMatchObject({ delivered: 2, rejected: 0 })
    expect(bodies('POST /events')).toMatchObject([{ created_at: Date.UTC(2026, 10, 9, 9) / 1000 }])
    expect(summary.losses).toEqual([])
    expect(summary.doubtful).toEqual([
      { action: 'Track Event', path: 'timestamp', reason: 'other-time', count: 1, lines: [2] }
    ])
  })

  it('is delivered although its properties are the empty list of PHP, or a text', async () => {
    const { summary } = await run([
      ADA,
      { type: 'track', userId: 'ada', event: 'Paid', timestamp, properties: [] },
      { type: 'track', userId: 'ada', event: 'Signed up', timestamp, properties: 'text' },
      { type: 'identify', userId: 'bob', timestamp, traits: [] }
    ])
    expect(summary.events).toMatchObject({ delivered: 4, rejected: 0 })
    expect(summary.losses).toEqual([
      { action: 'Track Event', path: 'properties', reason: 'not-an-object', count: 1, lines: [3] }
    ])
  })

  it('is delivered with the traits of its context when it has none of its own', async () => {
    const { bodies } = await run([
      { type: 'identify', userId: 'ada', timestamp, context: { traits: { name: 'Ada', email: 'ada@example.com' } } }
    ])
    expect(bodies('POST /contacts')).toMatchObject([{ external_id: 'ada', name: 'Ada', email: 'ada@example.com' }])
  })

  it('is a loss when an event of its name, person and second was delivered before it', async () => {
    const paid = { type: 'track', userId: 'ada', event: 'Paid', timestamp }
    const { summary } = await run([ADA, paid, { ...paid, event: 'Opened' }, { ...paid, messageId: 'm2' }, paid])
    expect(summary.intercomHolds).toMatchObject({ events: 2 })
    expect(summary.losses).toMatchObject([
      { action: 'Track Event', reason: 'same-second-event', count: 2, lines: [4, 5] }
    ])
  })

  it('suggests the type that was meant', async () => {
    const { summary } = await run([
      { ...ADA, type: 'Identify' },
      { ...ADA, type: 'Identify' },
      { ...ADA, type: 'click' }
    ])
    expect(summary.unreadable).toEqual([
      { reason: 'unknown-type', suggestion: 'identify', count: 2, lines: [1, 2] },
      { reason: 'unknown-type', count: 1, lines: [3] }
    ])
  })
})

describe('a value that Segment’s validation would refuse the whole event for', () => {
  /** A mapping with the trait `odd` in one field beside the address. */
  const intoField = (field: string) => [
    {
      partnerAction: 'identifyContact',
      subscribe: 'type = "identify"',
      mapping: {
        role: 'user',
        external_id: { '@path': '$.userId' },
        email: { '@path': '$.traits.email' },
        [field]: { '@path': '$.traits.odd' }
      }
    }
  ]

  it.each([
    ['an object for a text', 'name', { first: 'Ada' }, 'name', 'not-text'],
    ['a list for a number', 'owner_id', [1, 2], 'owner_id', 'not-a-number'],
    ['a list of an object', 'phone', [{ n: 1 }], 'phone', 'not-text'],
    ['a text for an object', 'custom_attributes', 'text', 'custom_attributes', 'not-an-object'],
    ['an object among texts', 'tags_to_add', ['a', { b: 1 }], 'tags_to_add[1]', 'nested-value']
  ])('is left out, and the rest arrives: %s', async (_, field, odd, path, reason) => {
    const { summary, bodies } = await run([{ ...ADA, traits: { ...ADA.traits, odd } }], { mapping: intoField(field) })
    expect(summary.events).toMatchObject({ delivered: 1, rejected: 0 })
    expect(bodies('POST /contacts')).toMatchObject([{ external_id: 'ada', email: 'ada@example.com' }])
    expect(summary.losses).toMatchObject([{ path, reason }])
  })

  it('keeps the item of a list of one, as Segment does', async () => {
    const { bodies } = await run([{ ...ADA, traits: { ...ADA.traits, odd: ['Ada'] } }], { mapping: intoField('name') })
    expect(bodies('POST /contacts')).toMatchObject([{ name: 'Ada' }])
  })

  it('is reported with the path of the company for a company', async () => {
    const { summary } = await run([
      ADA,
      { type: 'group', userId: 'ada', groupId: 'acme', timestamp, traits: { name: 'Acme', website: { url: 'x' } } }
    ])
    expect(summary.events).toMatchObject({ delivered: 2, rejected: 0 })
    expect(summary.losses).toMatchObject([{ path: 'company.website', reason: 'not-text' }])
  })

  it('is rejected when the action cannot run without it', async () => {
    const { summary } = await run([ADA, { type: 'track', userId: 'ada', event: { a: 1 }, timestamp }])
    expect(summary.events).toMatchObject({ delivered: 1, rejected: 1 })
  })
})
