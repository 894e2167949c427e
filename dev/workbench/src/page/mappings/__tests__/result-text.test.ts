import type { FieldCard, Half, Json } from '../../../contract'
import { findResultProblem, toResultText } from '../result-text'

it.each([
  ['Paid', 'Paid'],
  [0, '0'],
  [false, 'false'],
  [null, 'null'],
  [{}, 'no keys'],
  [{ a: 1 }, '1 key'],
  [[1, 2], '2 items']
])('shows %j as %s', (value, text) => {
  expect(toResultText(value)).toBe(text)
})

const text: FieldCard = { label: '', description: '', type: 'string' }

it.each<[string, FieldCard, Json | undefined, Half, string | undefined]>([
  ['a text', text, 'Paid', 'cloud', undefined],
  ['nothing', text, undefined, 'cloud', undefined],
  ['an object for a text', text, { a: 1 }, 'cloud', 'It is an object here; Segment refuses it for a text.'],
  ['an object for a text on the web', text, { a: 1 }, 'web', 'It is an object here, and no text.'],
  ['an object for an object', { ...text, type: 'object' }, { a: 1 }, 'cloud', undefined],
  ['texts for a list of them', { ...text, multiple: true }, ['a'], 'cloud', undefined],
  [
    'an object within a template',
    text,
    'Shop: [object Object]',
    'web',
    'An object in it becomes [object Object]. Write the path of one of its values.'
  ]
])('of %s', (_, field, result, half, problem) => {
  expect(findResultProblem(field, result, half)).toBe(problem)
})
