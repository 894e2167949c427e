import { toTriggerPresets } from '../trigger-presets'

const action = { title: '', description: '', fields: {}, defaultSubscription: 'type = "track"' }

it('offers the default trigger first, and each trigger once', () => {
  expect(toTriggerPresets(action, undefined)).toEqual([
    'type = "track"',
    'type = "identify"',
    'type = "page"',
    'type = "screen"',
    'type = "group"'
  ])
})

it('offers the event of the sample', () => {
  expect(toTriggerPresets(action, { type: 'track', event: 'Paid' })).toContain('type = "track" and event = "Paid"')
  expect(toTriggerPresets(action, { type: 'identify', event: 'odd' })).toHaveLength(5)
})

it('does not offer a trigger that Segment reads differently', () => {
  expect(toTriggerPresets(action, { type: 'track', event: 'Say "hi"' })).toHaveLength(5)
})
