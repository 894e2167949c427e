import { toBoolean } from '../boolean'
import { toEmail } from '../email'
import { toHttpUrl } from '../http-url'
import { toNumber } from '../number'
import { isAbsent, toItems, toRecord, withoutUndefined } from '../record'
import { toScalar } from '../scalar'
import { toText } from '../text'

const throwing = Object.defineProperty({ kept: 1 }, 'broken', {
  enumerable: true,
  get: () => {
    throw new Error('never seen')
  }
})

test.each([
  ['as it is', 'Ada ', 'Ada '],
  ['a number', 42, '42'],
  ['a boolean', false, 'false'],
  ['NaN', Number.NaN, undefined],
  ['an object', {}, undefined],
  ['a list', ['a'], undefined]
])('text: %s', (_title, input, expected) => expect(toText(input)).toBe(expected))

test.each([
  [true, true],
  [false, false],
  ['true', true],
  ['false', false],
  ['no', undefined],
  ['TRUE', undefined],
  [1, undefined],
  [0, undefined]
])('boolean: %p is %p', (input, expected) => expect(toBoolean(input)).toBe(expected))

test.each([
  [12, 12],
  ['12', 12],
  ['-99.5', -99.5],
  ['11-50', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['', undefined],
  [Number.NaN, undefined],
  [true, undefined],
  ['9'.repeat(400), undefined]
])('number: %p is %p', (input, expected) => expect(toNumber(input)).toBe(expected))

test.each([
  ['ada@example.com', 'ada@example.com'],
  [' Ada@Example.com ', 'Ada@Example.com'],
  ['not-an-email', undefined],
  ['two@signs@example.com', undefined],
  ['a b@example.com', undefined],
  [{}, undefined]
])('e-mail: %p is %p', (input, expected) => expect(toEmail(input)).toBe(expected))

test.each([
  ['https://example.com/me.png', 'https://example.com/me.png'],
  ['HTTP://example.com', 'HTTP://example.com'],
  ['me.png', undefined],
  ['//example.com/me.png', undefined],
  ['data:image/png;base64,AA', undefined],
  ['javascript:alert(1)', undefined],
  ['https://exam ple.com', undefined],
  [null, undefined]
])('web address: %p is %p', (input, expected) => expect(toHttpUrl(input)).toBe(expected))

test.each([
  ['', ''],
  ['text', 'text'],
  [0, 0],
  [true, true],
  [null, null],
  [new Date('2024-01-02T03:04:05Z'), 1704164645],
  [new Date('soon'), undefined],
  [Number.NaN, undefined],
  [10n, undefined],
  [Symbol('s'), undefined],
  [{}, undefined],
  [[], undefined]
])('scalar: %p is %p', (input, expected) => expect(toScalar(input)).toBe(expected))

test('absent is nothing, null and the empty text, and not 0 or false', () => {
  expect([undefined, null, '', 0, false, ' '].map(isAbsent)).toEqual([true, true, true, false, false, false])
})

test('a record is a copy of its own fields; a getter that throws costs its own field', () => {
  expect(toRecord(throwing)).toEqual({ kept: 1 })
  expect(toRecord(JSON.parse('{ "__proto__": { "admin": true } }'))).not.toHaveProperty('admin')
  expect([[], null, 'text', 5, new Date()].map(toRecord)).toEqual(Array(5).fill(undefined))
})

test('a list whose item throws keeps the others', () => {
  const list = ['a', 'b']
  Object.defineProperty(list, 0, { get: Reflect.getOwnPropertyDescriptor(throwing, 'broken')?.get })
  expect(toItems(list)).toEqual([undefined, 'b'])
})

test('a body says only what it means', () => {
  expect(Object.keys(withoutUndefined({ a: 1, b: undefined, c: null }))).toEqual(['a', 'c'])
})
