import { problemAt, problemsUnder } from '../problems-under'

const problems = [
  { path: 'subscriptions[1].mapping.company.name', message: 'Missing.' },
  { path: 'subscriptions[10].mapping', message: 'Another row.' },
  { path: 'subscriptions[1]', message: 'Odd.' }
]

it('finds what is wrong within a row, and not in its neighbours', () => {
  expect(problemsUnder(problems, 'subscriptions[1]')).toEqual([
    { path: 'mapping.company.name', message: 'Missing.' },
    { path: '', message: 'Odd.' }
  ])
})

it('does not take a field for another one that begins alike', () => {
  expect(problemAt([{ path: 'mapping.email_address', message: 'No.' }], 'mapping.email')).toBeUndefined()
})

it('names the place within a field', () => {
  expect(problemAt(problems, 'subscriptions[1].mapping.company')).toBe('name: Missing.')
})
