import { toTriggerPresets } from '../trigger-presets'

const action = { title: '', description: '', fields: {}, defaultSubscription: 'type = "track"' }

it('offers the trigger of the action first, and each only once', () => {
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

it('offers no trigger that Segment would read otherwise', () => {
  expect(toTriggerPresets(action, { type: 'track', event: 'Say "hi"' })).toHaveLength(5)
})
