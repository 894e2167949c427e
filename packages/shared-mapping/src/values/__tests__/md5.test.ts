import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { toMd5 } from '../md5'

it.each([
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['Acme', '79d894520f4f94c267986a819e110bec'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a'
  ]
])('hashes %p as in RFC 1321', (text, hash) => {
  expect(toMd5(text)).toBe(hash)
})

it.each(['Café', 'Ελλάς', '株式会社', '🏢 Tower', 'half of a pair: \ud83c', '\udfe2 the other half'])(
  'a company named %p has the id that Node’s MD5 gives it',
  (name) => {
    expect(toMd5(name)).toBe(createHash('md5').update(name).digest('hex'))
  }
)

it('property: hashes any company name like Node', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      expect(toMd5(name)).toBe(createHash('md5').update(name).digest('hex'))
    }),
    { numRuns: 500 }
  )
})

it('needs no TextEncoder, which older React Native lacks', () => {
  const { TextEncoder } = globalThis
  Reflect.deleteProperty(globalThis, 'TextEncoder')
  try {
    expect(toMd5('Acme')).toBe('79d894520f4f94c267986a819e110bec')
  } finally {
    globalThis.TextEncoder = TextEncoder
  }
})
