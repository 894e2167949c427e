import type { JSONObject } from '@segment/actions-core'
import { ENTRY_POINTS, NOW, openWorker, openWorkspace, SECONDS, withoutNetwork } from '../test-support/workspace'

withoutNetwork()

const CREATE = 'POST /contacts'
const UPDATE = 'PUT /contacts/{contact}'
const LIST = 'GET /data_attributes'
const NEW_ATTRIBUTE = 'POST /data_attributes'
const COMPANY = 'POST /companies'

const identify = (traits: JSONObject, userId = 'u1') => ({ type: 'identify' as const, userId, traits })
const group = (traits: JSONObject) => ({ type: 'group' as const, groupId: 'c1', traits: { name: 'Acme', ...traits } })
const creating = { mapping: { unknown_attributes: 'create' } }

const refused = (message: string, code = 'parameter_invalid', status = 400) => ({
  status,
  body: { type: 'error.list', request_id: 'req-1', errors: [{ code, message }] }
})

/** Attributes that none of the test workspaces has. */
const unknown = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`unknown_${i}`, i]))

describe('the message of a rejection does not matter', () => {
  const sentences: [string, string, number][] = [
    ['Custom attribute seats does not exist', 'parameter_invalid', 400],
    ['custom_attributes.seats is invalid', 'bad_request', 400],
    ['Value is not of type Numeric, String or Boolean', 'type_mismatch', 422],
    ['Something went wrong', 'a_code_of_next_year', 400],
    ['', 'client_error', 422],
    ["Custom attribute 'seats' does not exist", 'parameter_invalid', 401]
  ]

  test.each(sentences)(
    '“%s” (%s, %i): the person is written with everything that fits',
    async (message, code, status) => {
      const { emulator, operations } = openWorkspace()
      emulator.fault({ match: { method: 'POST', path: '/contacts' }, ...refused(message, code, status) })
      const { losses } = await openWorker().deliver(identify({ name: 'Ada', plan: 'pro', seats: 'many', pets: 2 }))
      expect(operations()).toEqual([CREATE, LIST, CREATE])
      expect(emulator.state.contacts).toMatchObject([{ name: 'Ada', custom_attributes: { plan: 'pro' } }])
      expect(losses).toEqual([
        { path: 'custom_attributes.seats', reason: 'refused-by-intercom' },
        { path: 'custom_attributes.pets', reason: 'unknown-attribute' }
      ])
    }
  )

  test.each(sentences)('“%s” (%s, %i): so is the company', async (message, code, status) => {
    const { emulator, operations } = openWorkspace()
    emulator.fault({ match: { method: 'POST', path: '/companies' }, ...refused(message, code, status) })
    const { losses } = await openWorker().deliver(group({ plan: 'team', seats: 'many', tier: 'gold' }))
    expect(operations()).toEqual([COMPANY, LIST, COMPANY])
    expect(emulator.state.companies).toMatchObject([
      { name: 'Acme', plan: 'team', custom_attributes: { tier: 'gold' } }
    ])
    expect(losses).toEqual([{ path: 'company.custom_attributes.seats', reason: 'refused-by-intercom' }])
  })

  test.each([
    ['The owner specified is not a member of the workspace', [CREATE, CREATE], ['owner_id']],
    ['Oh no', [CREATE, CREATE], ['phone', 'avatar', 'owner_id']]
  ])('“%s” about a field of a person without attributes: the rest is written', async (message, calls, lost) => {
    const { emulator, operations } = openWorkspace()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, ...refused(message) })
    const traits = { name: 'Ada', phone: '+49 30 1234', avatar: 'https://example.com/a.png' }
    const { losses } = await openWorker().deliver(identify(traits), { mapping: { owner_id: '99' } })
    expect(operations()).toEqual(calls)
    expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', name: 'Ada', last_seen_at: SECONDS }])
    expect(losses).toEqual(lost.map((path) => ({ path, reason: 'refused-by-intercom' })))
  })

  test('keeps attributes that fit when Intercom rejects a field', async () => {
    const { emulator, operations } = openWorkspace()
    const { losses } = await openWorker().deliver(identify({ name: 'Ada', plan: 'pro' }), {
      mapping: { owner_id: '99' }
    })
    expect(operations()).toEqual([CREATE, LIST, CREATE])
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada', custom_attributes: { plan: 'pro' } }])
    expect(losses).toEqual([{ path: 'owner_id', reason: 'refused-by-intercom' }])
  })

  test('keeps the other values when Intercom rejects the address', async () => {
    const { emulator } = openWorkspace()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, ...refused('Email is invalid') })
    const { losses } = await openWorker().deliver(identify({ email: 'a@b', name: 'Ada', phone: '1' }))
    expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', email: null, name: 'Ada', phone: '1' }])
    expect(losses).toEqual([{ path: 'email', reason: 'refused-by-intercom' }])
  })

  test('does not leave out an address that alone identifies the person', async () => {
    const { emulator } = openWorkspace()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, ...refused('Email is invalid'), times: 9 })
    const lead = { ...identify({ email: 'a@b', name: 'Ada' }), userId: null }
    await expect(openWorker().deliver(lead)).rejects.toMatchObject({ name: 'IntegrationError', status: 400 })
    expect(emulator.state.contacts).toEqual([])
  })

  test('leaves out attributes that are rejected although they fit their types, as the last step', async () => {
    const { emulator, operations } = openWorkspace()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, ...refused('No'), times: 2 })
    const { losses } = await openWorker().deliver(identify({ name: 'Ada', phone: '1', plan: 'pro' }))
    expect(operations()).toEqual([CREATE, LIST, CREATE, CREATE])
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada', phone: null, custom_attributes: {} }])
    expect(losses).toEqual([
      { path: 'phone', reason: 'refused-by-intercom' },
      { path: 'custom_attributes.plan', reason: 'refused-by-intercom' }
    ])
  })

  test('does not leave out values when the rejection is about the contact itself', async () => {
    const { emulator, operations } = openWorkspace()
    const blocked = refused('The contact has been blocked and is not restorable', 'not_restorable')
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, ...blocked })
    await expect(openWorker().deliver(identify({ name: 'Ada', plan: 'pro' }))).rejects.toThrow('Unblock the contact')
    expect(operations()).toEqual([CREATE])
  })
})

describe('three calls, however many attributes do not fit', () => {
  test('thirty unknown attributes', async () => {
    const { operations, body } = openWorkspace()
    const { losses } = await openWorker().deliver(identify({ ...unknown(30), plan: 'pro' }))
    expect(operations()).toEqual([CREATE, LIST, CREATE])
    expect(body()).toMatchObject({ custom_attributes: { plan: 'pro' } })
    expect(losses).toHaveLength(30)
  })

  test('many attributes of other types, which are not sent once the types are cached', async () => {
    const { operations, body } = openWorkspace()
    const worker = openWorker()
    const bad = { seats: 'many', score: 'high', beta: 'no', trial_ends: 'soon', plan: 'pro' }
    const lost = ['seats', 'score', 'beta', 'trial_ends'].map((name) => ({
      path: `custom_attributes.${name}`,
      reason: 'refused-by-intercom'
    }))
    expect((await worker.deliver(identify(bad))).losses).toEqual(lost)
    expect(operations()).toEqual([CREATE, LIST, CREATE])
    expect((await worker.deliver(identify(bad))).losses).toEqual(lost)
    expect(operations().slice(3)).toEqual([UPDATE])
    expect(body()).toMatchObject({ custom_attributes: { plan: 'pro' } })
  })

  test('twelve unknown attributes of a company', async () => {
    const { operations } = openWorkspace()
    const { losses } = await openWorker().deliver(group(unknown(12)))
    expect(operations()).toEqual([COMPANY, LIST, COMPANY])
    expect(losses).toHaveLength(12)
  })

  test('twelve unknown attributes, without permission to list attributes', async () => {
    const { emulator, operations } = openWorkspace()
    emulator.fault({ match: { path: '/data_attributes' }, status: 403, times: 9 })
    const worker = openWorker()
    const { losses } = await worker.deliver(identify({ ...unknown(12), name: 'Ada' }))
    expect(operations()).toEqual([CREATE, LIST, CREATE])
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada' }])
    expect(losses.map(({ path }) => path)).toEqual(Object.keys(unknown(12)).map((name) => `custom_attributes.${name}`))
  })

  test('without the list, an attribute that a rejection named is not sent again', async () => {
    const { emulator, operations, body } = openWorkspace()
    emulator.fault({ match: { path: '/data_attributes' }, status: 403, times: 9 })
    const worker = openWorker()
    await worker.deliver(identify({ plan: 'pro', pets: 2 }))
    const { losses } = await worker.deliver(identify({ pets: 2, plan: 'team' }))
    expect(operations()).toEqual([CREATE, LIST, CREATE, UPDATE])
    expect(body()).toMatchObject({ custom_attributes: { plan: 'team' } })
    expect(losses).toEqual([{ path: 'custom_attributes.pets', reason: 'unknown-attribute' }])
  })

  test('writes the person without the list and without a name in the rejection', async () => {
    const { emulator, operations } = openWorkspace()
    emulator.fault({ match: { path: '/data_attributes' }, status: 403 })
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, ...refused('No') })
    const { losses } = await openWorker().deliver(identify({ name: 'Ada', phone: '1', plan: 'pro' }))
    expect(operations()).toEqual([CREATE, LIST, CREATE])
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada', phone: '1', custom_attributes: {} }])
    expect(losses).toEqual([{ path: 'custom_attributes.plan', reason: 'unchecked-attribute' }])
  })

  test('reads the list again after it failed once', async () => {
    const { emulator, operations } = openWorkspace()
    emulator.fault({ match: { path: '/data_attributes' }, ...refused('No', 'bad_request') })
    const worker = openWorker()
    await worker.deliver(identify({ plan: 'pro', pets: 2 }))
    const { losses } = await worker.deliver(identify({ pets: 2, plan: 'team' }))
    expect(operations()).toEqual([CREATE, LIST, CREATE, UPDATE, LIST, UPDATE])
    expect(emulator.state.contacts).toMatchObject([{ custom_attributes: { plan: 'team' } }])
    expect(losses).toEqual([{ path: 'custom_attributes.pets', reason: 'unknown-attribute' }])
  })

  test('rejects the event without the list if the mapping rejects unknown attributes', async () => {
    const { emulator } = openWorkspace()
    emulator.fault({ match: { path: '/data_attributes' }, status: 403 })
    const refusing = { mapping: { unknown_attributes: 'refuse' } }
    await expect(openWorker().deliver(identify({ plan: 'pro', pets: 2 }), refusing)).rejects.toThrow('“pets”')
    expect(emulator.state.contacts).toEqual([])
  })

  test('leaves out an attribute that was archived after the list was read, and reads the list again', async () => {
    let now = NOW
    const { emulator, operations } = openWorkspace()
    const worker = openWorker(() => now)
    await worker.deliver(identify({ plan: 'pro', pets: 2 }))
    now += 2 * 60_000
    const plan = emulator.state.dataAttributes.find(({ name }) => name === 'plan')
    await emulator.fetch(`https://api.intercom.io/data_attributes/${plan?.id ?? ''}`, {
      method: 'PUT',
      headers: { authorization: 'Bearer x', 'Intercom-Version': '2.16', 'content-type': 'application/json' },
      body: JSON.stringify({ archived: true })
    })
    const before = operations().length
    const { losses } = await worker.deliver(identify({ plan: 'team', seats: 3 }))
    expect(operations().slice(before)).toEqual([UPDATE, LIST, UPDATE])
    expect(emulator.state.contacts).toMatchObject([{ custom_attributes: { seats: 3 } }])
    expect(losses).toEqual([{ path: 'custom_attributes.plan', reason: 'unknown-attribute' }])
  })
})

describe.each([
  ['onEvent', ENTRY_POINTS.onEvent],
  ['onBatch', ENTRY_POINTS.onBatch]
])('numbers for a date attribute, through %s', (_door, send) => {
  test.each([
    ['milliseconds', 1704164645678],
    ['a fraction', 1704164645.678],
    ['digits as text', '1704164645678']
  ])('%s become whole seconds', async (_what, trial_ends) => {
    const { emulator } = openWorkspace()
    await send(openWorker(), identify({ trial_ends }))
    expect(emulator.state.contacts).toMatchObject([{ custom_attributes: { trial_ends: 1704164645 } }])
  })

  test('reads the list before it sends milliseconds, which Intercom may read as the year 55971', async () => {
    const { operations, emulator } = openWorkspace()
    const worker = openWorker()
    await send(worker, identify({ trial_ends: 1704164645678, score: 170416464567 }))
    expect(operations()).toEqual([LIST, CREATE])
    expect(emulator.state.contacts).toMatchObject([{ custom_attributes: { score: 170416464567 } }])
    await send(worker, identify({ trial_ends: 1704164645678 }))
    expect(operations()).toEqual([LIST, CREATE, UPDATE])
  })
})

describe('an attribute that exists already', () => {
  const takenBy = (holder: string, wanted: string) =>
    refused(`You already have 'mood' in your ${holder} data. To save this as new ${wanted} data, use a different name.`)

  test('in the same model: it is written', async () => {
    const { emulator, operations } = openWorkspace()
    emulator.fault({ match: { method: 'POST', path: '/companies' }, ...refused('No') })
    emulator.fault({ match: { method: 'POST', path: '/data_attributes' }, ...takenBy('company', 'company') })
    // Another process creates it in the meantime.
    emulator.seed({ companyAttributes: [] })
    const { losses } = await openWorker().deliver(group({ mood: 'good', tier: 'gold' }), creating)
    expect(operations().slice(0, 4)).toEqual([COMPANY, LIST, NEW_ATTRIBUTE, COMPANY])
    expect(emulator.requests[3]?.body).toMatchObject({ custom_attributes: { mood: 'good', tier: 'gold' } })
    expect(losses).toEqual([{ path: 'company.custom_attributes.mood', reason: 'unknown-attribute' }])
  })

  test('in the other model: it is left out, and not created again for now', async () => {
    const { operations, body } = openWorkspace()
    const worker = openWorker()
    const event = group({ nickname: 'Ace', tier: 'gold' })
    const { losses } = await worker.deliver(event, creating)
    expect(operations()).toEqual([COMPANY, LIST, NEW_ATTRIBUTE, COMPANY])
    expect(body()).toMatchObject({ custom_attributes: { tier: 'gold' } })
    expect(losses).toEqual([{ path: 'company.custom_attributes.nickname', reason: 'unknown-attribute' }])
    await worker.deliver(event, { mapping: { ...creating.mapping, unchanged_values: 'send' } })
    expect(operations().slice(4)).toEqual([COMPANY])
  })
})

describe('the type of a new attribute cannot be changed', () => {
  test.each([
    ['trial_ends_at', '2024-01-02T03:04:05Z', 'datetime', 1704164645],
    ['trialEndsAt', '2024-01-02T03:04:05.678+01:00', 'datetime', 1704161045],
    ['renewal_date', '2024-01-02', 'date', 1704153600],
    ['renewalDate', '2024-01-02', 'date', 1704153600],
    ['trial_ends_at', 'soon', 'string', 'soon'],
    ['trial_ends_at', '2024-01', 'string', '2024-01'],
    ['trial_ends_at', '2024-13-45', 'string', '2024-13-45'],
    ['habitat', '2024-01-02T03:04:05Z', 'string', '2024-01-02T03:04:05Z'],
    ['update', '2024-01-02', 'string', '2024-01-02'],
    ['score_at', 4, 'float', 4],
    ['level', 4, 'float', 4],
    ['level', 4.5, 'float', 4.5],
    ['vip', true, 'boolean', true]
  ])('%s: %p creates the type %s', async (name, value, data_type, stored) => {
    const { emulator } = openWorkspace()
    const { losses } = await openWorker().deliver(identify({ [name]: value }), creating)
    expect(losses).toEqual([])
    expect(emulator.state.dataAttributes.at(-1)).toMatchObject({ name, data_type })
    expect(emulator.state.contacts).toMatchObject([{ custom_attributes: { [name]: stored } }])
  })

  test('twelve new attributes need one call each, and three more', async () => {
    const { operations } = openWorkspace()
    const { losses } = await openWorker().deliver(identify(unknown(12)), creating)
    expect(losses).toEqual([])
    expect(operations()).toHaveLength(15)
  })
})
