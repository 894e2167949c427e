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

it('sends the person with all their traits', async () => {
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
])('reads the sign-up time %p', async (createdAt, created_at) => {
  const { calls } = await runEvent(identify({ createdAt }))
  expect(calls).toEqual([['update', { user_id: 'u1', created_at, last_request_at }]])
})

describe('a picture that is not served over https', () => {
  const http = 'http://example.com:8080/ada.png?http://x'

  it('is left out, because the Messenger does not accept it', async () => {
    const { calls, losses } = await runEvent(identify({ avatar: http, name: 'Ada' }))
    expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada', last_request_at }]])
    expect(losses).toEqual([{ path: 'avatar', reason: 'not-https' }])
  })
})

it.each(['yesterday', {}, Number.NaN])('leaves out only the sign-up time %p', async (createdAt) => {
  const { calls, losses } = await runEvent(identify({ createdAt, name: 'Ada' }))
  expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada', last_request_at }]])
  expect(losses).toEqual([{ path: 'signed_up_at', reason: 'not-a-date' }])
})

it.each([null, '', {}, undefined])('sends no company for %p', async (company) => {
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
    'a list with one item without id and name',
    [{ plan: 'pro' }, { id: 'c1' }],
    { companies: [{ company_id: 'c1' }] },
    [{ path: 'companies[0]', reason: 'no-company-id' }]
  ]
])('sends the person if companies are %s', async (_title, companies, body, expected) => {
  const { calls, losses } = await runEvent(identify({ companies, name: 'Ada' }))
  expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada', ...body, last_request_at }]])
  expect(losses).toEqual(expected)
})

it('uses the MD5 of the name as the id of a company, and adds no name', async () => {
  const { calls } = await runEvent(identify({ company: { name: 'Acme' }, companies: [{ id: 7 }] }))
  expect(calls).toEqual([
    ['update', { user_id: 'u1', company: ACME, companies: [{ company_id: '7' }], last_request_at }]
  ])
})

// docs/defects.md, W13
it.each([undefined, '', '#IntercomDefaultWidget'])('has no widget with the activator %p', async (activator) => {
  const { calls } = await runEvent(identify({}), activator === undefined ? {} : { activator })
  expect(calls).toEqual([['update', { user_id: 'u1', last_request_at }]])
})

it('has a widget with the page’s own activator', async () => {
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
])('finds the option at %j', async (place, option) => {
  const { calls, losses } = await runEvent(identify({}, place))
  expect(calls).toEqual([['update', { user_id: 'u1', ...option, last_request_at }]])
  expect(losses).toEqual([])
})

it('sends no options if Intercom is switched off or the proofs are empty', async () => {
  const off = await runEvent(identify({}, { integrations: { Intercom: false } }))
  const empty = await runEvent(identify({}, { integrations: { Intercom: { user_hash: '', intercom_user_jwt: ' ' } } }))
  const expected = [['update', { user_id: 'u1', last_request_at }]]
  expect([off.calls, off.losses]).toEqual([expected, []])
  expect(empty.calls).toEqual(expected)
})

it('never lets traits set the identity, its proof, or settings of the Messenger', async () => {
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

  it('is added to an update of a saved mapping that only names the person', async () => {
    const { calls } = await runEvent(identify({ email: 'ada@example.com', name: 'Ada' }), mapping({}))
    expect(calls).toEqual([['update', { user_id: 'u1', email: 'ada@example.com', last_request_at }]])
  })

  it('is added if the update otherwise only sets the launcher', async () => {
    const { calls } = await runEvent(identify({}, { context: { Intercom: { hideDefaultLauncher: true } } }), {
      activator: '#help',
      ...mapping({})
    })
    const shown = { hide_default_launcher: true, widget: { activator: '#help' } }
    expect(calls).toEqual([['update', { user_id: 'u1', ...shown, last_request_at }]])
  })

  it('is not added to other updates of a saved mapping', async () => {
    const { calls } = await runEvent(identify({ name: 'Ada' }), mapping({ name: { '@path': '$.traits.name' } }))
    expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada' }]])
  })

  it('is the present time if the event has no valid time', async () => {
    jest.useFakeTimers()
    jest.setSystemTime(1704164644000)
    const { calls } = await runEvent({ type: 'page', timestamp: 'soon' }, mapping({}))
    jest.useRealTimers()
    expect(calls).toEqual([['update', { last_request_at }]])
  })

  it('is a loss if the mapped value is not valid', async () => {
    const { calls, losses } = await runEvent(identify({ name: 'Ada' }, { timestamp: 'soon' }))
    expect(calls).toEqual([['update', { user_id: 'u1', name: 'Ada' }]])
    expect(losses).toEqual([{ path: 'last_request_at', reason: 'not-a-date' }])
  })
})

it('stores device and app if the mapping says so', async () => {
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

it('sends a ping for the page view of a visitor, and nothing for an alias', async () => {
  const { calls } = await runEvents([
    { type: 'page', timestamp, name: 'Home', properties: { path: '/' } },
    { type: 'alias', timestamp, userId: 'u2', previousId: 'u1' }
  ])
  expect(calls.slice(1)).toEqual([['update', { last_request_at }]])
})

it.each([
  ['traits', identify('pro')],
  ['a launcher flag', identify({}, { context: { Intercom: { hideDefaultLauncher: 'no' } } })]
])('sends the person despite %s of the wrong type', async (_title, event) => {
  const { calls, losses } = await runEvent(event)
  expect(calls).toEqual([['update', { user_id: 'u1', last_request_at }]])
  expect(losses).toHaveLength(1)
})
