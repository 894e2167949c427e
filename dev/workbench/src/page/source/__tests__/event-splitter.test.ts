import { EventSplitter, type FileEvent } from '../event-splitter'

/** Cut at every place: a file arrives in whatever pieces the disk gives. */
function split(text: string, size: number): FileEvent[] {
  const splitter = new EventSplitter()
  const found: FileEvent[] = []
  for (let at = 0; at < text.length; at += size) found.push(...splitter.push(text.slice(at, at + size)))
  return [...found, ...splitter.end()]
}

const SIZES = [1, 2, 3, 7, 1000]

test.each(SIZES)('lines are events, whatever the pieces (%i letters each); blank lines keep their numbers', (size) => {
  expect(split('\uFEFF{"a":1}\r\n\n  \nnot json\n{"b":"[,]"}', size)).toEqual([
    { number: 1, text: '{"a":1}' },
    { number: 4, text: 'not json' },
    { number: 5, text: '{"b":"[,]"}' }
  ])
})

test.each(SIZES)('the parts of an array are events (%i letters each)', (size) => {
  const events = [{ a: 'x]},{["\\"' }, { b: [1, { c: [] }] }, 'text', 3]
  const found = split(` \n${JSON.stringify(events, null, 2)}\n`, size)
  expect(JSON.parse(`[${found.map(({ text }) => text).join()}]`)).toEqual(events)
})

test('an array that is cut off gives what is left, so that it is refused and not lost without a word', () => {
  expect(split('[{"a":1},{"b":', 4)).toEqual([
    { number: 1, text: '{"a":1}' },
    { number: 2, text: '{"b":' }
  ])
})

test('an empty file and an empty array hold no event', () => {
  expect(split(' \n ', 1)).toEqual([])
  expect(split('[ ]', 1)).toEqual([])
})

test('what stands after an array is not swallowed', () => {
  expect(split('[{"a":1}]\n{"b":1}', 3).at(-1)).toEqual({ number: 2, text: '{"b":1}' })
})
