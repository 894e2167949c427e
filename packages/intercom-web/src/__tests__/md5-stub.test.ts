import { md5 } from '@noble/hashes/legacy'
import { bytesToHex } from '@noble/hashes/utils'
import fc from 'fast-check'
import * as stub from '../../build/md5-stub'

const ofBundle = (text: string) => stub.bytesToHex(stub.md5(text))

it.each([
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['Acme', '79d894520f4f94c267986a819e110bec'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a'
  ]
])('hashes %p as in RFC 1321', (text, hash) => {
  expect(ofBundle(text)).toBe(hash)
})

it('property: hashes any company name like @noble/hashes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
      expect(ofBundle(name)).toBe(bytesToHex(md5(name)))
    }),
    { numRuns: 500 }
  )
})
