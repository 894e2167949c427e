import { parseExactJson } from '../input/exact-json'

it.each([
  ['738529527931269425', '738529527931269425'],
  ['-738529527931269425', '-738529527931269425'],
  ['9007199254740993', '9007199254740993'],
  ['10000000000000000000000000', '10000000000000000000000000'],
  ['9007199254740991', 9007199254740991],
  ['738529527931269400', 738529527931269400],
  ['1.7385295279312694', 1.7385295279312694],
  ['0.10000000000000000000', 0.1],
  ['1738529527931269425e-3', 1738529527931269.5],
  ['19.99', 19.99],
  ['"738529527931269425"', '738529527931269425']
])('keeps the digits of %s', (text, value) => {
  expect(parseExactJson(text)).toBe(value)
})

it('keeps every string unchanged', () => {
  const value = {
    a: 'id 738529527931269425',
    'key 738529527931269425 "quoted\\': ['\\', '"', '\\"738529527931269425', '']
  }
  expect(parseExactJson(JSON.stringify(value))).toEqual(value)
})

it('keeps ids at any depth', () => {
  expect(parseExactJson('{"userId":738529527931269425,"traits":{"company":{"id":[1,738529527931269426]}}}')).toEqual({
    userId: '738529527931269425',
    traits: { company: { id: [1, '738529527931269426'] } }
  })
})

it('keeps keys of prototypes as keys', () => {
  const value = parseExactJson('{"userId":738529527931269425,"__proto__":{"polluted":738529527931269425}}')
  expect(Object.entries(value ?? {})).toEqual([
    ['userId', '738529527931269425'],
    ['__proto__', { polluted: '738529527931269425' }]
  ])
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
})

it.each([
  ['a text of backslashes', `["${'\\\\'.repeat(400_000)}",738529527931269425]`],
  ['quotation marks behind backslashes', `["${'\\"'.repeat(400_000)}",738529527931269425]`],
  ['a number without end', `[${'7'.repeat(1_000_000)}]`],
  ['many numbers', `[${'738529527931269425,'.repeat(50_000)}0]`],
  ['lists in lists', `${'['.repeat(200_000)}738529527931269425${']'.repeat(200_000)}`]
])('reads %s in one pass', (_, text) => {
  const startedAt = performance.now()
  parseExactJson(text)
  expect(performance.now() - startedAt).toBeLessThan(3000)
})

it('refuses what is not JSON', () => {
  expect(() => parseExactJson('{"userId":738529527931269425')).toThrow(SyntaxError)
})
