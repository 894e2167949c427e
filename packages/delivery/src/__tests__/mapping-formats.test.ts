import { toSubscriptions } from '../subscriptions'
import { formatSubscriptions, MAPPING_FORMATS } from '../mapping-formats'
import { parseSubscriptionRows, parseSubscriptions } from '../parse-subscriptions'

const SETTINGS = {
  event_name: { '@path': '$.event' },
  created_at: { '@path': '$.timestamp' },
  metadata: { note: { '@template': 'Price: ${{properties.price}}' } }
}
const TRIGGER = 'type = "track" and event = "Order ${1}"'
const EXPECTED = [
  { name: 'Orders', partnerAction: 'trackEvent', enabled: false, subscribe: TRIGGER, mapping: SETTINGS }
]
const API = { id: 'x1', name: 'Orders', actionSlug: 'trackEvent', enabled: false, trigger: TRIGGER, settings: SETTINGS }
const TERRAFORM = {
  name: 'Orders',
  action_id: 'kAs8uZfM1qXw',
  destination_id: 'd',
  enabled: false,
  trigger: TRIGGER,
  settings: JSON.stringify(SETTINGS)
}

describe('a mapping is read as', () => {
  it.each<[string, unknown]>([
    ['Segment saves it', EXPECTED],
    ['the Public API lists it', { data: { subscriptions: [API], pagination: { current: 'MA==' } } }],
    ['the Public API returns one', { data: { subscription: API } }],
    ['a list of them', [API]],
    ['one alone', API],
    ['one with an id that fits one action', { ...API, actionSlug: undefined, actionId: 'kAs8uZfM1qXw' }],
    ['one with a slug in another spelling', { ...API, actionSlug: 'track-event' }],
    ['one with the title of the action', { ...API, actionSlug: 'Track Event' }],
    [
      'Terraform shows it',
      {
        values: {
          root_module: {
            child_modules: [
              { resources: [{ type: 'segment_destination_subscription', values: TERRAFORM }, { type: 'other' }] }
            ]
          }
        }
      }
    ],
    [
      'a state of Terraform',
      { version: 4, resources: [{ type: 'segment_destination_subscription', instances: [{ attributes: TERRAFORM }] }] }
    ]
  ])('%s', (_, json) => {
    expect(parseSubscriptionRows(JSON.parse(JSON.stringify(json)))).toEqual(EXPECTED)
  })
})

it.each(MAPPING_FORMATS)('what is written as %s is read as it was', (format) => {
  const rows = [
    ...EXPECTED,
    ...toSubscriptions().map(({ action, name = action, filter, mapping }) => ({
      name,
      partnerAction: action,
      enabled: true,
      subscribe: filter,
      mapping
    }))
  ]
  expect(parseSubscriptionRows(JSON.parse(JSON.stringify(formatSubscriptions(rows, format))))).toEqual(rows)
})

it('writes what the Public API takes', () => {
  const [first] = EXPECTED
  expect(formatSubscriptions(first ? [first] : [], 'public-api')).toEqual({
    data: {
      subscriptions: [
        { name: 'Orders', actionSlug: 'trackEvent', enabled: false, trigger: TRIGGER, settings: SETTINGS }
      ]
    }
  })
})

it('writes JSON for Terraform, in which texts are no templates', () => {
  expect(formatSubscriptions(EXPECTED, 'terraform')).toMatchObject({
    resource: {
      segment_destination_subscription: {
        orders: {
          action_id: '${var.action_ids["trackEvent"]}',
          trigger: 'type = "track" and event = "Order $${1}"',
          settings: expect.stringContaining('Price: $${{properties.price}}')
        }
      }
    }
  })
})

describe('what cannot be read is said in the words of the file', () => {
  it.each<[unknown, string]>([
    [{}, 'a list of subscriptions was expected, as Segment saves it, or an answer of its Public API'],
    [
      [{ ...API, actionSlug: undefined, actionId: 'kAs8', settings: {} }],
      '[0].actionId is "kAs8", which does not say which action it is, and its settings fit none; add "actionSlug" with one of identifyContact, groupIdentifyContact, trackEvent'
    ],
    [[{ ...API, actionSlug: 'shout' }], '[0].actionSlug is "shout"; this destination has identifyContact'],
    [[{ ...API, trigger: 'nothing' }], '[0].trigger is "nothing", which is no filter'],
    [[{ ...API, settings: { ...SETTINGS, b: 1 } }], '[0].settings.b is no field of trackEvent'],
    [
      [{ ...TERRAFORM, settings: '${jsonencode({})}' }],
      '[0].settings is no JSON object; use the JSON of "terraform show -json"'
    ],
    [{ data: { subscriptions: [API] } }, 'no subscription in it is enabled']
  ])('%#', (json, message) => {
    expect(() => parseSubscriptions(json)).toThrow(message)
  })
})

describe('the sync mode, which Segment saves beside the fields', () => {
  const row = { partnerAction: 'identifyContact', subscribe: 'type = "identify"', enabled: true }
  const withMode = (mode: unknown, action = 'identifyContact') => [
    { ...row, partnerAction: action, mapping: { role: 'user', company_id: 'c1', __segment_internal_sync_mode: mode } }
  ]

  it('is kept', () => {
    const { company_id: _, ...mapping } = withMode('update')[0]?.mapping ?? { company_id: '' }
    expect(parseSubscriptions([{ ...row, mapping }])[0]?.mapping).toEqual({
      role: 'user',
      __segment_internal_sync_mode: 'update'
    })
  })

  it.each([
    [
      [{ ...row, mapping: { role: 'user', __segment_internal_sync_mode: 'mirror' } }],
      'it must be one of upsert, update, add'
    ],
    [withMode('update', 'groupIdentifyContact'), 'is no field of groupIdentifyContact']
  ])('is refused where the action does not offer it: %#', (json, message) => {
    expect(() => parseSubscriptions(json)).toThrow(message)
  })
})
