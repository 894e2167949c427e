import { WEB_NAMES } from '@intercom-destinations/delivery'
import { destination } from '@intercom-destinations/intercom-web'
import { openFolder } from '../test-support/open-folder'
import { runBinary } from '../test-support/run-binary'

const files = openFolder()
const { run, write, remove } = files
afterAll(remove)

const ORDER = JSON.stringify({
  type: 'track',
  userId: 'u1',
  event: 'Order Completed',
  properties: { revenue: '19.99', currency: 'EUR', cart: [1, 2], coupon: 'MAY' },
  timestamp: '2026-11-09T08:00:00Z'
})

describe('trace', () => {
  it('shows what both destinations send and leave out, side by side', async () => {
    const { code, out, err } = await runBinary(files, ['trace', ORDER])
    expect(err).toBe('')
    expect(out).toContain(
      [
        'Sent ------------------------------------------------------  Sent ------------------------------------------------------',
        `Intercom('trackEvent', "Order Completed")                    POST /events -> 202`,
        '{                                                            {',
        '  "price": {                                                   "event_name": "Order Completed",',
        '    "amount": 1999,                                            "created_at": 1794211200,'
      ].join('\n')
    )
    expect(out).toContain(
      [
        'metadata.cart: Intercom stores single values only, not       metadata.cart: Intercom stores single values only, not',
        '  objects or lists                                             objects or lists'
      ].join('\n')
    )
    expect(code).toBe(0)
  })

  it('prints the same as JSON', async () => {
    const { out } = await run(['trace', ORDER, '--json'])
    expect(JSON.parse(out)).toMatchObject({
      type: 'track',
      web: {
        destination: 'Intercom Web (Actions)',
        subscriptions: [
          {
            name: 'Track Event',
            takes: true,
            run: {
              payload: { event_name: 'Order Completed' },
              sent: [
                {
                  call: `Intercom('trackEvent', "Order Completed")`,
                  body: { price: { amount: 1999, currency: 'EUR' }, coupon: 'MAY' }
                }
              ],
              losses: [{ path: 'metadata.cart' }]
            }
          },
          { name: 'Identify User', takes: false },
          { name: 'Identify Company', takes: false }
        ]
      },
      cloud: {
        destination: 'Intercom Cloud Mode (Actions)',
        subscriptions: [
          { takes: false },
          { takes: false },
          { takes: true, run: { sent: [{ call: 'POST /events', status: 202 }] } }
        ]
      }
    })
  })

  it('shows the rejection of an event whose person is unknown', async () => {
    const { out } = await run(['trace', ORDER, '--stranger'])
    expect(out).toContain('POST /events -> 404')
    expect(out).toContain('rejected: Intercom does not know')
  })

  it('finds the event in a file, by its line', async () => {
    const file = write('events.ndjson', `{}\n${ORDER}\n`)
    expect((await run(['trace', file, '--line', '2'])).out).toContain('POST /events -> 202')
    expect((await run(['trace', `@${write('event.json', ORDER)}`])).out).toContain('POST /events -> 202')
    expect((await run(['trace', '-'], { stdin: ORDER })).out).toContain('POST /events -> 202')
    const none = await run(['trace', file, '--line', '3'])
    expect(none.err).toContain('has no line 3')
    expect(none.code).toBe(2)
  })

  it('sends nothing to a destination that the event’s integrations exclude', async () => {
    const event = { type: 'identify', userId: 'u1', integrations: { All: false, 'Intercom Web (Actions)': true } }
    const { out } = await run(['trace', JSON.stringify(event), '--json'])
    const { web, cloud } = JSON.parse(out)
    expect([web.switchedOn, cloud.switchedOn]).toEqual([true, false])
    expect(web.subscriptions[1].run.sent[0]).toMatchObject({ call: `Intercom('update')`, body: { user_id: 'u1' } })
    expect(cloud.subscriptions[0].run).toBeUndefined()
  })

  it('prints texts of the event without control characters', async () => {
    const event = { type: 'track', userId: 'u1', event: 'A\u001b[31m\u009b2JB', properties: { 'k\u001b]0;x': [] } }
    const { out } = await run(['trace', JSON.stringify(event)])
    // eslint-disable-next-line no-control-regex -- control characters are what must not occur
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  })

  it('separates doubtful values from left out ones, for both destinations', async () => {
    const event = { ...JSON.parse(ORDER), timestamp: 'safaff', sentAt: '2026-11-09T08:00:00Z' }
    const { out } = await run(['trace', JSON.stringify(event)])
    expect(out.split('\n').slice(-4).join('\n')).toMatch(
      /^Doubtful -+ {2}Doubtful -+\ntimestamp: it cannot be read .* {2}timestamp: it cannot be read /
    )
    const { web, cloud } = JSON.parse((await run(['trace', JSON.stringify(event), '--json'])).out)
    const doubt = { path: 'timestamp', reason: 'other-time', text: expect.stringContaining('next time of the event') }
    expect([web.subscriptions[0].run, cloud.subscriptions[2].run]).toMatchObject([
      { losses: [{ path: 'metadata.cart' }], doubtful: [doubt] },
      { losses: [{ path: 'metadata.cart' }], doubtful: [doubt] }
    ])
  })

  it('explains that the traits come from the context', async () => {
    const event = {
      type: 'identify',
      userId: 'u1',
      timestamp: '2026-11-09T08:00:00Z',
      context: { traits: { name: 'Ada' } }
    }
    const { out } = await run(['trace', JSON.stringify(event)])
    expect(out).toContain('It has no traits of its own, so those of its context were read.')
    expect(out).toContain('"name": "Ada"')
  })

  it('suggests the right spelling of a type', async () => {
    const { code, err } = await run(['trace', '{"type":"Identify","userId":"u1"}'])
    expect(err).toContain(
      'This is no event: its type is none of identify, track, page, screen, group and alias; write "identify".'
    )
    expect(code).toBe(2)
  })

  it('explains why a value is no event', async () => {
    const { code, err } = await run(['trace', '{"type":"track"}'])
    expect(err).toContain('This is no event: it has neither a userId nor an anonymousId.')
    expect(code).toBe(2)
  })
})

it('uses the name that the web destination has in the catalog', () => {
  expect(WEB_NAMES[0]).toBe(destination.name)
})
