import { EventSplitter, type FileEvent } from '../event-splitter'

/** Cut at every place: a file arrives in whatever pieces the disk gives. */
function split(text: string, size: number): FileEvent[] {
  const splitter = new EventSplitter()
  const found: FileEvent[] = []
  for (let at = 0; at < text.length; at += size) found.push(...splitter.push(text.slice(at, at + size)))
  return [...found, ...splitter.end()]
}

const SIZES = [1, 2, 3, 7, 1000]

test.each(SIZES)('each line is an event, in chunks of %i characters; blank lines count', (size) => {
  expect(split('\uFEFF{"a":1}\r\n\n  \nnot json\n{"b":"[,]"}', size)).toEqual([
    { number: 1, text: '{"a":1}' },
    { number: 4, text: 'not json' },
    { number: 5, text: '{"b":"[,]"}' }
  ])
})

test.each(SIZES)('each item of an array is an event, in chunks of %i characters', (size) => {
  const events = [{ a: 'x]},{["\\"' }, { b: [1, { c: [] }] }, 'text', 3]
  const found = split(` \n${JSON.stringify(events, null, 2)}\n`, size)
  expect(JSON.parse(`[${found.map(({ text }) => text).join()}]`)).toEqual(events)
})

test('the rest of an array that is cut off is reported, not dropped', () => {
  expect(split('[{"a":1},{"b":', 4)).toEqual([
    { number: 1, text: '{"a":1}' },
    { number: 2, text: '{"b":' }
  ])
})

test('an empty file and an empty array have no events', () => {
  expect(split(' \n ', 1)).toEqual([])
  expect(split('[ ]', 1)).toEqual([])
})

test('text after an array is reported, not dropped', () => {
  expect(split('[{"a":1}]\n{"b":1}', 3).at(-1)).toEqual({ number: 2, text: '{"b":1}' })
})
