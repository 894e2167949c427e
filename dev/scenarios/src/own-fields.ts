import type { SavedMapping } from './saved-mappings'

const path = (at: string) => ({ '@path': at })
const timestamp = '2024-01-02T03:04:05.000Z'

const person = {
  half: 'cloud',
  action: 'identifyContact',
  subscribe: 'type = "identify"',
  event: {
    type: 'identify',
    userId: 'u1',
    timestamp,
    traits: { plan: 'pro', address: { city: 'Berlin', geo: { zone: 'CET' } }, tags: ['a', 'b'], user: { id: 'x' } }
  }
} as const
const personMapping = { role: 'user', external_id: path('$.userId'), custom_attributes: path('$.traits') }

const company = {
  half: 'cloud',
  action: 'groupIdentifyContact',
  subscribe: 'type = "group"',
  event: { type: 'group', groupId: 'c1', timestamp, traits: { name: 'Acme', billing: { city: 'Berlin', plan: 'pro' } } }
} as const
const companyMapping = {
  company_id: path('$.groupId'),
  name: path('$.traits.name'),
  custom_attributes: path('$.traits')
}

const order = {
  half: 'cloud',
  action: 'trackEvent',
  subscribe: 'type = "track"',
  event: {
    type: 'track',
    userId: 'u1',
    event: 'Ordered',
    timestamp,
    properties: { cart: { items: 2 }, skus: ['a', 'b'], link: { url: 'https://example.com/1', value: '1' } }
  }
} as const
const orderMapping = {
  event_name: path('$.event'),
  created_at: path('$.timestamp'),
  user_id: path('$.userId'),
  metadata: path('$.properties')
}
const ordered = { event_name: 'Ordered', created_at: 1704164645, user_id: 'u1' }
const link = { url: 'https://example.com/1', value: '1' }

const viewed = {
  '@if': { blank: path('$.name'), then: { '@template': 'Viewed {{name}} page' }, else: 'Viewed a page' }
}
const pageViewMapping = {
  event_name: viewed,
  created_at: path('$.timestamp'),
  user_id: path('$.userId'),
  metadata: path('$.properties')
}
const pageView = {
  half: 'cloud',
  action: 'trackEvent',
  subscribe: 'type = "page"',
  mapping: pageViewMapping,
  event: { type: 'page', userId: 'u1', name: 'Pricing', timestamp, properties: { path: '/pricing' } }
} as const

const webMappings: readonly SavedMapping[] = [
  {
    ...person,
    half: 'web',
    action: 'identifyUser',
    title: 'nested traits of a person and of the company on a page, flattened',
    mapping: {
      user_id: path('$.userId'),
      custom_traits: path('$.traits'),
      company: { company_id: path('$.traits.company.id'), company_custom_traits: path('$.traits.company') },
      nested_values: 'flatten'
    },
    event: {
      ...person.event,
      traits: { ...person.event.traits, company: { id: 'c1', name: 'Acme', billing: { city: 'Berlin' } } }
    },
    calls: [
      [
        'update',
        {
          user_id: 'u1',
          plan: 'pro',
          tags: 'a, b',
          address_city: 'Berlin',
          address_geo_zone: 'CET',
          company: { company_id: 'c1', billing_city: 'Berlin' }
        }
      ]
    ],
    mobile: [
      [
        'loginUserWithUserAttributes',
        {
          userId: 'u1',
          customAttributes: { plan: 'pro', tags: 'a, b', address_city: 'Berlin', address_geo_zone: 'CET' },
          companies: [{ id: 'c1', customAttributes: { billing_city: 'Berlin' } }]
        }
      ]
    ],
    losses: [
      { path: 'custom_attributes.user.id', reason: 'reserved-key' },
      { path: 'company.custom_attributes.name', reason: 'no-field-reads-it' },
      { path: 'company', reason: 'unnamed-company' }
    ]
  },
  {
    ...person,
    half: 'web',
    action: 'identifyUser',
    title: 'nested traits that only the context has, flattened on a page',
    mapping: { user_id: path('$.userId'), custom_traits: path('$.context.traits'), nested_values: 'flatten' },
    event: { ...person.event, traits: {}, context: { traits: { address: { city: 'Bonn' } } } },
    calls: [['update', { user_id: 'u1', address_city: 'Bonn' }]],
    mobile: [['loginUserWithUserAttributes', { userId: 'u1', customAttributes: { address_city: 'Bonn' } }]]
  },
  {
    ...person,
    half: 'web',
    action: 'identifyUser',
    title: 'nested traits of a person and of their companies on a page, as JSON',
    mapping: {
      user_id: path('$.userId'),
      custom_traits: path('$.traits'),
      companies: {
        '@arrayPath': [
          '$.traits.companies',
          { company_id: path('$.id'), name: path('$.id'), company_custom_traits: path('$.more') }
        ]
      },
      nested_values: 'json'
    },
    event: {
      ...person.event,
      traits: { address: { city: 'Berlin' }, companies: [{ id: 'c1', more: { seats: [1, 2] } }, { id: 'c2' }] }
    },
    calls: [
      [
        'update',
        {
          user_id: 'u1',
          address: '{"city":"Berlin"}',
          companies: [
            { company_id: 'c1', name: 'c1', seats: '[1,2]' },
            { company_id: 'c2', name: 'c2' }
          ]
        }
      ]
    ],
    mobile: [
      [
        'loginUserWithUserAttributes',
        {
          userId: 'u1',
          customAttributes: { address: '{"city":"Berlin"}' },
          companies: [
            { id: 'c1', name: 'c1', customAttributes: { seats: '[1,2]' } },
            { id: 'c2', name: 'c2' }
          ]
        }
      ]
    ]
  },
  {
    ...company,
    half: 'web',
    action: 'identifyCompany',
    title: 'nested traits of a company on a page, as JSON',
    mapping: {
      company: { company_id: path('$.groupId'), name: path('$.traits.name'), company_custom_traits: path('$.traits') },
      nested_values: 'json'
    },
    calls: [['update', { company: { company_id: 'c1', name: 'Acme', billing: '{"city":"Berlin","plan":"pro"}' } }]],
    mobile: [
      [
        'updateUser',
        { companies: [{ id: 'c1', name: 'Acme', customAttributes: { billing: '{"city":"Berlin","plan":"pro"}' } }] }
      ]
    ]
  },
  {
    ...company,
    half: 'web',
    action: 'identifyCompany',
    title: 'nested traits of a company on a page, flattened',
    mapping: {
      company: {
        company_id: path('$.groupId'),
        name: path('$.groupId'),
        company_custom_traits: path('$.traits.billing')
      },
      nested_values: 'flatten'
    },
    event: { ...company.event, traits: { billing: { contact: { city: 'Berlin' }, seats: [1, 2] } } },
    calls: [['update', { company: { company_id: 'c1', name: 'c1', contact_city: 'Berlin', seats: '1, 2' } }]],
    mobile: [
      [
        'updateUser',
        { companies: [{ id: 'c1', name: 'c1', customAttributes: { seats: '1, 2', contact_city: 'Berlin' } }] }
      ]
    ]
  },
  {
    ...order,
    half: 'web',
    action: 'trackEvent',
    title: 'nested properties of an event on a page, flattened, a link without the setting too',
    mapping: { event_name: path('$.event'), event_metadata: path('$.properties'), nested_values: 'flatten' },
    calls: [
      ['trackEvent', 'Ordered', { skus: 'a, b', cart_items: 2, link_url: 'https://example.com/1', link_value: '1' }]
    ],
    mobile: [
      ['logEvent', 'Ordered', { skus: 'a, b', cart_items: 2, link_url: 'https://example.com/1', link_value: '1' }]
    ]
  },
  {
    ...order,
    half: 'web',
    action: 'trackEvent',
    title: 'a nested property on a page that is an amount, beside one that meets another name,',
    mapping: { event_name: path('$.event'), event_metadata: path('$.properties'), nested_values: 'flatten' },
    event: {
      ...order.event,
      properties: { tip: { amount: 5, currency: 'EUR' }, cart_items: 3, cart: { items: 2 } }
    },
    calls: [['trackEvent', 'Ordered', { tip: { amount: 5, currency: 'EUR' }, cart_items: 3 }]],
    mobile: [['logEvent', 'Ordered', { cart_items: 3, tip_amount: 5, tip_currency: 'EUR' }]],
    losses: [{ path: 'metadata.cart.items', reason: 'name-taken' }]
  },
  {
    ...order,
    half: 'web',
    action: 'trackEvent',
    title: 'nested properties of an event on a page, as JSON',
    mapping: { event_name: path('$.event'), event_metadata: path('$.properties'), nested_values: 'json' },
    calls: [
      [
        'trackEvent',
        'Ordered',
        { cart: '{"items":2}', skus: '["a","b"]', link: '{"url":"https://example.com/1","value":"1"}' }
      ]
    ],
    mobile: [
      [
        'logEvent',
        'Ordered',
        { cart: '{"items":2}', skus: '["a","b"]', link: '{"url":"https://example.com/1","value":"1"}' }
      ]
    ]
  }
]

/** Mappings with fields and actions that the catalog does not have, and their results. */
export const ownFieldMappings: readonly SavedMapping[] = [
  {
    ...person,
    title: 'nested traits of a person, flattened',
    mapping: { ...personMapping, nested_values: 'flatten' },
    body: {
      role: 'user',
      external_id: 'u1',
      custom_attributes: { plan: 'pro', tags: 'a, b', address_city: 'Berlin', address_geo_zone: 'CET' }
    },
    losses: [{ path: 'custom_attributes.user.id', reason: 'reserved-key' }]
  },
  {
    ...person,
    title: 'nested traits that only the context has, flattened',
    mapping: { ...personMapping, custom_attributes: path('$.context.traits'), nested_values: 'flatten' },
    event: { ...person.event, traits: {}, context: { traits: { address: { city: 'Bonn' } } } },
    body: { role: 'user', external_id: 'u1', custom_attributes: { address_city: 'Bonn' } }
  },
  {
    ...person,
    title: 'nested traits of a person, as JSON',
    mapping: { ...personMapping, nested_values: 'json' },
    body: {
      role: 'user',
      external_id: 'u1',
      custom_attributes: {
        plan: 'pro',
        address: '{"city":"Berlin","geo":{"zone":"CET"}}',
        tags: '["a","b"]',
        user: '{"id":"x"}'
      }
    }
  },
  {
    ...company,
    title: 'nested traits of a company, flattened',
    mapping: { ...companyMapping, nested_values: 'flatten' },
    body: { company_id: 'c1', name: 'Acme', custom_attributes: { billing_city: 'Berlin', billing_plan: 'pro' } }
  },
  {
    ...person,
    title: 'the tags of a person among the traits, left as they are',
    mapping: { ...personMapping, tags_in_traits: { tags: path('$.traits.tags') } },
    event: { ...person.event, traits: { plan: 'pro', tags: ['VIP', 'beta'] } },
    body: { role: 'user', external_id: 'u1', custom_attributes: { plan: 'pro' } },
    tags: [],
    losses: [{ path: 'custom_attributes.tags', reason: 'nested-value' }]
  },
  {
    ...person,
    title: 'the tags of a person among the traits, added',
    mapping: { ...personMapping, tags_from_traits: 'add', tags_in_traits: { tags: path('$.traits.tags') } },
    event: { ...person.event, traits: { plan: 'pro', tags: ['VIP', 'beta', { name: 'trial' }] } },
    body: { role: 'user', external_id: 'u1', custom_attributes: { plan: 'pro' } },
    tags: ['VIP', 'beta'],
    losses: [{ path: 'tags_in_traits.tags[2]', reason: 'nested-value' }]
  },
  {
    ...company,
    title: 'the tags of a company among the traits, a text with commas, added',
    mapping: { ...companyMapping, tags_from_traits: 'add', tags_in_traits: { tags: path('$.traits.tags') } },
    event: { ...company.event, traits: { name: 'Acme', plan: 'pro', tags: 'VIP, beta' } },
    body: { company_id: 'c1', name: 'Acme' },
    tags: ['VIP', 'beta'],
    losses: [{ path: 'company.custom_attributes.plan', reason: 'no-field-reads-it' }]
  },
  {
    ...order,
    title: 'nested properties of an event, flattened, with a rich link that stays whole',
    mapping: { ...orderMapping, nested_values: 'flatten' },
    body: { ...ordered, metadata: { link, skus: 'a, b', cart_items: 2 } }
  },
  {
    ...order,
    title: 'nested properties of an event, as JSON',
    mapping: { ...orderMapping, nested_values: 'json' },
    body: { ...ordered, metadata: { link, cart: '{"items":2}', skus: '["a","b"]' } }
  },
  {
    ...pageView,
    title: 'page calls as events, by the ready-made mapping',
    body: { ...ordered, event_name: 'Viewed Pricing page', metadata: { path: '/pricing' } }
  },
  {
    ...pageView,
    title: 'page calls without a name as events',
    event: { ...pageView.event, name: '' },
    body: { ...ordered, event_name: 'Viewed a page', metadata: { path: '/pricing' } }
  },
  {
    ...pageView,
    half: 'web',
    title: 'page calls as events on a page, by the ready-made mapping',
    mapping: { event_name: viewed, event_metadata: path('$.properties') },
    calls: [['trackEvent', 'Viewed Pricing page', { path: '/pricing' }]]
  },
  ...webMappings
]
