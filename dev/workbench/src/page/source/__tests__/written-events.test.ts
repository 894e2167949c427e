import { readWrittenEvents } from '../written-events'

test('sends one event or a list of events', async () => {
  expect(await readWrittenEvents('{ "type": "page" }')).toEqual({ texts: ['{ "type": "page" }'] })
  expect(await readWrittenEvents(' [{ "type": "page" }, { "type": "track" }]\n')).toEqual({
    texts: ['{ "type": "page" }', '{ "type": "track" }']
  })
})

test('takes what was pasted out of a file: one event a line, pretty-printed objects, a table', async () => {
  const two = { texts: ['{ "type": "page" }', '{ "type": "track" }'] }
  expect(await readWrittenEvents('{ "type": "page" }\n\n{ "type": "track" }\n')).toEqual(two)
  expect(await readWrittenEvents('{\n"type": "page" }\n{\n"type": "track" }')).toEqual({
    texts: ['{ "type": "page" }', '{ "type": "track" }']
  })
  expect(await readWrittenEvents('userId,event\nada,Paid\n')).toEqual({
    texts: ['{"type":"track","userId":"ada","event":"Paid"}']
  })
})

test('keeps all digits of a large number', async () => {
  const event = '{ "type": "track", "userId": 738529527931269425 }'
  expect(await readWrittenEvents(event)).toEqual({ texts: [event] })
  expect(await readWrittenEvents(`[${event}]`)).toEqual({ texts: [event] })
})

test.each([
  ['', 'Write an event'],
  ['[]', 'no event'],
  ['[{ "type": "page" }, 1]', 'Event 2'],
  ['"text"', 'object in braces'],
  ['{ "type": "click" }', 'has a "type"'],
  ['{\n"type" }', 'Line 2, column 8'],
  ['{ "type": "page" }\n{ "type" }', 'Event 2, column 10: Expected a colon'],
  ['{ "type": "page" }\n3', 'Event 2: an event is an object'],
  ['<!doctype html><p>Sign in', 'This is an HTML page. It may be'],
  ['userId,event\nada\n', 'Row 2 has more or fewer cells']
])('%j is told apart before it is sent', async (text, problem) => {
  expect(await readWrittenEvents(text)).toMatchObject({ problem: expect.stringContaining(problem) })
})
