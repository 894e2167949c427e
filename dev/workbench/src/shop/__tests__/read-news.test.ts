import { toFailureText, toLossLines } from '../messenger/read-news'

test('lists each loss with its path and its reason', () => {
  const detail = {
    action: 'trackEvent',
    losses: [{ path: 'metadata.cart', reason: 'nested-value', text: 'not a single value' }],
    doubtful: [{ path: 'company', reason: 'unnamed-company', text: 'it may be ignored' }]
  }
  expect(toLossLines(detail)).toEqual([
    { action: 'trackEvent', path: 'metadata.cart', reason: 'not a single value', isDoubtful: false },
    { action: 'trackEvent', path: 'company', reason: 'it may be ignored', isDoubtful: true }
  ])
})

test.each([undefined, null, 'text', {}, { losses: 1 }])('ignores %j, which is not a report', (detail) => {
  expect(toLossLines(detail)).toEqual([])
  expect(toFailureText(detail)).toBe('The Messenger is missing, for an unknown reason.')
})

test('shows the destination’s reason for a missing Messenger', () => {
  expect(toFailureText({ appId: 'a', reason: 'blocked', message: 'It was blocked.' })).toBe('It was blocked.')
})
