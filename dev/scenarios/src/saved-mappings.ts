import type { ExpectedLoss, MessengerCall, MobileCall, SegmentEvent } from './scenario'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A mapping that a customer of the catalog destination may have saved, and its result, which must never change. */
export interface SavedMapping {
  title: string
  half: 'cloud' | 'web'
  action: string
  /** In Segment's filter language. */
  subscribe: string
  mapping: { [field: string]: Json }
  event: SegmentEvent
  /** Cloud: the body of the request that writes the contact, company or event. */
  body?: unknown
  /** Cloud: the tags that the contact or company has afterwards. */
  tags?: readonly string[]
  /** Web: the calls after the boot. */
  calls?: readonly MessengerCall[]
  /** The calls of an app with this web mapping, whose person is logged in unless the event does that. */
  mobile?: readonly MobileCall[]
  /** What is left out or doubtful. */
  losses?: readonly ExpectedLoss[]
}

const path = (at: string) => ({ '@path': at })
const either = (first: string, second: string) => ({
  '@if': { exists: path(first), then: path(first), else: path(second) }
})

const timestamp = '2024-01-02T03:04:05.000Z'
/** `timestamp` in Unix seconds. */
const seen = 1704164645

const ada = {
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  phone: '+49 30 1234',
  avatar: 'https://example.com/ada.png',
  createdAt: '2020-01-01T00:00:00Z',
  plan: 'pro'
}
const acme = {
  name: 'Acme',
  plan: 'team',
  employees: 42,
  website: 'https://acme.example',
  industry: 'Rockets',
  monthly_spend: 100,
  createdAt: '2020-01-01T00:00:00Z'
}

const identify = (traits: Record<string, unknown>): SegmentEvent => ({
  type: 'identify',
  userId: 'u1',
  timestamp,
  traits
})
const group = (traits: Record<string, unknown>): SegmentEvent => ({
  type: 'group',
  userId: 'u1',
  groupId: 'c1',
  timestamp,
  traits
})
const track = (properties: Record<string, unknown>): SegmentEvent => ({
  type: 'track',
  userId: 'u1',
  event: 'Paid',
  timestamp,
  properties
})

/** The default mapping of the catalog destination. */
const contactToday = {
  role: 'user',
  external_id: path('$.userId'),
  email: path('$.traits.email'),
  phone: path('$.traits.phone'),
  name: path('$.traits.name'),
  avatar: path('$.traits.avatar'),
  last_seen_at: path('$.timestamp')
}
const { name: _name, ...contactWithoutName } = contactToday
const companyToday = {
  remote_created_at: path('$.traits.createdAt'),
  external_id: path('$.userId'),
  email: path('$.traits.email'),
  company_id: path('$.groupId'),
  name: path('$.traits.name'),
  monthly_spend: path('$.traits.monthly_spend'),
  plan: path('$.traits.plan'),
  size: path('$.traits.employees'),
  website: path('$.traits.website'),
  industry: path('$.traits.industry')
}
const eventToday = {
  event_name: path('$.event'),
  created_at: path('$.timestamp'),
  user_id: path('$.userId'),
  email: path('$.properties.email'),
  revenue: path('$.properties.revenue'),
  currency: path('$.properties.currency'),
  metadata: path('$.properties')
}
const { metadata: _metadata, ...eventWithoutMetadata } = eventToday

const contact = (
  title: string,
  more: Omit<SavedMapping, 'title' | 'half' | 'action' | 'subscribe'> & { subscribe?: string }
): SavedMapping => ({ title, half: 'cloud', action: 'identifyContact', subscribe: 'type = "identify"', ...more })
const company = (title: string, more: Omit<SavedMapping, 'title' | 'half' | 'action' | 'subscribe'>): SavedMapping => ({
  title,
  half: 'cloud',
  action: 'groupIdentifyContact',
  subscribe: 'type = "group"',
  ...more
})
const event = (title: string, more: Omit<SavedMapping, 'title' | 'half' | 'action' | 'subscribe'>): SavedMapping => ({
  title,
  half: 'cloud',
  action: 'trackEvent',
  subscribe: 'type = "track"',
  ...more
})

/** Every fixed key of a person, picked by hand. */
const PICKED_OF_CONTACTS = [
  'id',
  'userId',
  'user_id',
  'name',
  'firstName',
  'first_name',
  'lastName',
  'last_name',
  'email',
  'phone',
  'avatar',
  'createdAt',
  'created_at',
  'created',
  'signedUpAt',
  'remoteCreatedAt',
  'company',
  'companies'
]
/** The same for a company. */
const PICKED_OF_COMPANIES = [
  'id',
  'companyId',
  'name',
  'plan',
  'employees',
  'employee_count',
  'size',
  'website',
  'industry',
  'monthlySpend',
  'monthly_spend',
  'createdAt',
  'created_at',
  'created',
  'remoteCreatedAt',
  'remove'
]

const cloudMappings: readonly SavedMapping[] = [
  contact("today's defaults", {
    mapping: contactToday,
    event: identify(ada),
    body: {
      role: 'user',
      external_id: 'u1',
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      phone: '+49 30 1234',
      avatar: 'https://example.com/ada.png',
      last_seen_at: seen
    }
  }),
  contact("today's defaults and all traits", {
    mapping: { ...contactToday, custom_attributes: path('$.traits') },
    event: identify({ ...ada, first_name: 'A', company: 'Acme', id: '7' }),
    body: {
      role: 'user',
      external_id: 'u1',
      email: 'ada@example.com',
      name: 'Ada Lovelace',
      phone: '+49 30 1234',
      avatar: 'https://example.com/ada.png',
      last_seen_at: seen,
      custom_attributes: { plan: 'pro' }
    },
    losses: [
      { path: 'custom_attributes.createdAt', reason: 'no-field-reads-it' },
      { path: 'custom_attributes.company', reason: 'no-field-reads-it' },
      { path: 'custom_attributes.id', reason: 'no-field-reads-it' }
    ]
  }),
  contact('all traits, and no field for the name', {
    mapping: { ...contactWithoutName, custom_attributes: path('$.traits') },
    event: identify({ name: 'Ada Lovelace', plan: 'pro' }),
    body: { role: 'user', external_id: 'u1', last_seen_at: seen, custom_attributes: { plan: 'pro' } },
    losses: [{ path: 'custom_attributes.name', reason: 'no-field-reads-it' }]
  }),
  ...PICKED_OF_CONTACTS.map((key) =>
    contact(`a custom attribute ${key}, picked by hand,`, {
      mapping: { ...contactToday, custom_attributes: { [key]: path('$.traits.team') } },
      event: identify({ name: 'Ada Lovelace', team: 'Engines' }),
      body: {
        role: 'user',
        external_id: 'u1',
        name: 'Ada Lovelace',
        last_seen_at: seen,
        custom_attributes: { [key]: 'Engines' }
      }
    })
  ),
  contact('a name picked in both branches of a condition', {
    mapping: {
      ...contactToday,
      custom_attributes: {
        '@if': { exists: path('$.traits.team'), then: { company: path('$.traits.team') }, else: { company: 'none' } }
      }
    },
    event: identify({ name: 'Ada', team: 'Engines' }),
    body: {
      role: 'user',
      external_id: 'u1',
      name: 'Ada',
      last_seen_at: seen,
      custom_attributes: { company: 'Engines' }
    }
  }),
  contact('all traits merged with a picked name', {
    mapping: {
      ...contactToday,
      custom_attributes: {
        '@merge': { objects: [path('$.traits'), { first_name: path('$.traits.nick') }], direction: 'right' }
      }
    },
    event: identify({ name: 'Ada Lovelace', nick: 'Countess', plan: 'pro' }),
    body: {
      role: 'user',
      external_id: 'u1',
      name: 'Ada Lovelace',
      last_seen_at: seen,
      custom_attributes: { nick: 'Countess', plan: 'pro', first_name: 'Countess' }
    }
  }),
  contact('a template under a picked name', {
    mapping: { ...contactToday, custom_attributes: { website: { '@template': 'https://{{traits.host}}/' } } },
    event: identify({ name: 'Ada', host: 'example.com' }),
    body: {
      role: 'user',
      external_id: 'u1',
      name: 'Ada',
      last_seen_at: seen,
      custom_attributes: { website: 'https://example.com/' }
    }
  }),
  contact('a literal under a picked name', {
    mapping: { ...contactToday, custom_attributes: { industry: 'Software' } },
    event: identify({ name: 'Ada' }),
    body: {
      role: 'user',
      external_id: 'u1',
      name: 'Ada',
      last_seen_at: seen,
      custom_attributes: { industry: 'Software' }
    }
  }),
  contact('a flattened trait', {
    mapping: {
      ...contactToday,
      custom_attributes: { '@flatten': { value: path('$.traits.address'), separator: '_' } }
    },
    event: identify({ name: 'Ada', address: { city: 'London' } }),
    body: { role: 'user', external_id: 'u1', name: 'Ada', last_seen_at: seen, custom_attributes: { city: 'London' } }
  }),
  contact('a lead by e-mail', {
    mapping: { ...contactToday, role: 'lead' },
    event: identify({ email: 'ada@example.com', name: 'Ada Lovelace' }),
    body: { role: 'lead', email: 'ada@example.com', name: 'Ada Lovelace', last_seen_at: seen },
    losses: [{ path: 'external_id', reason: 'not-for-leads' }]
  }),
  contact('an e-mail address alone', {
    mapping: { role: 'user', email: path('$.traits.email') },
    event: identify({ email: 'ada@example.com', name: 'Ada' }),
    body: { role: 'user', email: 'ada@example.com' }
  }),
  contact('a sign-up date in either spelling', {
    mapping: { ...contactToday, signed_up_at: either('$.traits.createdAt', '$.traits.created_at') },
    event: identify({ name: 'Ada', created_at: 1577836800 }),
    body: { role: 'user', external_id: 'u1', name: 'Ada', signed_up_at: 1577836800, last_seen_at: seen }
  }),
  contact('a page call that identifies', {
    subscribe: 'type = "page"',
    mapping: { role: 'user', external_id: path('$.userId'), last_seen_at: path('$.timestamp') },
    event: { type: 'page', userId: 'u1', timestamp, properties: { path: '/' } },
    body: { role: 'user', external_id: 'u1', last_seen_at: seen }
  }),
  company("today's company defaults", {
    mapping: companyToday,
    event: group(acme),
    body: {
      company_id: 'c1',
      name: 'Acme',
      remote_created_at: 1577836800,
      plan: 'team',
      monthly_spend: 100,
      size: 42,
      website: 'https://acme.example',
      industry: 'Rockets'
    }
  }),
  company("today's company defaults and all traits", {
    mapping: { ...companyToday, custom_attributes: path('$.traits') },
    event: group({ ...acme, size: 50, id: 'c1', tier: 'gold' }),
    body: {
      company_id: 'c1',
      name: 'Acme',
      remote_created_at: 1577836800,
      plan: 'team',
      monthly_spend: 100,
      size: 42,
      website: 'https://acme.example',
      industry: 'Rockets',
      custom_attributes: { tier: 'gold' }
    },
    losses: [{ path: 'company.custom_attributes.size', reason: 'no-field-reads-it' }]
  }),
  ...PICKED_OF_COMPANIES.map((key) =>
    company(`a company attribute ${key}, picked by hand,`, {
      mapping: { ...companyToday, custom_attributes: { [key]: path('$.traits.tier') } },
      event: group({ name: 'Acme', tier: 'gold' }),
      body: { company_id: 'c1', name: 'Acme', custom_attributes: { [key]: 'gold' } }
    })
  ),
  company('a company attribute company_id, which is the name of the id,', {
    mapping: { ...companyToday, custom_attributes: { company_id: path('$.traits.tier') } },
    event: group({ name: 'Acme', tier: 'gold' }),
    body: { company_id: 'c1', name: 'Acme' },
    losses: [{ path: 'company.custom_attributes.company_id', reason: 'reserved-key' }]
  }),
  company('a spend in either spelling', {
    mapping: { ...companyToday, monthly_spend: either('$.traits.monthlySpend', '$.traits.monthly_spend') },
    event: group({ name: 'Acme', monthlySpend: 99.5 }),
    body: { company_id: 'c1', name: 'Acme', monthly_spend: 100 },
    losses: [{ path: 'company.monthly_spend', reason: 'rounded' }]
  }),
  event("today's event defaults", {
    mapping: eventToday,
    event: track({ revenue: 19.99, currency: 'eur', coupon: 'MAY', email: 'ada@example.com' }),
    body: {
      event_name: 'Paid',
      created_at: seen,
      user_id: 'u1',
      metadata: { price: { amount: 1999, currency: 'EUR' }, coupon: 'MAY' }
    }
  }),
  ...['email', 'revenue', 'currency', 'total'].map((key) =>
    event(`a metadata key ${key}, picked by hand,`, {
      mapping: { ...eventToday, metadata: { [key]: path('$.properties.note') } },
      event: track({ revenue: 5, note: 'n' }),
      body: {
        event_name: 'Paid',
        created_at: seen,
        user_id: 'u1',
        metadata: { price: { amount: 500, currency: 'USD' }, [key]: 'n' }
      }
    })
  ),
  event('a metadata key price, which the revenue also sets,', {
    mapping: { ...eventToday, metadata: { price: path('$.properties.note') } },
    event: track({ revenue: 5, note: 'n' }),
    body: {
      event_name: 'Paid',
      created_at: seen,
      user_id: 'u1',
      metadata: { price: { amount: 500, currency: 'USD' } }
    },
    losses: [{ path: 'metadata.price', reason: 'reserved-key' }]
  }),
  event('no metadata at all', {
    mapping: eventWithoutMetadata,
    event: track({ revenue: 5, note: 'n' }),
    body: {
      event_name: 'Paid',
      created_at: seen,
      user_id: 'u1',
      metadata: { price: { amount: 500, currency: 'USD' } }
    }
  }),
  event('an event name from a template', {
    mapping: { ...eventToday, event_name: { '@template': 'App: {{event}}' } },
    event: track({}),
    body: { event_name: 'App: Paid', created_at: seen, user_id: 'u1' }
  })
]

const visitorToday = {
  user_id: path('$.userId'),
  name: path('$.traits.name'),
  phone: path('$.traits.phone'),
  email: path('$.traits.email'),
  created_at: either('$.traits.createdAt', '$.traits.created_at'),
  avatar_image_url: path('$.traits.avatar'),
  user_hash: either('$.integrations.Intercom.user_hash', '$.integrations.Intercom.userHash'),
  company: {
    company_id: path('$.traits.company.id'),
    name: path('$.traits.company.name'),
    created_at: either('$.traits.company.createdAt', '$.traits.company.created_at'),
    plan: path('$.traits.company.plan'),
    size: path('$.traits.company.size'),
    website: path('$.traits.company.website'),
    industry: path('$.traits.company.industry'),
    monthly_spend: path('$.traits.company.monthly_spend')
  },
  companies: { '@arrayPath': ['$.traits.companies', { company_id: path('$.id'), name: path('$.name') }] },
  hide_default_launcher: either('$.context.Intercom.hideDefaultLauncher', '$.context.Intercom.hide_default_launcher')
}

const visitor = (title: string, more: Pick<SavedMapping, 'mapping' | 'event' | 'calls' | 'losses'>): SavedMapping => ({
  title,
  half: 'web',
  action: 'identifyUser',
  subscribe: 'type = "identify" or type = "page"',
  ...more
})
const webCompany = (
  title: string,
  more: Pick<SavedMapping, 'mapping' | 'event' | 'calls' | 'losses'>
): SavedMapping => ({
  title,
  half: 'web',
  action: 'identifyCompany',
  subscribe: 'type = "group"',
  ...more
})
const webEvent = (title: string, more: Pick<SavedMapping, 'mapping' | 'event' | 'calls' | 'losses'>): SavedMapping => ({
  title,
  half: 'web',
  action: 'trackEvent',
  subscribe: 'type = "track"',
  ...more
})

const adaOnThePage = {
  user_id: 'u1',
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  phone: '+49 30 1234',
  created_at: 1577836800,
  avatar: { type: 'avatar', image_url: 'https://example.com/ada.png' }
}

const webMappings: readonly SavedMapping[] = [
  visitor("today's defaults on the web", {
    mapping: visitorToday,
    event: identify({ ...ada, company: { id: 'c1', name: 'Acme', tier: 'gold' } }),
    calls: [['update', { ...adaOnThePage, company: { company_id: 'c1', name: 'Acme' } }]]
  }),
  visitor("today's defaults and all traits on the web", {
    mapping: { ...visitorToday, custom_traits: path('$.traits') },
    event: identify({ ...ada, seats: 3 }),
    calls: [['update', { ...adaOnThePage, plan: 'pro', seats: 3 }]]
  }),
  visitor('several companies on the web', {
    mapping: visitorToday,
    event: identify({
      name: 'Ada Lovelace',
      companies: [
        { id: 'c1', name: 'Acme' },
        { id: 'c2', name: 'Globex' }
      ]
    }),
    calls: [
      [
        'update',
        {
          user_id: 'u1',
          name: 'Ada Lovelace',
          companies: [
            { company_id: 'c1', name: 'Acme' },
            { company_id: 'c2', name: 'Globex' }
          ]
        }
      ]
    ]
  }),
  // In the Messenger, attributes are on the same level as these keys, so they cannot be written under these names.
  ...['name', 'email', 'phone', 'company', 'avatar', 'user_id', 'created_at'].map((key) =>
    visitor(`a custom trait ${key}, which is the Messenger’s own name,`, {
      mapping: { ...visitorToday, custom_traits: { [key]: path('$.traits.team') } },
      event: identify({ name: 'Ada Lovelace', team: 'Engines' }),
      calls: [['update', { user_id: 'u1', name: 'Ada Lovelace' }]],
      losses: [{ path: `custom_attributes.${key}`, reason: 'reserved-key' }]
    })
  ),
  ...['team', 'first_name', 'industry'].map((key) =>
    visitor(`a custom trait ${key}, picked by hand on the web,`, {
      mapping: { ...visitorToday, custom_traits: { [key]: path('$.traits.team') } },
      event: identify({ name: 'Ada Lovelace', team: 'Engines' }),
      calls: [['update', { user_id: 'u1', name: 'Ada Lovelace', [key]: 'Engines' }]]
    })
  ),
  webCompany("today's company defaults on the web", {
    mapping: {
      company: {
        company_id: path('$.groupId'),
        name: path('$.traits.name'),
        created_at: either('$.traits.createdAt', '$.traits.created_at'),
        plan: path('$.traits.plan'),
        size: path('$.traits.size'),
        website: path('$.traits.website'),
        industry: path('$.traits.industry'),
        monthly_spend: path('$.traits.monthly_spend')
      }
    },
    event: group({ ...acme, size: 42 }),
    calls: [
      [
        'update',
        {
          company: {
            company_id: 'c1',
            name: 'Acme',
            created_at: 1577836800,
            plan: 'team',
            monthly_spend: 100,
            size: 42,
            website: 'https://acme.example',
            industry: 'Rockets'
          }
        }
      ]
    ]
  }),
  ...['website', 'size'].map((key) =>
    webCompany(`a company trait ${key}, which is the Messenger’s own name,`, {
      mapping: {
        company: {
          company_id: path('$.groupId'),
          name: path('$.traits.name'),
          company_custom_traits: { [key]: path('$.traits.tier') }
        }
      },
      event: group({ name: 'Acme', tier: 'gold' }),
      calls: [['update', { company: { company_id: 'c1', name: 'Acme' } }]],
      losses: [{ path: `company.custom_attributes.${key}`, reason: 'reserved-key' }]
    })
  ),
  webCompany('a company trait, picked by hand on the web,', {
    mapping: {
      company: {
        company_id: path('$.groupId'),
        name: path('$.traits.name'),
        company_custom_traits: { tier: path('$.traits.tier') }
      }
    },
    event: group({ name: 'Acme', tier: 'gold' }),
    calls: [['update', { company: { company_id: 'c1', name: 'Acme', tier: 'gold' } }]]
  }),
  webEvent("today's event defaults on the web", {
    mapping: {
      event_name: path('$.event'),
      revenue: path('$.properties.revenue'),
      currency: path('$.properties.currency'),
      event_metadata: path('$.properties')
    },
    event: track({ revenue: 19.99, currency: 'eur', coupon: 'MAY' }),
    calls: [['trackEvent', 'Paid', { price: { amount: 1999, currency: 'EUR' }, coupon: 'MAY' }]]
  }),
  webEvent('metadata picked by hand on the web', {
    mapping: {
      event_name: path('$.event'),
      revenue: path('$.properties.revenue'),
      event_metadata: { revenue: path('$.properties.revenue'), plan: path('$.properties.plan') }
    },
    event: track({ revenue: 5, plan: 'pro' }),
    calls: [['trackEvent', 'Paid', { price: { amount: 500, currency: 'USD' }, revenue: 5, plan: 'pro' }]]
  })
]

/** Saved mappings that customers rely on, for both halves. */
export const savedMappings: readonly SavedMapping[] = [...cloudMappings, ...webMappings]
