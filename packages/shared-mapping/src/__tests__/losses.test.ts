import { isDoubtful, toLossText } from '..'

it('says of a loss that the value was left out', () => {
  const loss = { path: 'metadata.cart', reason: 'nested-value' } as const
  expect(isDoubtful(loss)).toBe(false)
  expect(toLossText(loss)).toBe('metadata.cart was left out: Intercom stores single values only, not objects or lists')
})

it('says of a doubtful value that it was sent', () => {
  const doubtful = { path: 'company', reason: 'unnamed-company' } as const
  expect(isDoubtful(doubtful)).toBe(true)
  expect(toLossText(doubtful)).toBe('company was sent, but: Intercom may ignore a new company that has no name')
})
