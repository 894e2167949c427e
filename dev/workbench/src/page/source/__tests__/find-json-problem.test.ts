import { findJsonProblem } from '../find-json-problem'

test.each(['{}', '[1, -0.5e3, "a\\u0041", true, null]', ' {"a": {"b": []}} \n'])('%s is JSON', (text) => {
  expect(findJsonProblem(text)).toBeUndefined()
})

test.each([
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'a comma or “}”'],
  ['{\n  "a": 1,\n}', 2, 9, 'no comma after the last'],
  ["{ 'a': 1 }", 1, 3, 'a name in double quotes'],
  ['{ a: 1 }', 1, 3, 'a name in double quotes'],
  ['{ "a": \'x\' }', 1, 8, 'double quotes'],
  ['{ "a": undefined }', 1, 8, '“undefined” is no value'],
  ['{ "a": 1', 1, 9, 'It ends where'],
  ['{ "a" 1 }', 1, 7, 'a colon'],
  ['{ "a": "x\n" }', 1, 8, 'closing quote'],
  ['{} {}', 1, 4, 'nothing more'],
  ['{ "a": 01 }', 1, 9, 'a comma'],
  ['', 1, 1, 'a value']
])('%j is wrong in line %i, column %i', (text, line, column, message) => {
  expect(findJsonProblem(text)).toMatchObject({ line, column })
  expect(findJsonProblem(text)?.message).toContain(message)
})
