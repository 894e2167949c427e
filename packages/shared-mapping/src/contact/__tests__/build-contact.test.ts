import { buildContact } from '../build-contact'

const company = { company_id: 'c1', custom: {}, remove: false }

test.each([
  [
    'a user id and an e-mail',
    { external_id: 'u1', email: 'ada@example.com' },
    { kind: 'user', external_id: 'u1', email: 'ada@example.com' }
  ],
  ['a user id alone', { external_id: 'u1' }, { kind: 'user', external_id: 'u1' }],
  ['a numeric user id', { external_id: 7 }, { kind: 'user', external_id: '7' }],
  ['an e-mail alone', { email: ' ada@example.com ' }, { kind: 'user', email: 'ada@example.com' }],
  [
    'an invalid e-mail with a user id',
    { external_id: 'u1', email: 'not-an-email' },
    { kind: 'user', external_id: 'u1' }
  ],
  ['neither', { external_id: '', email: null }, { kind: 'unidentified', role: 'user' }],
  ['an invalid e-mail alone', { email: 'not-an-email' }, { kind: 'unidentified', role: 'user' }],
  ['a lead with an e-mail', { role: 'lead', email: 'ada@example.com' }, { kind: 'lead', email: 'ada@example.com' }],
  [
    'a lead with a user id too',
    { role: 'lead', external_id: 'u1', email: 'ada@example.com' },
    { kind: 'lead', email: 'ada@example.com' }
  ],
  ['a lead without an e-mail', { role: 'lead', external_id: 'u1' }, { kind: 'unidentified', role: 'lead' }],
  ['a role that Intercom does not have', { role: 'admin', external_id: 'u1' }, { kind: 'user', external_id: 'u1' }]
])('the identity from %s', (_title, input, identity) => {
  expect(buildContact(input).identity).toEqual(identity)
})

test('the user id of a lead is a loss, because Intercom assigns ids to leads', () => {
  expect(buildContact({ role: 'lead', external_id: 'u1', email: 'ada@example.com' }).losses).toEqual([
    { path: 'external_id', reason: 'not-for-leads' }
  ])
})

test('every field is converted', () => {
  expect(
    buildContact({
      external_id: 'u1',
      name: 'Ada',
      phone: 4930123,
      avatar: 'https://example.com/ada.png',
      signed_up_at: '2020-01-01',
      last_seen_at: 1704164645678,
      owner_id: '12',
      unsubscribed_from_emails: 'false',
      language_override: 'de'
    })
  ).toEqual({
    identity: { kind: 'user', external_id: 'u1' },
    attributes: {
      name: 'Ada',
      phone: '4930123',
      avatar: 'https://example.com/ada.png',
      signed_up_at: 1577836800,
      last_seen_at: 1704164645,
      owner_id: 12,
      unsubscribed_from_emails: false,
      language_override: 'de'
    },
    isPartialName: false,
    custom: {},
    company: undefined,
    companies: [],
    losses: []
  })
})

test('keeps the other fields when one cannot be read', () => {
  const built = buildContact({
    external_id: 'u1',
    email: 'not-an-email',
    phone: {},
    avatar: 'me.png',
    signed_up_at: 'yesterday',
    owner_id: 'Grace',
    unsubscribed_from_emails: 'no'
  })
  expect(built.attributes).toEqual({})
  expect(built.losses).toEqual([
    { path: 'email', reason: 'not-an-email' },
    { path: 'phone', reason: 'not-text' },
    { path: 'avatar', reason: 'not-a-url' },
    { path: 'signed_up_at', reason: 'not-a-date' },
    { path: 'owner_id', reason: 'not-a-number' },
    { path: 'unsubscribed_from_emails', reason: 'not-a-boolean' }
  ])
})

test('keeps the other fields when a text is too long', () => {
  const built = buildContact({
    external_id: 'u1',
    name: 'x'.repeat(256),
    company: { id: 'c1', plan: 'x'.repeat(256) }
  })
  expect(built.identity).toEqual({ kind: 'user', external_id: 'u1' })
  expect(built.attributes).toEqual({})
  expect(built.company).toEqual(company)
  expect(built.losses).toEqual([
    { path: 'name', reason: 'too-long' },
    { path: 'company.plan', reason: 'too-long' }
  ])
})

test('a person whose user id is too long is identified by e-mail address', () => {
  expect(buildContact({ external_id: 'u'.repeat(256), email: 'ada@example.com' })).toMatchObject({
    identity: { kind: 'user', email: 'ada@example.com' },
    losses: [{ path: 'external_id', reason: 'too-long' }]
  })
  expect(buildContact({ external_id: 'u'.repeat(256) }).identity).toEqual({ kind: 'unidentified', role: 'user' })
  expect(buildContact({ external_id: 'u'.repeat(255) }).identity).toEqual({
    kind: 'user',
    external_id: 'u'.repeat(255)
  })
})

test('keeps the person when a company is invalid', () => {
  expect(
    buildContact({ external_id: 'u1', name: 'Ada', company: { id: 'c'.repeat(256), name: 'Acme' } })
  ).toMatchObject({
    identity: { kind: 'user', external_id: 'u1' },
    attributes: { name: 'Ada' },
    company: undefined,
    losses: [{ path: 'company.company_id', reason: 'too-long' }]
  })
})

test('a list in the place of one company is a list of companies', () => {
  const list = [{ id: 'c1' }, { plan: 'pro' }]
  const expected = {
    company: undefined,
    companies: [company],
    losses: [{ path: 'company[1]', reason: 'no-company-id' }]
  }
  expect(buildContact({ company: list })).toMatchObject(expected)
  expect(buildContact({ company: { company_id: list, company_custom_traits: list } })).toMatchObject(expected)
  expect(buildContact({ company: list, companies: [{ id: 'c2' }] }).companies).toEqual([
    company,
    { ...company, company_id: 'c2' }
  ])
  expect(buildContact({ company: [] })).toMatchObject({ company: undefined, companies: [], losses: [] })
})

test('reads a picture from Intercom’s own avatar object', () => {
  const avatar = { type: 'avatar', image_url: 'https://example.com/ada.png' }
  expect(buildContact({ avatar })).toMatchObject({ attributes: { avatar: 'https://example.com/ada.png' }, losses: [] })
  expect(buildContact({ avatar: { type: 'avatar' } }).losses).toEqual([{ path: 'avatar', reason: 'not-a-url' }])
})

test.each([
  [{ createdAt: ' ', created_at: 1577836800 }],
  [{ createdAt: '', created: 1577836800 }],
  [{ signedUpAt: '\t', signed_up_at: '1577836800' }],
  [{ remoteCreatedAt: 1577836800 }]
])('a blank sign-up date does not hide the same date under another name: %p', (traits) => {
  const { attributes, custom, losses } = buildContact({ signed_up_at: '', custom_attributes: traits })
  expect({ attributes, custom, losses }).toEqual({ attributes: { signed_up_at: 1577836800 }, custom: {}, losses: [] })
})

test.each([
  ['both, camel case', { firstName: 'Ada', lastName: 'Lovelace' }, 'Ada Lovelace'],
  ['both, snake case', { first_name: 'Ada', last_name: 'Lovelace' }, 'Ada Lovelace'],
  ['one of each', { firstName: 'Ada', last_name: 'Lovelace' }, 'Ada Lovelace'],
  ['an empty name with another one', { firstName: '', first_name: 'Ada', lastName: 'L', last_name: 'M' }, 'Ada L'],
  ['the first alone', { firstName: 'Ada' }, 'Ada'],
  ['the last alone', { lastName: ' Lovelace ' }, 'Lovelace'],
  ['neither', { firstName: '', lastName: null }, undefined]
])('a missing name is combined from %s', (_title, traits, name) => {
  expect(buildContact({ custom_attributes: traits }).attributes.name).toBe(name)
})

test.each([
  ['a first name alone', { custom_attributes: { firstName: 'Ada' } }, true],
  ['a last name with a blank first name', { custom_attributes: { first_name: ' ', last_name: 'Lovelace' } }, true],
  ['both parts', { custom_attributes: { firstName: 'Ada', lastName: 'Lovelace' } }, false],
  ['a full name with a partial one', { name: 'Ada', custom_attributes: { firstName: 'Ada' } }, false],
  ['no name', {}, false],
  ['a part that is too long', { custom_attributes: { firstName: 'x'.repeat(256) } }, false]
])('a first name alone never renames a person: %s is marked %p', (_title, input, isPartial) => {
  expect(buildContact(input).isPartialName).toBe(isPartial)
})

test('traits that have their own field are not custom attributes, and not a loss', () => {
  const traits = {
    id: 7,
    userId: '7',
    user_id: 7,
    name: 'Ada',
    firstName: 'Ada',
    first_name: 'Ada',
    lastName: 'L',
    last_name: 'L',
    email: 'ada@example.com',
    phone: '1',
    avatar: 'x',
    createdAt: 1577836800,
    created_at: 1577836800,
    created: 1577836800,
    signedUpAt: 1577836800,
    company: 'Acme',
    companies: [],
    plan: 'pro'
  }
  const { custom, losses } = buildContact({ external_id: 7, custom_attributes: traits })
  expect(custom).toEqual({ plan: 'pro' })
  expect(losses).toEqual([])
})

test('an id in the traits that differs from the person’s is a loss, because no field reads it', () => {
  expect(
    buildContact({ external_id: 'u1', custom_attributes: { id: 'u2', userId: ' ', user_id: 'u1' } })
  ).toMatchObject({
    custom: {},
    losses: [{ path: 'custom_attributes.id', reason: 'no-field-reads-it' }]
  })
})

test('custom attributes can be texts, numbers, booleans, null and dates; everything else is reported as a loss', () => {
  const { custom, losses } = buildContact({
    custom_attributes: {
      plan: 'pro',
      note: '',
      seats: 3,
      beta: false,
      cleared: null,
      trial_ends: new Date('2024-01-02T03:04:05Z'),
      address: { city: 'Bonn' },
      labels: ['a'],
      score: Number.NaN,
      since: new Date('soon'),
      'a.b': 1,
      $set: 1,
      bio: 'x'.repeat(256),
      motto: 'y'.repeat(255)
    }
  })
  expect(custom).toEqual({
    plan: 'pro',
    note: '',
    seats: 3,
    beta: false,
    cleared: null,
    trial_ends: 1704164645,
    motto: 'y'.repeat(255)
  })
  expect(losses).toEqual([
    { path: 'custom_attributes.address', reason: 'nested-value' },
    { path: 'custom_attributes.labels', reason: 'nested-value' },
    { path: 'custom_attributes.score', reason: 'not-storable' },
    { path: 'custom_attributes.since', reason: 'not-a-date' },
    { path: 'custom_attributes.a.b', reason: 'bad-name' },
    { path: 'custom_attributes.$set', reason: 'bad-name' },
    { path: 'custom_attributes.bio', reason: 'too-long' }
  ])
})

test('custom attributes cannot set or prove the identity of a person, or reach a prototype', () => {
  const traits: unknown = JSON.parse(
    '{ "__proto__": { "admin": true }, "constructor": 1, "external_id": "x", "user_hash": "x", "userHash": "x", "intercom_user_jwt": "x", "app_id": "x", "role": "admin", "plan": "pro" }'
  )
  const { custom, losses } = buildContact({ external_id: 'u1', custom_attributes: traits })
  expect(Object.keys(custom)).toEqual(['plan'])
  expect(custom).not.toHaveProperty('admin')
  expect(losses.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    'custom_attributes.__proto__ reserved-key',
    'custom_attributes.constructor reserved-key',
    'custom_attributes.external_id reserved-key',
    'custom_attributes.user_hash reserved-key',
    'custom_attributes.userHash reserved-key',
    'custom_attributes.intercom_user_jwt reserved-key',
    'custom_attributes.app_id reserved-key',
    'custom_attributes.role reserved-key'
  ])
})

test('traits that are not an object are a loss, not an error', () => {
  expect(buildContact({ custom_attributes: 'plan=pro' }).losses).toEqual([
    { path: 'custom_attributes', reason: 'not-an-object' }
  ])
})

test('device and app are stored only if the mapping includes them, and never replace the customer’s own attributes', () => {
  const context_attributes = { device_type: 'ios', os_name: null, app_version: '2.1' }
  expect(buildContact({ context_attributes }).custom).toEqual({})
  expect(
    buildContact({ context_attributes, include_context: 'true', custom_attributes: { app_version: '3' } }).custom
  ).toEqual({
    device_type: 'ios',
    app_version: '3'
  })
})

test('builds the companies of the person, with their losses', () => {
  const built = buildContact({
    external_id: 'u1',
    company: { id: 'c1', size: 'many' },
    companies: [{ id: 'c1' }, { plan: 'pro' }]
  })
  expect(built.company).toEqual(company)
  expect(built.companies).toEqual([company])
  expect(built.losses).toEqual([
    { path: 'company.size', reason: 'not-a-number' },
    { path: 'companies[1]', reason: 'no-company-id' }
  ])
})
