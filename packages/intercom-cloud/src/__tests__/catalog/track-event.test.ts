import { answerRequests, refuseOtherRequests } from '../../test-support/answer-requests'
import { CONTACT, openDestination, SECONDS, toCall, toErrors } from '../../test-support/test-destination'

refuseOtherRequests()

const ACTION = 'trackEvent'
const event = { type: 'track' as const, userId: 'u1', event: 'Opened', properties: {} }
const body = { event_name: 'Opened', created_at: SECONDS, user_id: 'u1' }
const accepted = { to: 'POST /events', status: 202, body: '' }
const unknown = { to: 'POST /events', status: 404, body: toErrors('not_found', 'User Not Found') }

test('sends the revenue in cents', async () => {
  const sent = answerRequests(accepted)
  const properties = { revenue: 19.99, currency: 'eur', plan: 'pro' }
  await openDestination().testAction(ACTION, toCall({ ...event, properties }))
  const price = { amount: 1999, currency: 'EUR' }
  expect(sent).toEqual([['POST /events', { ...body, metadata: { price, plan: 'pro' } }]])
})

test('tries again while Intercom does not have the person', async () => {
  answerRequests(unknown)
  await expect(openDestination().testAction(ACTION, toCall(event))).rejects.toMatchObject({ name: 'RetryableError' })
})

test('gives an old event of an unknown person up', async () => {
  answerRequests(unknown)
  const old = toCall({ ...event, timestamp: '2023-12-01T00:00:00Z' })
  await expect(openDestination().testAction(ACTION, old)).rejects.toMatchObject({ status: 400 })
})

test('creates the person if the mapping says so', async () => {
  const sent = answerRequests(unknown, { to: 'POST /contacts', body: CONTACT }, accepted)
  await openDestination().testAction(ACTION, toCall(event, { unknown_contact: 'create' }))
  expect(sent.map(([operation]) => operation)).toEqual(['POST /events', 'POST /contacts', 'POST /events'])
})

test('tries again after a rate limit', async () => {
  answerRequests({ to: 'POST /events', status: 429, body: toErrors('rate_limit_exceeded', 'Exceeded rate limit') })
  await expect(openDestination().testAction(ACTION, toCall(event))).rejects.toMatchObject({
    name: 'RetryableError',
    status: 429
  })
})
