import { readWrittenEvents } from '../written-events'

test('one event or a list of them can be sent', () => {
  expect(readWrittenEvents('{ "type": "page" }')).toEqual({ events: [{ type: 'page' }] })
  expect(readWrittenEvents('[{ "type": "page" }, { "type": "track" }]')).toEqual({
    events: [{ type: 'page' }, { type: 'track' }]
  })
})

test.each([
  ['', 'Write an event'],
  ['[]', 'no event'],
  ['[{ "type": "page" }, 1]', 'Event 2'],
  ['"text"', 'object in braces'],
  ['{ "type": "click" }', 'has a "type"'],
  ['{\n"type" }', 'Line 2, column 8']
])('%j is told apart before it is sent', (text, problem) => {
  expect(readWrittenEvents(text)).toMatchObject({ problem: expect.stringContaining(problem) })
})
