import type { Row } from '../../../contract'
import { suggestSample, toReceivedEvents, toSampleEvents } from '../sample-choice'

const samples = toSampleEvents([
  {
    title: 'Two events',
    events: [
      { type: 'identify', traits: { email: 'a' } },
      { type: 'track', event: 'Paid' }
    ]
  },
  { title: 'An order', events: [{ type: 'track', event: 'Paid', properties: { total: 5 } }] },
  { title: 'A sign-up', events: [{ type: 'track', event: 'Signed Up' }] }
])

it('gives every event a different title', () => {
  expect(samples.map(({ title }) => title)).toEqual([
    'Two events (1 of 2)',
    'Two events (2 of 2)',
    'An order',
    'A sign-up'
  ])
})

it('starts with an event that matches the trigger and has the mapped values', () => {
  const mapping = { total: { '@path': '$.properties.total' } }
  expect(suggestSample(samples, { subscribe: 'type = "track"', mapping })?.title).toBe('An order')
  expect(suggestSample(samples, { subscribe: 'event = "Signed Up"', mapping })?.title).toBe('A sign-up')
  expect(suggestSample([], { subscribe: '', mapping })).toBeUndefined()
})

const received = Array.from({ length: 20 }, (_, index): Row => {
  const outcome = { state: 'waiting', calls: 0, losses: 0, doubtful: 0 } as const
  const id = `e${20 - index}`
  return {
    id,
    receivedAt: 0,
    source: 'api',
    type: 'track',
    name: `Paid ${id}`,
    person: 'ada',
    email: '',
    web: outcome,
    cloud: outcome,
    differs: false
  }
})

it('offers the newest events and the chosen one', () => {
  expect(toReceivedEvents(received)).toHaveLength(15)
  expect(toReceivedEvents(received, { id: 'e20' })).toHaveLength(15)
  expect(toReceivedEvents(received, { id: 'e2' }).at(-1)).toEqual({ id: 'e2', title: 'track Paid e2 of ada' })
  expect(toReceivedEvents([], { id: 'e2', event: { type: 'track', event: 'Paid' } })).toEqual([
    { id: 'e2', title: 'track Paid' }
  ])
  expect(toReceivedEvents([], { id: 'e2' })).toEqual([{ id: 'e2', title: 'The chosen event' }])
})
