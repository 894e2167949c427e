import { readFileSync } from 'node:fs'
import { Linter } from 'eslint'
import vm from 'node:vm'
import { DOCUMENTED_GLOBALS, FUNCTION_FILE } from '../test-support/runtime'

/** No limit is documented. Twice the size has been run; this notices a dependency that slips in. */
const MOST_CHARACTERS = 200_000

const HANDLERS = ['onIdentify', 'onTrack', 'onGroup', 'onPage', 'onScreen', 'onAlias', 'onDelete', 'onBatch']

/** Read with `typeof` before they are used. */
const OPTIONAL_GLOBALS = ['performance', 'AbortController', 'AbortSignal', 'setImmediate', 'DOMException']

const text = readFileSync(FUNCTION_FILE, 'utf8')

it('is small enough to paste', () => {
  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS)
})

it('declares the handlers at its top', () => {
  const declared = [...text.matchAll(/async function (on[A-Z]\w+)\((\w+),(\w+)\)/g)].map(([, name]) => name)
  expect(declared).toEqual(HANDLERS)
  const context = vm.createContext({ ...DOCUMENTED_GLOBALS })
  vm.runInContext(text, context)
  expect(HANDLERS.filter((name) => typeof Reflect.get(context, name) !== 'function')).toEqual([])
})

it('uses no module and no global that the runtime lacks', () => {
  const known = [...Object.keys(DOCUMENTED_GLOBALS), 'fetch', 'console']
  const globals = Object.fromEntries([...known, ...OPTIONAL_GLOBALS].map((name) => [name, 'readonly' as const]))
  const languageOptions = { ecmaVersion: 2022, sourceType: 'script', globals } as const
  const messages = new Linter().verify(text, { languageOptions, rules: { 'no-undef': 'error' } })
  expect(messages.map(({ message }) => message)).toEqual([])
  expect(text).not.toMatch(/\bimport\(/)
})
