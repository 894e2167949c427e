import { isPeople, toPersonId, toSuggestion, toTraits, type Person } from '../person'

const ADA: Person = {
  id: 'ada-birch',
  name: 'Ada Birch',
  email: 'ada.birch@example.com',
  plan: 'maker',
  colour: 'green',
  newsletter: true,
  city: 'Freiburg',
  createdAt: '2024-01-02T03:04:05.000Z'
}

test('the traits include attributes that the workspace has and one that it lacks', () => {
  expect(toTraits(ADA)).toEqual({
    name: 'Ada Birch',
    email: 'ada.birch@example.com',
    plan: 'maker',
    createdAt: '2024-01-02T03:04:05.000Z',
    newsletter: true,
    favourite_colour: 'green',
    favourite_paper: 'dotted, 5 mm',
    address: { city: 'Freiburg' }
  })
})

test.each([
  ['Ada Birch', [], 'ada-birch'],
  ['Ada Birch', ['ada-birch', 'ada-birch-2'], 'ada-birch-3'],
  ['  <b>Zoë</b> ', [], 'b-zo-b'],
  ['李', [], 'customer']
])('%j among %j gets an id of their own: %s', (name, taken, id) => {
  expect(toPersonId(name, taken)).toBe(id)
})

test('the form always suggests a new person', () => {
  expect(toSuggestion([])).toEqual({ name: 'Ada Birch', email: 'ada.birch@example.com' })
  const seven: Person[] = []
  while (seven.length < 7) seven.push({ ...ADA, ...toSuggestion(seven) })
  expect(toSuggestion(seven)).toEqual({ name: 'Ada Birch', email: 'ada.birch2@example.com' })
})

test.each([null, {}, [{}], [{ ...ADA, city: 1 }]])('ignores %j in the storage', (stored) => {
  expect(isPeople(stored)).toBe(false)
})
