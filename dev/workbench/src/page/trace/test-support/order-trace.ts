import type { EventTrace, Outcome } from '../../../contract'

const delivered: Outcome = { state: 'delivered', calls: 1, losses: 1, doubtful: 0 }

const cart = {
  path: 'metadata.cart',
  reason: 'nested-value',
  text: 'Intercom stores single values only, not objects or lists'
}

const order = {
  type: 'track',
  userId: 'u1',
  event: 'Order Completed',
  properties: { revenue: 19.99, cart: { items: 2 } }
}

const subscription = { name: 'Events', action: 'trackEvent', filter: 'type = "track"', enabled: true, takes: true }

/** An order whose cart is lost and whose first attempt failed in an outage. */
export const orderTrace: EventTrace = {
  row: {
    id: 'e7',
    receivedAt: 0,
    email: '',
    source: 'shop',
    type: 'track',
    name: 'Order Completed',
    person: 'u1',
    web: delivered,
    cloud: delivered,
    differs: false
  },
  event: order,
  notes: [],
  differences: [],
  web: {
    destination: 'Intercom Web (Actions)',
    outcome: delivered,
    subscriptions: [
      {
        ...subscription,
        run: {
          payload: {},
          losses: [cart],
          doubtful: [],
          calls: [
            { call: `Intercom('trackEvent', "Order Completed")`, body: { price: { amount: 1999, currency: 'USD' } } }
          ],
          retries: 0
        }
      }
    ]
  },
  cloud: {
    destination: 'Intercom Cloud Mode (Actions)',
    outcome: delivered,
    subscriptions: [
      {
        ...subscription,
        run: {
          payload: {},
          losses: [cart],
          doubtful: [],
          retries: 1,
          calls: [0, 1].map((attempt) => ({
            call: 'POST /contacts/6650a/tags',
            body: { id: '6650a', event_name: "it's $HOME `id`" },
            request: {
              method: 'POST',
              url: 'http://127.0.0.1:9/contacts/6650a/tags',
              attempt,
              startedAfter: 0,
              took: 3,
              ...(attempt === 0 ? { status: 503 } : { status: 202, response: { type: 'contact', id: '6650a' } })
            }
          }))
        }
      }
    ]
  }
}
