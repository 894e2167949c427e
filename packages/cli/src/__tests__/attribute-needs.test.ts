import { Readable } from 'node:stream'
import { findNeeds } from '../check/attribute-needs'
import { toEventSource } from '../input/open-source'
import { systemClock } from '@intercom-destinations/delivery'
import { parseSubscriptions } from '@intercom-destinations/delivery'

const toSource = (lines: readonly unknown[]) =>
  toEventSource(
    Readable.from(lines.map((line) => Buffer.from(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`))),
    'the input'
  )

const find = (lines: readonly unknown[], more: Partial<Parameters<typeof findNeeds>[0]> = {}) =>
  findNeeds({ source: toSource(lines), signal: new AbortController().signal, clock: systemClock, ...more })

const group = (groupId: string, traits: object) => ({ type: 'group', userId: 'stranger', groupId, traits })

describe('findNeeds', () => {
  it('counts the attributes of companies by type, also when their people are unknown', async () => {
    const { attributes } = await find([
      group('a', { seats: 1.5 }),
      group('b', { seats: 2 }),
      group('c', { seats: null })
    ])
    expect(attributes).toEqual([
      {
        model: 'company',
        name: 'seats',
        newType: 'float',
        events: 3,
        types: { 'number with a fraction': 1, 'whole number': 1, nothing: 1 },
        misfits: expect.objectContaining({ integer: 1, boolean: 2 })
      }
    ])
  })

  it.each([
    ['12', ['string', 'integer', 'float'], ['boolean']],
    [12, ['string', 'integer', 'float'], ['boolean']],
    [1.5, ['string', 'float'], ['integer', 'boolean']],
    ['three', ['string'], ['integer', 'float', 'boolean', 'date', 'datetime']],
    ['2024-01-02T03:04:05Z', ['string', 'date', 'datetime'], ['integer', 'float', 'boolean']],
    ['true', ['string', 'boolean'], ['integer', 'float', 'date', 'datetime']],
    [1_704_164_645_678, ['string', 'integer', 'datetime'], ['boolean']],
    [null, ['string', 'integer', 'float', 'boolean', 'date', 'datetime'], []]
  ])('applies the destination’s own rule to which types %j fits', async (value, fits, misfits) => {
    const { attributes } = await find([group('a', { seats: value })])
    const counts = attributes[0]?.misfits ?? {}
    expect(fits.filter((type) => counts[type] === undefined)).toEqual(fits)
    expect(misfits.filter((type) => counts[type] === 1)).toEqual(misfits)
  })

  it('leaves out events that are not for Intercom, and counts lines that cannot be read', async () => {
    const needs = await find([
      'oops',
      { type: 'identify', userId: 'u1', traits: { plan: 'pro' }, integrations: { All: false } },
      { type: 'track', userId: 'u1', event: 'Opened', integrations: { 'Intercom Cloud Mode (Actions)': false } }
    ])
    expect(needs).toMatchObject({ events: 2, unreadable: 1, attributes: [], eventNames: [] })
  })

  it('stops at the limit', async () => {
    const event = { type: 'track', userId: 'u1', event: 'Opened' }
    expect(await find([event, event, event], { limit: 2 })).toMatchObject({
      events: 2,
      eventNames: [{ name: 'Opened', events: 2 }]
    })
  })

  it('follows the mapping, and its list of allowed event names', async () => {
    const subscriptions = parseSubscriptions([
      {
        partnerAction: 'trackEvent',
        subscribe: 'type = "track"',
        mapping: {
          event_name: { '@path': '$.properties.title' },
          created_at: { '@path': '$.timestamp' },
          user_id: { '@path': '$.userId' },
          allowed_event_names: ['opened']
        }
      }
    ])
    const track = (title: string) => ({ type: 'track', userId: 'u1', event: 'x', properties: { title } })
    const needs = await find([track('Opened'), track('Closed')], { subscriptions })
    expect(needs.eventNames).toEqual([{ name: 'Opened', events: 1 }])
  })

  it('limits the number of names, and reports that it did', async () => {
    const names = Array.from({ length: 10_002 }, (_, index) => ({ type: 'track', userId: 'u1', event: `E${index}` }))
    const needs = await find(names)
    expect(needs.eventNames).toHaveLength(10_000)
    expect(needs.isCut).toBe(true)
  })
})
