import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { TextEncoder } from 'node:util'
import { toUtf8 } from '../../build/utf8-stub'

beforeAll(() => {
  // jsdom has none.
  Object.assign(globalThis, { TextEncoder })
})

it('property: makes the bytes from which companies without an id get theirs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect([...toUtf8(name)]).toEqual([...Buffer.from(name)])
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 1000) }
  )
})

it('half of a surrogate pair becomes U+FFFD', () => {
  expect(
    createHash('md5')
      .update(Uint8Array.from(toUtf8('\ud83c')))
      .digest('hex')
  ).toBe(createHash('md5').update('\ufffd').digest('hex'))
})
