import type { FieldCard } from '../../../contract'
import { changedKind, offeredSources, toFieldSource } from '../offered-sources'

const text: FieldCard = { label: 'A text', description: '', type: 'string' }
const object: FieldCard = { ...text, type: 'object' }

it('shows a mapping as JSON if the inputs of its field cannot show it', () => {
  expect(toFieldSource(text, { a: 1 })).toEqual({ kind: 'json', value: { a: 1 } })
  expect(toFieldSource(object, 'a text')).toEqual({ kind: 'json', value: 'a text' })
  expect(toFieldSource({ ...text, multiple: true }, ['a'])).toEqual({ kind: 'list', items: ['a'] })
})

it('offers empty and JSON for every field', () => {
  for (const field of [text, object, { ...text, multiple: true }]) {
    expect(offeredSources(field)).toEqual(expect.arrayContaining(['nothing', 'json']))
  }
})

it('keeps the path when another kind of source is chosen', () => {
  const path = { kind: 'path', path: '$.properties.total' } as const
  expect(changedKind(text, path, 'first')).toEqual({ kind: 'first', paths: ['$.properties.total'] })
  expect(changedKind(text, path, 'template')).toEqual({ kind: 'template', template: '{{properties.total}}' })
  expect(changedKind(text, path, 'json')).toEqual({ kind: 'json', value: { '@path': '$.properties.total' } })
})

it('starts a choice with the first option', () => {
  expect(changedKind({ ...text, choices: ['a', 'b'] }, { kind: 'nothing' }, 'literal')).toEqual({
    kind: 'literal',
    value: 'a'
  })
})
