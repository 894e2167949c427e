import { buildCompany, buildContact } from '..'

const AT = 1709805600

it.each([
  ['before 1970', '1965-05-01'],
  ['a number before 1970', -147052800],
  ['a Date before 1970', new Date('1965-05-01')],
  ['the zero time of Go', '0001-01-01T00:00:00Z'],
  ['beyond the numbers that are seconds', '9999-12-31']
])('keeps the other values of a person when a time is out of range: %s', (_title, time) => {
  const person = { external_id: 'u1', name: 'Ada', signed_up_at: time, last_seen_at: time }
  expect(buildContact(person)).toMatchObject({
    identity: { external_id: 'u1' },
    attributes: { name: 'Ada' },
    losses: [
      { path: 'signed_up_at', reason: 'out-of-range' },
      { path: 'last_seen_at', reason: 'out-of-range' }
    ]
  })
  expect(buildCompany({ id: 'c1', plan: 'pro', created_at: time })).toMatchObject({
    company: { company_id: 'c1', plan: 'pro' },
    losses: [{ path: 'company.created_at', reason: 'out-of-range' }]
  })
})

it.each([
  ['a Date', new Date('2024-03-07T10:00:00Z')],
  ['its JSON', '2024-03-07T10:00:00.000Z'],
  ['Ruby', '2024-03-07 10:00:00 UTC'],
  ['Go', '2024-03-07 11:00:00.5 +0100 CET m=+0.01'],
  ['Java', '2024-03-07T11:00:00+01:00[Europe/Berlin]'],
  ['.NET', '2024-03-07T10:00:00.1234567Z'],
  ['words', 'March 7, 2024 10:00 AM']
])('reads a sign-up date in the format of %s', (_title, time) => {
  expect(buildContact({ external_id: 'u1', signed_up_at: time })).toMatchObject({
    attributes: { signed_up_at: AT },
    losses: []
  })
  expect(buildCompany({ id: 'c1', created_at: time })).toMatchObject({ company: { created_at: AT }, losses: [] })
})

it('stores a Date in a custom attribute as seconds, even a birthday, and a text that looks like one as text', () => {
  const custom_attributes = {
    renewal: new Date('2024-03-07T10:00:00Z'),
    birthday: new Date('1965-05-01'),
    since: '2024-03-07T10:00:00.000Z'
  }
  expect(buildContact({ external_id: 'u1', custom_attributes })).toMatchObject({
    custom: { renewal: AT, birthday: -147398400, since: '2024-03-07T10:00:00.000Z' },
    losses: []
  })
})

it('treats blank text as absent in a field, and as a value in a custom attribute', () => {
  const custom_attributes = { note: ' ', cleared: '' }
  const person = { external_id: 'u1', email: ' ', name: '\t', signed_up_at: ' ', avatar: '\u00a0', custom_attributes }
  expect(buildContact(person)).toMatchObject({ identity: { external_id: 'u1' }, attributes: {}, losses: [] })
  expect(buildContact(person).attributes).toEqual({})
  expect(buildContact(person).custom).toEqual({ note: ' ', cleared: '' })
  expect(buildCompany({ id: 'c1', plan: ' ', website: ' ', industry: '\t', size: ' ' })).toEqual({
    company: { company_id: 'c1', custom: {}, remove: false },
    losses: []
  })
})

it('accepts a name of 130 emoji and reports one of 256 as a loss', () => {
  expect(buildContact({ external_id: 'u1', name: '😀'.repeat(130) }).losses).toEqual([])
  expect(buildContact({ external_id: 'u1', name: '😀'.repeat(256) }).losses).toEqual([
    { path: 'name', reason: 'too-long' }
  ])
  expect(buildContact({ external_id: 'u1', custom_attributes: { mood: '😀'.repeat(130) } }).losses).toEqual([])
})

it('accepts an avatar without a scheme, but not a file name', () => {
  const avatarOf = (avatar: string) => buildContact({ external_id: 'u1', avatar }).attributes.avatar
  expect(['//host/avatar.png', 'www.example.com/a.png', 'me.png'].map(avatarOf)).toEqual([
    'https://host/avatar.png',
    'https://www.example.com/a.png',
    undefined
  ])
})
