import { readFileSync } from 'node:fs'
import { LIBRARIES } from '../library-code'

const address = { trackingHost: 'http://127.0.0.1:4311', writeKey: 'key-of-the-workbench' }

test.each(LIBRARIES)('the code for $name has the address and write key of this workbench', ({ write }) => {
  expect(write(address)).toContain(address.trackingHost)
  expect(write(address)).toContain(address.writeKey)
})

test('Segment’s Node library reads the host option that the code sets', () => {
  const settings = require.resolve('@segment/analytics-node').replace(/dist.*$/, 'dist/types/app/settings.d.ts')
  expect(readFileSync(settings, 'utf8')).toMatch(/writeKey: string;[^}]*\bhost\?: string;/)
})
