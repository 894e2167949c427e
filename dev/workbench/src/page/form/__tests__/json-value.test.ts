import type { JsonObject } from '../../../contract'
import { isSameJson, ownValue, withValue } from '../json-value'

const hostile: JsonObject = JSON.parse('{ "__proto__": { "role": "admin" }, "a": 1 }')

describe('withValue', () => {
  it('keeps the order of keys', () => {
    expect(Object.keys(withValue({ a: 1, b: 2 }, 'a', 3))).toEqual(['a', 'b'])
  })

  it('removes a key', () => {
    expect(withValue({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 })
  })

  it('does not write to a prototype', () => {
    const written = withValue(hostile, '__proto__', { polluted: true })
    expect(Object.getPrototypeOf(written)).toBe(Object.prototype)
    expect(JSON.stringify(written)).toBe('{"__proto__":{"polluted":true},"a":1}')
  })
})

it('reads own keys only', () => {
  expect(ownValue({}, 'constructor')).toBeUndefined()
  expect(ownValue(hostile, '__proto__')).toEqual({ role: 'admin' })
})

it.each([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [[1, 2], [2, 1], false],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1 }, { constructor: 1 }, false],
  [null, {}, false],
  [undefined, undefined, true]
])('compares %j and %j', (a, b, same) => {
  expect(isSameJson(a, b)).toBe(same)
})
