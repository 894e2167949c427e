import type { SegmentEvent } from '@segment/actions-core'
import { maskValues } from '../text/mask-values'

const event: SegmentEvent = {
  type: 'track',
  event: 'Order Completed',
  userId: 'usr_77',
  properties: { name: 'Ada Lovelace', role: 'user', street: { zip: 90210 } }
}

describe('maskValues', () => {
  it.each([
    ['No contact with id usr_77', 'No contact with id …'],
    ['Ada Lovelace is taken', '… is taken'],
    ["A user cannot be 'user'", "A user cannot be '…'"],
    ['The zip 90210 is wrong', 'The zip … is wrong'],
    ['Several users match ada@lovelace.example.', 'Several users match ….'],
    ['already exists with id=6530aa11bb22cc33dd44ee55', 'already exists with id=…'],
    ['"Order Completed" is not allowed', '"Order Completed" is not allowed']
  ])('%s', (reason, expected) => {
    expect(maskValues(reason, event)).toBe(expected)
  })

  it('handles an event that is nested deeper than the stack', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}"secret 1"${']'.repeat(5000)}`)
    expect(maskValues('secret 1 is wrong', { type: 'track', options: { deep } })).toBe('… is wrong')
  })
})
