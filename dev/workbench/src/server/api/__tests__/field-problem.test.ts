import { toFieldProblem } from '../field-problem'

it('finds the field in an error of the mapping kit and drops the stack', () => {
  const message =
    '\n    ValidationError: /metadata has an invalid directive: @nope.\n        at validateDirective (/node_modules/validate.js:54:15)'
  expect(toFieldProblem({ path: 'mapping', message })).toEqual({
    path: 'mapping.metadata',
    message: 'This has an invalid directive: @nope.'
  })
})

it('finds the missing field of a payload', () => {
  const message = "The root value is missing the required field 'created_at'."
  expect(toFieldProblem({ path: 'mapping', message }).path).toBe('mapping.created_at')
})

it('keeps a path that names a field already', () => {
  const problem = { path: 'mapping.role', message: 'No.' }
  expect(toFieldProblem(problem)).toBe(problem)
})
