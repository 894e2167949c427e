import { runInNewContext } from 'node:vm'
import type { EventTrace, Side } from '../../../contract'
import { toScenarioText } from '../scenario-text'
import { orderTrace } from '../test-support/order-trace'

const read = (trace: EventTrace): unknown =>
  JSON.parse(String(runInNewContext(`JSON.stringify(${toScenarioText(trace)})`)))

test('an event becomes a scenario with the result of its last attempt, without Intercom’s ids', () => {
  expect(read(orderTrace)).toEqual({
    title: 'Order Completed: what becomes of it',
    defects: [],
    events: [orderTrace.event],
    messenger: [['trackEvent', 'Order Completed', { price: { amount: 1999, currency: 'USD' } }]],
    requests: ['POST /contacts/{contact}/tags'],
    lastBody: { id: '{contact}', event_name: "it's $HOME `id`" },
    losses: [{ path: 'metadata.cart', reason: 'nested-value' }]
  })
})

test('a scenario leaves out what Segment adds to an event', () => {
  const event = { ...orderTrace.event, receivedAt: '2026-01-01', _metadata: {}, integrations: { All: true } }
  expect(read({ ...orderTrace, event })).toMatchObject({
    events: [{ ...orderTrace.event, integrations: { All: true } }]
  })
  expect(toScenarioText({ ...orderTrace, event })).not.toMatch(/receivedAt|_metadata/)
})

test('losses of one half are listed for that half', () => {
  const [subscription] = orderTrace.web.subscriptions
  if (!subscription?.run) throw new Error('the web half of the example has run')
  const web = {
    ...orderTrace.web,
    subscriptions: [{ ...subscription, run: { ...subscription.run, losses: [], doubtful: [] } }]
  }
  expect(read({ ...orderTrace, web })).toMatchObject({
    requestLosses: [{ path: 'metadata.cart', reason: 'nested-value' }]
  })
})

test('doubtful values are separate from losses, for both halves or for one', () => {
  const doubtful = [{ path: 'company', reason: 'unnamed-company', text: 'Intercom may ignore it' }]
  const doubted = (side: Side): Side => ({
    ...side,
    subscriptions: side.subscriptions.map((one) => (one.run ? { ...one, run: { ...one.run, doubtful } } : one))
  })
  const { web, cloud } = orderTrace
  expect(read({ ...orderTrace, web: doubted(web), cloud: doubted(cloud) })).toMatchObject({
    losses: [{ path: 'metadata.cart' }],
    doubtful: [{ path: 'company', reason: 'unnamed-company' }]
  })
  expect(read({ ...orderTrace, web: doubted(web) })).toMatchObject({
    messengerDoubtful: [{ path: 'company', reason: 'unnamed-company' }]
  })
})

test('a half that did not run has no expectation, and a rejection is an expectation', () => {
  const none = { ...orderTrace.web, subscriptions: [] }
  const outcome = { state: 'failed' as const, calls: 1, losses: 0, doubtful: 0, reason: 'it has no name' }
  const scenario = read({ ...orderTrace, web: none, cloud: { ...orderTrace.cloud, outcome } })
  expect(scenario).not.toHaveProperty('messenger')
  expect(scenario).toHaveProperty('rejected', 'it has no name')
})
