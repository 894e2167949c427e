import type { IntercomWebSettings } from '../..'
import { runEvent, type TestEvent } from '../../test-support/run-events'

// What each action calls for all of its fields, and for the required ones alone.

type Mapping = NonNullable<NonNullable<IntercomWebSettings['subscriptions']>[number]['mapping']>

interface Case {
  action: string
  fields: 'all fields' | 'required fields'
  type: TestEvent['type']
  mapping: Mapping
  calls: unknown[][]
}

const company = {
  company_id: 'c1',
  name: 'Acme',
  created_at: '2020-01-01T00:00:00Z',
  plan: 'pro',
  size: 11,
  website: 'https://acme.example',
  industry: 'Software',
  monthly_spend: 12,
  company_custom_traits: { tier: 'gold' }
}
const sentCompany = {
  company_id: 'c1',
  name: 'Acme',
  created_at: 1577836800,
  plan: 'pro',
  size: 11,
  website: 'https://acme.example',
  industry: 'Software',
  monthly_spend: 12,
  tier: 'gold'
}

const CASES: Case[] = [
  {
    action: 'trackEvent',
    fields: 'all fields',
    type: 'track',
    mapping: {
      event_name: 'Order Completed',
      revenue: 19.99,
      currency: 'eur',
      event_metadata: { plan: 'pro', items: ['a', 'b'] },
      nested_values: 'json'
    },
    calls: [
      ['trackEvent', 'Order Completed', { price: { amount: 1999, currency: 'EUR' }, plan: 'pro', items: '["a","b"]' }]
    ]
  },
  {
    action: 'trackEvent',
    fields: 'required fields',
    type: 'track',
    mapping: { event_name: 'Opened' },
    calls: [['trackEvent', 'Opened']]
  },
  {
    action: 'identifyUser',
    fields: 'all fields',
    type: 'identify',
    mapping: {
      user_id: 'u1',
      custom_traits: { seats: 3, address: { city: 'Berlin' } },
      name: 'Ada',
      phone: '+493012345',
      unsubscribed_from_emails: true,
      language_override: 'de',
      email: 'ada@example.com',
      created_at: '2020-01-01T00:00:00Z',
      avatar_image_url: 'https://example.com/ada.png',
      user_hash: 'hash',
      company,
      companies: [company],
      hide_default_launcher: true,
      last_request_at: '2024-01-02T03:04:05Z',
      nested_values: 'flatten',
      include_context: true,
      context_attributes: { os_name: 'iOS' }
    },
    calls: [
      [
        'update',
        {
          user_id: 'u1',
          user_hash: 'hash',
          name: 'Ada',
          email: 'ada@example.com',
          phone: '+493012345',
          unsubscribed_from_emails: true,
          language_override: 'de',
          created_at: 1577836800,
          avatar: { type: 'avatar', image_url: 'https://example.com/ada.png' },
          company: sentCompany,
          companies: [sentCompany],
          hide_default_launcher: true,
          last_request_at: 1704164645,
          seats: 3,
          address_city: 'Berlin',
          os_name: 'iOS'
        }
      ]
    ]
  },
  {
    action: 'identifyUser',
    fields: 'required fields',
    type: 'identify',
    mapping: { user_id: 'u1', last_request_at: '2024-01-02T03:04:05Z' },
    calls: [['update', { user_id: 'u1', last_request_at: 1704164645 }]]
  },
  {
    action: 'identifyCompany',
    fields: 'all fields',
    type: 'group',
    mapping: { company, nested_values: 'flatten', hide_default_launcher: true },
    calls: [['update', { company: sentCompany, hide_default_launcher: true }]]
  },
  {
    action: 'identifyCompany',
    fields: 'required fields',
    type: 'group',
    mapping: { company: { company_id: 'c1', name: 'Acme' } },
    calls: [['update', { company: { company_id: 'c1', name: 'Acme' } }]]
  },
  {
    action: 'messengerCommand',
    fields: 'all fields',
    type: 'track',
    mapping: { command: 'start_conversation', text: 'Hello', space: 'messages', content_id: '1' },
    calls: [['startConversation', 'Hello']]
  },
  {
    action: 'messengerCommand',
    fields: 'required fields',
    type: 'track',
    mapping: { command: 'show' },
    calls: [['show']]
  }
]

test.each(CASES)('$action, $fields', async ({ action, type, mapping, calls }) => {
  const subscription = { partnerAction: action, enabled: true, subscribe: `type = "${type}"`, mapping }
  const event = { type, event: 'Order Completed', userId: 'u1', timestamp: '2024-01-02T03:04:05.000Z' }
  const result = await runEvent(event, { subscriptions: [subscription] })
  expect(result.calls).toEqual(calls)
})
