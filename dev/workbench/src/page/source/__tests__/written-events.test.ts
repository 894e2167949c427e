import { readWrittenEvents } from '../written-events'

test('sends one event or a list of events', () => {
  expect(readWrittenEvents('{ "type": "page" }')).toEqual({ texts: ['{ "type": "page" }'] })
  expect(readWrittenEvents(' [{ "type": "page" }, { "type": "track" }]\n')).toEqual({
    texts: ['{ "type": "page" }', '{ "type": "track" }']
  })
})

test('keeps all digits of a large number', () => {
  const event = '{ "type": "track", "userId": 738529527931269425 }'
  expect(readWrittenEvents(event)).toEqual({ texts: [event] })
  expect(readWrittenEvents(`[${event}]`)).toEqual({ texts: [event] })
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
