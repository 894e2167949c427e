import * as intercomCall from '../../intercom-call'
import { runEvent, runEvents } from '../../test-support/run-events'

/** 1704164645 in Unix seconds. */
const timestamp = '2024-01-02T03:04:05Z'
const last_request_at = 1704164645

const identify = (traits: unknown, more: object = {}) => ({
  type: 'identify' as const,
  userId: 'u1',
  timestamp,
  traits,
  ...more
})

it('sends the person with everything known about them (W15)', async () => {
  const { calls, losses } = await runEvent(
    identify({
      email: 'ada@example.com',
      firstName: 'Ada',
      lastName: 'Lovelace',
      phone: '+49 30 1234',
      avatar: 'https://example.com/ada.png',
      createdAt: '2020-01-01T00:00:00Z',
      plan: 'pro',
      beta: true,
      company: { id: 'c1', name: 'Acme', monthlySpend: 99, employees: 5, tier: 'gold' },
      companies: [{ id: 'c1' }, { id: 'c2', name: 'Other', remove: true }]
    })
  )
  expect(calls).toEqual([
    [
      'update',
      {
        user_id: 'u1',
        email: 'ada@example.com',
        name: 'Ada Lovelace',
        phone: '+49 30 1234',
        avatar: { type: 'avatar', image_url: 'https://example.com/ada.png' },
        created_at: 1577836800,
        plan: 'pro',
        beta: true,
        company: { company_id: 'c1', name: 'Acme', monthly_spend: 99, size: 5, tier: 'gold' },
        companies: [
          { company_id: 'c1', name: 'Acme' },
          { company_id: 'c2', name: 'Other', remove: true }
        ],
        last_request_at
      }
    ]
  ])
  expect(losses).toEqual([])
})

it.each([
  ['1516746535', 1516746535],
  ['1516746535111', 1516746535],
  [1516746535, 1516746535],
  [new Date('2018-01-23T22:28:55Z'), 1516746535]
])('reads the sign-up time %p (W8)', async (createdAt, created_at) => {
  const { calls } = await runEvent(identify({ createdAt }))
  expect(calls).toEqual([['update', { user_id: 'u1', created_at, last_request_at }]])
})

describe('a picture that is not served over https', () => {
  const http = 'http://example.com:8080/ada.png?http://x'

  it('is lost alone: the Messenger does not take it', async () => {
    const { calls, losses } = await runEvent(identify({ avatar: http, name: 'Ada' }))
    expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada', last_request_at }]])
    expect(losses).toEqual([{ path: 'avatar', reason: 'not-https' }])
  })

  it('is sent by its https address where it is the page’s own host, which is known to answer there', async () => {
    const page = { protocol: 'https:', host: 'example.com:8080' }
    const location = jest.spyOn(intercomCall, 'readForeign').mockImplementation((object, name) => {
      if (name === 'location') return page
      return typeof object === 'object' || typeof object === 'function' ? Reflect.get(Object(object), name) : undefined
    })
    const { calls, losses } = await runEvent(identify({ avatar: http }))
    location.mockRestore()
    const avatar = { type: 'avatar', image_url: 'https://example.com:8080/ada.png?http://x' }
    expect(calls).toEqual([['update', { user_id: 'u1', avatar, last_request_at }]])
    expect(losses).toEqual([])
  })
})

it.each(['yesterday', {}, Number.NaN])('loses the sign-up time %p and nothing else (W8)', async (createdAt) => {
  const { calls, losses } = await runEvent(identify({ createdAt, name: 'Ada' }))
  expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada', last_request_at }]])
  expect(losses).toEqual([{ path: 'signed_up_at', reason: 'not-a-date' }])
})

it.each([null, '', {}, undefined])('makes no company of %p (W9)', async (company) => {
  const { calls, losses } = await runEvent(identify({ company }))
  expect(calls).toEqual([['update', { user_id: 'u1', last_request_at }]])
  expect(losses).toEqual([])
})

const ACME = { company_id: '79d894520f4f94c267986a819e110bec', name: 'Acme' }

it.each([
  ['a text', 'Acme', { companies: [ACME] }, []],
  ['a list of texts', ['Acme'], { companies: [ACME] }, []],
  ['an empty object', {}, {}, []],
  ['true', true, {}, [{ path: 'companies[0]', reason: 'not-an-object' }]],
  [
    'a list of which one item says too little',
    [{ plan: 'pro' }, { id: 'c1' }],
    { companies: [{ company_id: 'c1' }] },
    [{ path: 'companies[0]', reason: 'no-company-id' }]
  ]
])('lets the person through when companies are %s (W10)', async (_title, companies, body, expected) => {
  const { calls, losses } = await runEvent(identify({ companies, name: 'Ada' }))
  expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada', ...body, last_request_at }]])
  expect(losses).toEqual(expected)
})

it('gives a company without an id the MD5 of its name, and leaves one without a name without (W11)', async () => {
  const { calls } = await runEvent(identify({ company: { name: 'Acme' }, companies: [{ id: 7 }] }))
  expect(calls).toEqual([
    ['update', { user_id: 'u1', company: ACME, companies: [{ company_id: '7' }], last_request_at }]
  ])
})

it.each([undefined, '', '#IntercomDefaultWidget'])('has no widget with the activator %p (W13)', async (activator) => {
  const { calls } = await runEvent(identify({}), activator === undefined ? {} : { activator })
  expect(calls).toEqual([['update', { user_id: 'u1', last_request_at }]])
})

it('has a widget with an activator of the page’s own (W13)', async () => {
  const { calls } = await runEvent(identify({}), { activator: '#help' })
  expect(calls).toEqual([['update', { user_id: 'u1', widget: { activator: '#help' }, last_request_at }]])
})

const places = (option: object) => [
  { integrations: { Intercom: option } },
  { integrations: { 'Intercom Web (Actions)': option } },
  { integrations: { Intercom: false, 'Intercom Web (Actions)': option } },
  { context: { Intercom: option } },
  { integrations: { Intercom: false }, context: { Intercom: option } }
]

it.each([
  ...places({ user_hash: 'f1c2' }).map((place) => [place, { user_hash: 'f1c2' }] as const),
  ...places({ userHash: 'f1c2' }).map((place) => [place, { user_hash: 'f1c2' }] as const),
  ...places({ intercom_user_jwt: 'ey.J' }).map((place) => [place, { intercom_user_jwt: 'ey.J' }] as const),
  ...places({ intercomUserJwt: 'ey.J' }).map((place) => [place, { intercom_user_jwt: 'ey.J' }] as const),
  ...places({ hide_default_launcher: true }).map((place) => [place, { hide_default_launcher: true }] as const),
  ...places({ hideDefaultLauncher: 'false' }).map((place) => [place, { hide_default_launcher: false }] as const)
])('finds the option at %j (W14)', async (place, option) => {
  const { calls, losses } = await runEvent(identify({}, place))
  expect(calls).toEqual([['update', { user_id: 'u1', ...option, last_request_at }]])
  expect(losses).toEqual([])
})

it('sends nothing for an Intercom that is switched off, and for empty proofs (W14)', async () => {
  const off = await runEvent(identify({}, { integrations: { Intercom: false } }))
  const empty = await runEvent(identify({}, { integrations: { Intercom: { user_hash: '', intercom_user_jwt: ' ' } } }))
  const expected = [['update', { user_id: 'u1', last_request_at }]]
  expect([off.calls, off.losses]).toEqual([expected, []])
  expect(empty.calls).toEqual(expected)
})

it('never lets traits say who the person is, prove it, or steer the Messenger (W16)', async () => {
  const { calls, losses } = await runEvent(
    identify({
      email: 'ada@example.com',
      user_id: 'other',
      user_hash: 'stolen',
      intercom_user_jwt: 'stolen',
      app_id: 'other',
      api_base: 'https://evil.example',
      widget: 'x',
      last_request_at: 1,
      plan: 'pro'
    })
  )
  expect(calls).toEqual([['update', { user_id: 'u1', email: 'ada@example.com', plan: 'pro', last_request_at }]])
  expect(losses.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'custom_attributes.user_id no-field-reads-it',
    'custom_attributes.user_hash reserved-key',
    'custom_attributes.intercom_user_jwt reserved-key',
    'custom_attributes.app_id reserved-key',
    'custom_attributes.api_base reserved-key',
    'custom_attributes.widget reserved-key',
    'custom_attributes.last_request_at reserved-key'
  ])
})

describe('last_request_at', () => {
  const mapping = (more: object) => ({
    subscriptions: [
      {
        partnerAction: 'identifyUser',
        enabled: true,
        subscribe: 'type = "identify" or type = "page"',
        mapping: { user_id: { '@path': '$.userId' }, email: { '@path': '$.traits.email' }, ...more }
      }
    ]
  })

  it('is added to an update of a saved mapping that says only who the person is', async () => {
    const { calls } = await runEvent(identify({ email: 'ada@example.com', name: 'Ada' }), mapping({}))
    expect(calls).toEqual([['update', { user_id: 'u1', email: 'ada@example.com', last_request_at }]])
  })

  it('is added where the update beside it says only what is shown on the page', async () => {
    const { calls } = await runEvent(identify({}, { context: { Intercom: { hideDefaultLauncher: true } } }), {
      activator: '#help',
      ...mapping({})
    })
    const shown = { hide_default_launcher: true, widget: { activator: '#help' } }
    expect(calls).toEqual([['update', { user_id: 'u1', ...shown, last_request_at }]])
  })

  it('is not added to an update of a saved mapping that says more', async () => {
    const { calls } = await runEvent(identify({ name: 'Ada' }), mapping({ name: { '@path': '$.traits.name' } }))
    expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada' }]])
  })

  it('is the present where the event has no time that can be read', async () => {
    jest.useFakeTimers({ now: 1704164644000 })
    const { calls } = await runEvent({ type: 'page', timestamp: 'soon' }, mapping({}))
    jest.useRealTimers()
    expect(calls).toEqual([['update', { last_request_at }]])
  })

  it('that is mapped and cannot be read is a loss', async () => {
    const { calls, losses } = await runEvent(identify({ name: 'Ada' }, { timestamp: 'soon' }))
    expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada' }]])
    expect(losses).toEqual([{ path: 'last_request_at', reason: 'not-a-date' }])
  })
})

it('stores device and app when the mapping says so', async () => {
  const context = { device: { type: 'mobile' }, os: { name: 'iOS', version: '17' } }
  const { calls } = await runEvent(identify({}, { context }), {
    subscriptions: [
      {
        partnerAction: 'identifyUser',
        enabled: true,
        subscribe: 'type = "identify"',
        mapping: {
          include_context: true,
          context_attributes: {
            device_type: { '@path': '$.context.device.type' },
            os_name: { '@path': '$.context.os.name' }
          }
        }
      }
    ]
  })
  expect(calls).toEqual([['update', { device_type: 'mobile', os_name: 'iOS' }]])
})

it('pings for the page views of a visitor, and leaves calls of other kinds alone', async () => {
  const { calls } = await runEvents([
    { type: 'page', timestamp, name: 'Home', properties: { path: '/' } },
    { type: 'alias', timestamp, userId: 'u2', previousId: 'u1' }
  ])
  expect(calls.slice(1)).toEqual([['update', { last_request_at }]])
})

it.each([
  ['traits', identify('pro')],
  ['a launcher flag', identify({}, { context: { Intercom: { hideDefaultLauncher: 'no' } } })]
])('survives %s of the wrong kind', async (_title, event) => {
  const { calls, losses } = await runEvent(event)
  expect(calls).toEqual([['update', { user_id: 'u1', last_request_at }]])
  expect(losses).toHaveLength(1)
})
