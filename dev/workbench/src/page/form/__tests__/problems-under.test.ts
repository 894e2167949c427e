import { problemAt, problemsUnder } from '../problems-under'

const problems = [
  { path: 'subscriptions[1].mapping.company.name', message: 'Missing.' },
  { path: 'subscriptions[10].mapping', message: 'Another row.' },
  { path: 'subscriptions[1]', message: 'Odd.' }
]

it('finds the problems of a row only', () => {
  expect(problemsUnder(problems, 'subscriptions[1]')).toEqual([
    { path: 'mapping.company.name', message: 'Missing.' },
    { path: '', message: 'Odd.' }
  ])
})

it('does not confuse fields with a common prefix', () => {
  expect(problemAt([{ path: 'mapping.email_address', message: 'No.' }], 'mapping.email')).toBeUndefined()
})

it('gives the path within a field', () => {
  expect(problemAt(problems, 'subscriptions[1].mapping.company')).toBe('name: Missing.')
})
