import { EVENT_TYPES_TEXT, isEventType, isSegmentEvent } from '../segment-event'

it('takes the six calls of Segment’s tracking API, and nothing else', () => {
  const types = ['identify', 'track', 'page', 'screen', 'group', 'alias', 'Identify', 'delete', undefined]
  expect(types.map(isEventType)).toEqual([true, true, true, true, true, true, false, false, false])
  expect([isSegmentEvent({ type: 'alias' }), isSegmentEvent({}), isSegmentEvent(null)]).toEqual([true, false, false])
})

it('lists them for messages', () => {
  expect(EVENT_TYPES_TEXT).toBe('identify, track, page, screen, group and alias')
})
