/** A template for each event type. */
export const TEMPLATES = {
  identify: {
    type: 'identify',
    userId: 'u1',
    traits: { email: 'ada@example.com', name: 'Ada Lovelace', plan: 'pro', createdAt: '2024-01-02T03:04:05Z' }
  },
  track: {
    type: 'track',
    userId: 'u1',
    event: 'Order Completed',
    properties: { revenue: 19.99, currency: 'EUR', cart: { items: 2 }, coupon: 'MAY' }
  },
  group: {
    type: 'group',
    userId: 'u1',
    groupId: 'acme',
    traits: { name: 'Acme', plan: 'team', employees: 12 }
  },
  page: {
    type: 'page',
    userId: 'u1',
    name: 'Pricing',
    properties: { url: 'https://example.com/pricing', title: 'Pricing' }
  },
  alias: {
    type: 'alias',
    userId: 'u1',
    previousId: 'anonymous-1'
  }
} as const
