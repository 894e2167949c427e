import { toSingleFields, withSingleValues } from '../single-values'

const FIELDS = toSingleFields({
  name: { label: 'Name', description: 'A name.', type: 'string' },
  tags: { label: 'Tags', description: 'Several tags.', type: 'string', multiple: true },
  traits: { label: 'Traits', description: 'Any traits.', type: 'object' }
})

it.each([
  [{ name: ['Ada'] }, { name: 'Ada' }],
  [{ name: [null] }, { name: null }],
  [{ name: ['Ada', 'Bob'] }, { name: ['Ada', 'Bob'] }],
  [{ name: [{ first: 'Ada' }] }, { name: [{ first: 'Ada' }] }],
  [
    { tags: ['a'], traits: ['b'], other: ['c'] },
    { tags: ['a'], traits: ['b'], other: ['c'] }
  ],
  ['text', 'text'],
  [null, null]
])('replaces a list of one by its item for a field of one value: %j', (payload, expected) => {
  expect(withSingleValues(payload, FIELDS)).toEqual(expected)
})
