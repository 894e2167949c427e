import { buildCompanies, buildCompany } from '../build-company'

/** MD5 of "Acme", from `printf Acme | md5sum`. */
const ACME = '79d894520f4f94c267986a819e110bec'

const acme = { company_id: ACME, name: 'Acme', custom: {}, remove: false }

test.each([
  ['null', null],
  ['nothing', undefined],
  ['an empty text', ''],
  ['spaces', '   '],
  ['an empty object', {}],
  ['what a mapping makes of null', { company_id: null, name: null, plan: null, size: null }],
  ['what a mapping makes of an empty text', { company_id: '', name: '', plan: '', company_custom_traits: '' }],
  ['what a mapping makes of an empty object', { company_id: {}, company_custom_traits: {} }]
])('%s is neither a company nor a loss', (_title, input) => {
  expect(buildCompany(input)).toEqual({ company: undefined, losses: [] })
})

test.each([
  ['text instead of an object', ' Acme '],
  ['what the default mapping makes of text', { company_id: 'Acme', company_custom_traits: 'Acme' }],
  ['a name without an id', { name: 'Acme' }]
])('%s gets the MD5 of its name as its id', (_title, input) => {
  expect(buildCompany(input)).toEqual({ company: acme, losses: [] })
})

test('a name outside ASCII is hashed as UTF-8', () => {
  expect(buildCompany('Café').company?.company_id).toBe('4655bd14eebfaf444e5b33d6851dbbd0')
})

test('an id without a name does not overwrite the name of the company', () => {
  expect(buildCompany({ id: 42 })).toEqual({
    company: { company_id: '42', custom: {}, remove: false },
    losses: []
  })
  const mapped = { company_id: 42, company_custom_traits: 42 }
  expect(buildCompany(mapped)).toEqual(buildCompany(42))
  expect(buildCompany(42).company).toEqual({ company_id: '42', custom: {}, remove: false })
})

test.each([
  ['false', false, { company: undefined, losses: [{ path: 'company', reason: 'not-an-object' }] }],
  ['zero', 0, { company: { company_id: '0', custom: {}, remove: false }, losses: [] }]
])('a company that is sent as %s does not become a company with that name', (_title, value, built) => {
  const mapped = {
    company_id: value,
    name: value,
    plan: value,
    size: value,
    company_custom_traits: value,
    remove: value
  }
  expect(buildCompany(mapped)).toEqual(built)
})

test('the third name of the id is read in the web half and the cloud half', () => {
  const traits = { companyId: 'c9', name: 'Nine' }
  const mapped = { company_id: traits, name: 'Nine', company_custom_traits: traits }
  expect(buildCompany(traits)).toEqual({
    company: { company_id: 'c9', name: 'Nine', custom: {}, remove: false },
    losses: []
  })
  expect(buildCompany(mapped)).toEqual(buildCompany(traits))
})

test('a name of spaces is not a name', () => {
  expect(buildCompany({ id: 'c1', name: '  ' }).company).toEqual({ company_id: 'c1', custom: {}, remove: false })
})

test('an id that equals the name is kept', () => {
  expect(buildCompany({ id: 'Acme', name: 'Acme' }).company?.company_id).toBe('Acme')
  expect(
    buildCompany({ company_id: 'Acme', name: 'Acme', company_custom_traits: { id: 'Acme', name: 'Acme' } }).company
      ?.company_id
  ).toBe('Acme')
})

test('a company without id and name is reported as a loss', () => {
  expect(buildCompany({ plan: 'pro' })).toEqual({
    company: undefined,
    losses: [{ path: 'company', reason: 'no-company-id' }]
  })
  expect(buildCompany({ company_id: { plan: 'pro' }, plan: 'pro', company_custom_traits: { plan: 'pro' } })).toEqual({
    company: undefined,
    losses: [{ path: 'company', reason: 'no-company-id' }]
  })
  expect(buildCompany(true)).toEqual({ company: undefined, losses: [{ path: 'company', reason: 'not-an-object' }] })
})

test('every name of a known field is read, and other names become custom attributes', () => {
  const traits = {
    id: 'c1',
    name: 'Acme',
    createdAt: '2020-01-01T00:00:00Z',
    plan: 'pro',
    employees: '120',
    monthlySpend: 100,
    website: 'acme.example',
    industry: 'Tools',
    tier: 'gold',
    remove: 'true'
  }
  expect(buildCompany(traits)).toEqual({
    company: {
      company_id: 'c1',
      name: 'Acme',
      created_at: 1577836800,
      plan: 'pro',
      size: 120,
      monthly_spend: 100,
      website: 'acme.example',
      industry: 'Tools',
      custom: { tier: 'gold' },
      remove: true
    },
    losses: []
  })
})

test('of two names for the same field, the contract’s first one takes precedence', () => {
  const traits = {
    id: 'c1',
    company_id: 'c2',
    employees: 5,
    size: 6,
    createdAt: 1700000001,
    created_at: 1700000002,
    monthly_spend: 7,
    monthlySpend: 8
  }
  expect(buildCompany(traits).company).toMatchObject({
    company_id: 'c1',
    size: 5,
    created_at: 1700000001,
    monthly_spend: 7
  })
})

test('keeps the other values when Intercom cannot store one', () => {
  const traits = {
    id: 'c1',
    size: '11-50',
    created_at: 'yesterday',
    monthly_spend: 3e9,
    remove: 'no',
    user_count: 7,
    address: { city: 'Bonn' }
  }
  expect(buildCompany(traits)).toEqual({
    company: { company_id: 'c1', custom: {}, remove: false },
    losses: [
      { path: 'company.created_at', reason: 'not-a-date' },
      { path: 'company.monthly_spend', reason: 'out-of-range' },
      { path: 'company.size', reason: 'not-a-number' },
      { path: 'company.remove', reason: 'not-a-boolean' },
      { path: 'company.custom_attributes.user_count', reason: 'reserved-key' },
      { path: 'company.custom_attributes.address', reason: 'nested-value' }
    ]
  })
})

test.each([
  ['monthly_spend', 99.5, 100],
  ['monthlySpend', '1.4', 1],
  ['monthly_spend', -0.4, 0]
])('a fraction that Intercom would cut off is rounded and reported: %s %p', (key, sent, monthly_spend) => {
  expect(buildCompany({ id: 'c1', [key]: sent })).toEqual({
    company: { company_id: 'c1', monthly_spend, custom: {}, remove: false },
    losses: [{ path: 'company.monthly_spend', reason: 'rounded' }]
  })
})

test('blank texts do not overwrite values in Intercom', () => {
  const blanks = { name: ' ', plan: ' ', website: '  ', industry: '\t', size: ' ', createdAt: '\n', monthly_spend: '' }
  expect(buildCompany({ id: 'c1', ...blanks })).toEqual({
    company: { company_id: 'c1', custom: {}, remove: false },
    losses: []
  })
})

test.each([
  [{ createdAt: ' ', created_at: '', created: '1970-01-01T00:00:05Z', remoteCreatedAt: 6 }, { created_at: 5 }],
  [{ createdAt: null, remoteCreatedAt: 1577836800 }, { created_at: 1577836800 }],
  [{ employees: '', employee_count: '7', size: 8 }, { size: 7 }],
  [{ employees: '\t', employee_count: ' ', size: 8 }, { size: 8 }],
  [{ monthly_spend: ' ', monthlySpend: 9 }, { monthly_spend: 9 }],
  [{ employees: 0, size: 8 }, { size: 0 }]
])('a blank value does not hide the same field under another name: %p', (traits, known) => {
  const company = { company_id: 'c1', ...known, custom: {}, remove: false }
  expect(buildCompany({ id: 'c1', ...traits })).toEqual({ company, losses: [] })
  expect(buildCompany({ company_id: 'c1', company_custom_traits: traits })).toEqual({ company, losses: [] })
})

test('a company whose id or name is too long is reported as a loss and does not get another id', () => {
  const long = 'x'.repeat(256)
  const lost = (path: string) => ({ company: undefined, losses: [{ path, reason: 'too-long' }] })
  expect(buildCompany({ id: long, name: 'Acme', plan: 'pro' })).toEqual(lost('company.company_id'))
  expect(buildCompany(long)).toEqual(lost('company'))
  expect(buildCompany({ name: long, tier: 'gold' })).toEqual(lost('company.name'))
  expect(buildCompany({ id: 'c1', name: long })).toEqual({
    company: { company_id: 'c1', custom: {}, remove: false },
    losses: [{ path: 'company.name', reason: 'too-long' }]
  })
  expect(buildCompany({ id: 'x'.repeat(255) }).company?.company_id).toBe('x'.repeat(255))
})

test('a company from which the person is removed gets no name, because the id would rename it', () => {
  expect(buildCompany({ id: 'acme-42', remove: true }).company).toEqual({
    company_id: 'acme-42',
    custom: {},
    remove: true
  })
})

test('custom traits of the mapping cannot overwrite fields of the company', () => {
  const { company, losses } = buildCompany({
    company_id: 'c1',
    name: 'Acme',
    company_custom_traits: { company_id: 'other', name: 'Other', app_id: 'x', tier: 'gold' }
  })
  expect(company).toEqual({ company_id: 'c1', name: 'Acme', custom: { tier: 'gold' }, remove: false })
  expect(losses).toEqual([
    { path: 'company.custom_attributes.company_id', reason: 'no-field-reads-it' },
    { path: 'company.custom_attributes.app_id', reason: 'reserved-key' }
  ])
})

test.each([
  ['nothing', undefined, []],
  ['an empty list', [], []],
  ['an empty object', {}, []],
  ['a list of nothings', [null, '', {}], []],
  ['a text', 'Acme', [acme]],
  ['a list of a text', ['Acme'], [acme]],
  ['an object', { name: 'Acme' }, [acme]]
])('companies: %s', (_title, input, companies) => {
  expect(buildCompanies(input)).toEqual({ companies, losses: [] })
})

test('a list of companies that a mapping passes as one company is a list', () => {
  const list = [{ id: 'c1' }, 'Acme']
  const companies = [{ company_id: 'c1', custom: {}, remove: false }, acme]
  expect(buildCompanies({ company_id: list, company_custom_traits: list })).toEqual({ companies, losses: [] })
  expect(buildCompanies({ company_custom_traits: list })).toEqual({ companies, losses: [] })
})

test('keeps the other companies of a list when one cannot be read', () => {
  expect(buildCompanies(['Acme', 5n, { plan: 'pro' }])).toEqual({
    companies: [acme],
    losses: [
      { path: 'companies[1]', reason: 'not-an-object' },
      { path: 'companies[2]', reason: 'no-company-id' }
    ]
  })
})
