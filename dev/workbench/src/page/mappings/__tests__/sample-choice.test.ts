import { suggestSample, toSampleEvents } from '../sample-choice'

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

it('gives every event a title of its own', () => {
  expect(samples.map(({ title }) => title)).toEqual([
    'Two events (1 of 2)',
    'Two events (2 of 2)',
    'An order',
    'A sign-up'
  ])
})

it('begins with an event that the trigger takes and that has what is mapped', () => {
  const mapping = { total: { '@path': '$.properties.total' } }
  expect(suggestSample(samples, { subscribe: 'type = "track"', mapping })?.title).toBe('An order')
  expect(suggestSample(samples, { subscribe: 'event = "Signed Up"', mapping })?.title).toBe('A sign-up')
  expect(suggestSample([], { subscribe: '', mapping })).toBeUndefined()
})
