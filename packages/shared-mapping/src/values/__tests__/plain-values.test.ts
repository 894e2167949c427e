import { toBoolean } from '../boolean'
import { isDate } from '../date'
import { toEmail } from '../email'
import { toHttpUrl } from '../http-url'
import { toNumber } from '../number'
import { isAbsent, toItems, toRecord, withoutUndefined } from '../record'
import { toScalar } from '../scalar'
import { isLongerThan, toText } from '../text'

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
  ['www.suh.com', 'https://www.suh.com'],
  [' WWW.example.com/a?b=c ', 'https://WWW.example.com/a?b=c'],
  ['//example.com/me.png', 'https://example.com/me.png'],
  ['//www.example.com', 'https://www.example.com'],
  ['www.', undefined],
  ['www. example.com', undefined],
  ['www..com', undefined],
  ['//', undefined],
  ['// a comment', undefined],
  ['///etc/passwd', undefined],
  ['/me.png', undefined],
  ['example.com', undefined],
  ['wwwexample.com', undefined],
  ['me.png', undefined],
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

test.each([[undefined], [null], [''], [' '], ['\t'], ['\r\n'], ['\u00a0'], ['\u2003']])('%p is absent', (value) =>
  expect(isAbsent(value)).toBe(true)
)

test.each([[0], [false], ['0'], [' x '], [Number.NaN], [[]], [{}]])('%p is not absent', (value) =>
  expect(isAbsent(value)).toBe(false)
)

test.each([
  ['letters', 'x'.repeat(5), false],
  ['a letter too many', 'x'.repeat(6), true],
  ['emoji, which JavaScript counts twice', '😀'.repeat(5), false],
  ['an emoji too many', '😀'.repeat(6), true],
  ['half an emoji among others', `${'😀'.repeat(4)}\ud83d`, false],
  ['a book', 'x'.repeat(100000), true]
])('length, with a limit of five: %s', (_title, text, expected) => expect(isLongerThan(text, 5)).toBe(expected))

test.each([
  ['a Date', new Date(), true],
  ['a Date that is none', new Date('soon'), true],
  ['an object that claims to be one', Object.create(Date.prototype), false],
  ['another one', { [Symbol.toStringTag]: 'Date' }, false],
  ['a proxy of one, which Date’s methods refuse', new Proxy(new Date(), {}), false],
  ['its text', '2024-01-02T03:04:05Z', false],
  ['null', null, false]
])('date: %s', (_title, value, expected) => expect(isDate(value)).toBe(expected))

test('a record is a copy of the object’s own properties, without those whose getter throws', () => {
  expect(toRecord(throwing)).toEqual({ kept: 1 })
  expect(toRecord(JSON.parse('{ "__proto__": { "admin": true } }'))).not.toHaveProperty('admin')
  expect([[], null, 'text', 5, new Date()].map(toRecord)).toEqual(Array(5).fill(undefined))
  expect(toRecord(Object.create(null, { a: { value: 1, enumerable: true } }))).toEqual({ a: 1 })
})

test('an object with content outside its properties, such as a Map, is not a record, so that it becomes a loss', () => {
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const others = [new Map([['a', 1]]), new Set(['a']), new Error('a'), /a/, new Uint8Array(1), () => 1, revoked.proxy]
  expect(others.map(toRecord)).toEqual(others.map(() => undefined))
})

test('keeps the other items of a list when the getter of one throws', () => {
  const list = ['a', 'b']
  Object.defineProperty(list, 0, { get: Reflect.getOwnPropertyDescriptor(throwing, 'broken')?.get })
  expect(toItems(list)).toEqual([undefined, 'b'])
})

test('a body has no undefined fields', () => {
  expect(Object.keys(withoutUndefined({ a: 1, b: undefined, c: null }))).toEqual(['a', 'c'])
})
