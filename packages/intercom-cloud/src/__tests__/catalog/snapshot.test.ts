import type { JSONObject } from '@segment/actions-core'
import { answerRequests, refuseOtherRequests, type Answer, type Sent } from '../../test-support/answer-requests'
import { COMPANY as company, connection, CONTACT, openDestination } from '../../test-support/test-destination'

// What each action sends for all of its fields, and for the required ones alone.
refuseOtherRequests()

const contact: Answer = { to: 'POST /contacts', body: CONTACT }
const companyWritten: Answer = { to: 'POST /companies', body: company }
const tag: Answer = { to: 'POST /tags', body: { type: 'tag', id: '7', name: 'vip' } }
const newsletter: Answer = {
  to: 'GET /subscription_types',
  body: {
    type: 'list',
    data: [{ type: 'subscription', id: '101', consent_type: 'opt_out', default_translation: { name: 'Newsletter' } }]
  }
}
const missing = (external_id: string): Answer => ({
  to: `GET /contacts/find_by_external_id/${external_id}`,
  status: 404,
  body: { type: 'error.list', errors: [{ code: 'not_found', message: 'User Not Found' }] }
})
const accepted: Answer = { to: 'POST /events', status: 202, body: '' }

interface Case {
  action: string
  fields: 'all fields' | 'required fields'
  payload: JSONObject
  answers: Answer[]
  sent: Sent[]
}

const CASES: Case[] = [
  {
    action: 'identifyContact',
    fields: 'all fields',
    payload: {
      role: 'user',
      external_id: 'u1',
      use_anonymous_id: 'true',
      anonymous_id: 'a1',
      email: 'ada@example.com',
      phone: '+493012345',
      name: 'Ada',
      avatar: 'https://example.com/ada.png',
      signed_up_at: '2020-01-01T00:00:00Z',
      last_seen_at: '2024-01-02T03:04:05Z',
      owner_id: '42',
      owner_email: 'grace@acme.example',
      unsubscribed_from_emails: 'true',
      custom_attributes: { plan: 'pro', seats: 3, address: { city: 'Berlin' } },
      nested_values: 'flatten',
      include_context: true,
      context_attributes: { os_name: 'iOS' },
      company_traits: { company: { id: 'c1', name: 'Acme' } },
      event_time: '2024-01-02T03:04:05Z',
      active: 'true',
      unknown_attributes: 'leave_out',
      unchanged_values: 'skip',
      tags_to_add: ['vip'],
      tags_from_traits: 'add',
      tags_in_traits: { tags: 'VIP' },
      subscriptions: { Newsletter: 'opt_out' },
      convert_visitor: 'true',
      visitor_id: 'v1'
    },
    answers: [
      { to: 'POST /contacts/search', body: { type: 'list', data: [], total_count: 0 } },
      missing('a1'),
      contact,
      { to: 'POST /visitors/convert', body: CONTACT },
      newsletter,
      { to: 'POST /contacts/65a1/subscriptions', body: { type: 'subscription', id: '101' } },
      companyWritten,
      { to: 'POST /contacts/65a1/companies', body: company },
      tag,
      { to: 'POST /contacts/65a1/tags', body: { type: 'tag', id: '7', name: 'vip' } }
    ],
    sent: [
      [
        'POST /contacts/search',
        {
          query: {
            operator: 'OR',
            value: [
              { field: 'external_id', operator: '=', value: 'u1' },
              { field: 'email', operator: '=', value: 'ada@example.com' }
            ]
          },
          pagination: { per_page: 150 }
        }
      ],
      ['GET /contacts/find_by_external_id/a1'],
      [
        'POST /contacts',
        {
          role: 'user',
          external_id: 'u1',
          email: 'ada@example.com',
          name: 'Ada',
          phone: '+493012345',
          avatar: 'https://example.com/ada.png',
          signed_up_at: 1577836800,
          last_seen_at: 1704164645,
          owner_id: 42,
          unsubscribed_from_emails: true,
          custom_attributes: { os_name: 'iOS', plan: 'pro', seats: 3, address_city: 'Berlin' }
        }
      ],
      ['POST /visitors/convert', { visitor: { user_id: 'v1' }, user: { id: '65a1' }, type: 'user' }],
      ['GET /subscription_types'],
      ['POST /contacts/65a1/subscriptions', { id: '101', consent_type: 'opt_out' }],
      ['POST /companies', { company_id: 'c1', name: 'Acme' }],
      ['POST /contacts/65a1/companies', { id: '65c1' }],
      ['POST /tags', { name: 'vip' }],
      ['POST /contacts/65a1/tags', { id: '7' }]
    ]
  },
  {
    action: 'identifyContact',
    fields: 'required fields',
    payload: { role: 'user', external_id: 'u1' },
    answers: [contact],
    sent: [['POST /contacts', { role: 'user', external_id: 'u1' }]]
  },
  {
    action: 'groupIdentifyContact',
    fields: 'all fields',
    payload: {
      remote_created_at: '2020-01-01T00:00:00Z',
      external_id: 'u1',
      use_anonymous_id: 'true',
      anonymous_id: 'a1',
      email: 'ada@example.com',
      contact_id: '65a1',
      company_id: 'c1',
      name: 'Acme',
      plan: 'pro',
      website: 'https://acme.example',
      industry: 'Software',
      monthly_spend: '12.5',
      size: '11',
      custom_attributes: { tier: 'gold' },
      nested_values: 'leave_out',
      event_time: '2024-01-02T03:04:05Z',
      active: 'true',
      unknown_attributes: 'leave_out',
      unchanged_values: 'skip',
      tags_to_add: ['vip'],
      tags_from_traits: 'add',
      tags_in_traits: { tags: 'VIP' }
    },
    answers: [companyWritten, { to: 'POST /contacts/65a1/companies', body: company }, tag],
    sent: [
      [
        'POST /companies',
        {
          company_id: 'c1',
          name: 'Acme',
          remote_created_at: 1577836800,
          plan: 'pro',
          website: 'https://acme.example',
          industry: 'Software',
          monthly_spend: 13,
          size: 11,
          custom_attributes: { tier: 'gold' },
          update_last_request_at: true
        }
      ],
      ['POST /tags', { name: 'vip', companies: [{ id: '65c1' }] }],
      ['POST /contacts/65a1/companies', { id: '65c1' }]
    ]
  },
  {
    action: 'groupIdentifyContact',
    fields: 'required fields',
    payload: { company_id: 'c1' },
    answers: [companyWritten],
    sent: [['POST /companies', { company_id: 'c1' }]]
  },
  {
    action: 'trackEvent',
    fields: 'all fields',
    payload: {
      event_name: 'Order Completed',
      created_at: '2024-01-02T03:04:05Z',
      user_id: 'u1',
      use_anonymous_id: 'true',
      anonymous_id: 'a1',
      email: 'ada@example.com',
      id: '65a1',
      revenue: '19.99',
      currency: 'eur',
      metadata: { plan: 'pro', items: ['a', 'b'] },
      nested_values: 'json',
      unknown_contact: 'retry',
      allowed_event_names: ['Order Completed']
    },
    answers: [accepted],
    sent: [
      [
        'POST /events',
        {
          event_name: 'Order Completed',
          created_at: 1704164645,
          id: '65a1',
          metadata: { price: { amount: 1999, currency: 'EUR' }, plan: 'pro', items: '["a","b"]' }
        }
      ]
    ]
  },
  {
    action: 'trackEvent',
    fields: 'required fields',
    payload: { event_name: 'Opened', created_at: '2024-01-02T03:04:05Z', user_id: 'u1' },
    answers: [accepted],
    sent: [['POST /events', { event_name: 'Opened', created_at: 1704164645, user_id: 'u1' }]]
  },
  {
    action: 'audienceToTag',
    fields: 'all fields',
    payload: {
      external_id: 'u1',
      email: 'ada@example.com',
      contact_id: '65a1',
      external_ids: { personas: [{ type: 'user_id', id: 'u1' }] },
      audience_key: 'big_spenders',
      tag_name: 'Big Spenders',
      tag_prefix: 'Segment: ',
      membership: 'true',
      traits_or_properties: { big_spenders: true },
      unknown_contact: 'retry',
      event_time: '2024-01-02T03:04:05Z'
    },
    answers: [tag],
    sent: [['POST /tags', { name: 'Segment: Big Spenders', users: [{ id: '65a1' }] }]]
  },
  {
    action: 'audienceToTag',
    fields: 'required fields',
    payload: { contact_id: '65a1', tag_name: 'vip', membership: false },
    answers: [tag],
    sent: [['POST /tags', { name: 'vip', users: [{ id: '65a1', untag: true }] }]]
  },
  {
    action: 'archiveContact',
    fields: 'all fields',
    payload: {
      operation: 'unarchive',
      external_id: 'u1',
      email: 'ada@example.com',
      contact_id: '65a1',
      event_time: '2024-01-02T03:04:05Z'
    },
    answers: [{ to: 'POST /contacts/65a1/unarchive', body: { ...CONTACT, archived: false } }],
    sent: [['POST /contacts/65a1/unarchive']]
  },
  {
    action: 'archiveContact',
    fields: 'required fields',
    payload: { contact_id: '65a1' },
    answers: [{ to: 'POST /contacts/65a1/archive', body: { ...CONTACT, archived: true } }],
    sent: [['POST /contacts/65a1/archive']]
  }
]

test.each(CASES)('$action, $fields', async ({ action, payload, answers, sent }) => {
  const requests = answerRequests(...answers)
  await openDestination().testAction(action, {
    event: { type: 'track', messageId: 'm1' },
    mapping: payload,
    ...connection
  })
  expect(requests).toEqual(sent)
})
