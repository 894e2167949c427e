import { toOrdinal, toOutcomeSentence } from '../outcome-sentence'
import { orderTrace } from '../test-support/order-trace'

test('one sentence states what was delivered, after how many attempts, and what was left out and why', () => {
  expect(toOutcomeSentence('cloud', orderTrace.cloud)).toBe(
    'Delivered to Intercom with 1 request on the 2nd try; 1 value was left out: metadata.cart, because Intercom stores single values only, not objects or lists.'
  )
  expect(toOutcomeSentence('web', orderTrace.web)).toMatch(/^Told to the Messenger with 1 call; 1 value was left out/)
})

test('values lost for one reason are listed together, and a whole sentence is not repeated', () => {
  const [subscription] = orderTrace.web.subscriptions
  if (!subscription?.run) throw new Error('the web half of the example has run')
  const losses = ['a', 'b', 'c'].map((path) => ({
    path,
    reason: 'not-a-date',
    text: `${path} was left out: ${path === 'c' ? 'other' : 'it is no date'}`
  }))
  const side = { ...orderTrace.web, subscriptions: [{ ...subscription, run: { ...subscription.run, losses } }] }
  expect(toOutcomeSentence('web', side)).toContain(
    '3 values were left out: a and b, because it is no date; c, because other.'
  )
})

test('doubtful values are listed apart from values that were left out', () => {
  const [subscription] = orderTrace.cloud.subscriptions
  if (!subscription?.run) throw new Error('the cloud half of the example has run')
  const doubtful = [{ path: 'company', reason: 'unnamed-company', text: 'Intercom may ignore it' }]
  const side = { ...orderTrace.cloud, subscriptions: [{ ...subscription, run: { ...subscription.run, doubtful } }] }
  expect(toOutcomeSentence('cloud', side)).toMatch(
    /1 value was left out: metadata\.cart, .*; 1 value was sent with a doubt: company, because Intercom may ignore it\.$/
  )
})

test.each([
  ['failed', 'Refused for good: no such person.'],
  ['retrying', 'Not delivered yet: no such person.'],
  [
    'nothing-sent',
    'A subscription takes it, but nothing was sent: it has nothing that Intercom could take, or the same was sent before; 1 value was left out: metadata.cart, because Intercom stores single values only, not objects or lists.'
  ],
  ['unmatched', 'No subscription takes it, so nothing was sent.']
] as const)('the state %s is shown as a sentence', (state, sentence) => {
  const outcome = { state, calls: 0, losses: 0, doubtful: 0, reason: 'no such person.' }
  expect(toOutcomeSentence('cloud', { ...orderTrace.cloud, outcome })).toBe(sentence)
})

test('attempts are counted from one', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 112].map(toOrdinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 112th'
  )
})
