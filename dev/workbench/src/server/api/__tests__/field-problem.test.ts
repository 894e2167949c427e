import { toFieldProblem } from '../field-problem'

it('finds the field in what the mapping kit throws, and leaves its stack out', () => {
  const message =
    '\n    ValidationError: /metadata has an invalid directive: @nope.\n        at validateDirective (/node_modules/validate.js:54:15)'
  expect(toFieldProblem({ path: 'mapping', message })).toEqual({
    path: 'mapping.metadata',
    message: 'This has an invalid directive: @nope.'
  })
})

it('finds the field that a payload misses', () => {
  const message = "The root value is missing the required field 'created_at'."
  expect(toFieldProblem({ path: 'mapping', message }).path).toBe('mapping.created_at')
})

it('leaves alone what is at a field already', () => {
  const problem = { path: 'mapping.role', message: 'No.' }
  expect(toFieldProblem(problem)).toBe(problem)
})
