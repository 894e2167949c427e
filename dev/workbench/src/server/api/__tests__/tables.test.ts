import { createEmulator } from '@intercom-destinations/emulator'
import { toCompany } from '../company'
import { toPerson } from '../person'
import { countHeld, toTable } from '../tables'

const emulator = () =>
  createEmulator({
    clock: () => 1_700_000_000_000,
    contactAttributes: [{ name: 'plan', data_type: 'string' }],
    seed: {
      tags: [{ id: 't1', name: 'VIP' }],
      companies: [{ id: 'co1', company_id: 'acme', name: 'Acme', plan: 'pro', size: 7 }],
      contacts: [
        {
          id: 'c1',
          external_id: 'u1',
          email: 'ada@example.com',
          name: 'Ada',
          tags: ['VIP'],
          signed_up_at: 1_600_000_000,
          custom_attributes: { plan: 'pro' }
        },
        { id: 'c2', role: 'lead', email: 'bob@example.com' }
      ],
      attachments: [{ contact: 'c1', company: 'co1' }]
    }
  })

const all = { search: '', limit: 100 }

test('people are listed newest first, with their companies and attributes, and without a lead’s generated id', () => {
  const { rows, columns } = toTable('contacts', emulator().state, all)
  expect(columns).toEqual(['Name', 'E-mail', 'External ID', 'Role', 'Companies', 'Custom attributes', 'Status'])
  expect(rows).toEqual([
    { id: 'c2', contactId: 'c2', cells: ['', 'bob@example.com', '', 'lead', '', '', 'active'] },
    {
      id: 'c1',
      contactId: 'c1',
      cells: ['Ada', 'ada@example.com', 'u1', 'user', 'Acme', 'plan: pro', 'active']
    }
  ])
})

test('the search covers every cell and returns the number of matches', () => {
  const { state } = emulator()
  expect(toTable('contacts', state, { search: ' ACME ', limit: 100 })).toMatchObject({ found: 1, total: 2 })
  expect(toTable('contacts', state, { search: 'unknown', limit: 100 })).toMatchObject({ rows: [], found: 0, total: 2 })
  expect(toTable('contacts', state, { search: '', limit: 1 })).toMatchObject({ found: 2, total: 2 })
  expect(toTable('contacts', state, { search: '', limit: 1 }).rows).toHaveLength(1)
})

test('a company counts its active people only', () => {
  const intercom = emulator()
  intercom.seed({ contacts: [{ id: 'c3', status: 'archived' }], attachments: [{ contact: 'c3', company: 'co1' }] })
  expect(toTable('companies', intercom.state, all).rows[0]?.cells[5]).toBe('1')
})

test('a search does not match text across two cells', () => {
  expect(toTable('contacts', emulator().state, { search: 'userAcme', limit: 100 }).found).toBe(0)
})

test('companies and tags show how many people they have, and attributes their type', () => {
  const { state } = emulator()
  expect(toTable('companies', state, all).rows[0]?.cells).toEqual(['Acme', 'acme', 'pro', '7', '0', '1', ''])
  expect(toTable('tags', state, all).rows[0]?.cells).toEqual(['VIP', '1', '0'])
  expect(toTable('attributes', state, all).rows[0]?.cells).toEqual(['plan', 'contact', 'string', '', 'in use'])
  expect(countHeld(state)).toEqual({ contacts: 2, companies: 1, events: 0, tags: 1, attributes: 1 })
})

test('a person’s page has attributes, companies, tags and events', async () => {
  const intercom = emulator()
  const did = (event: object) =>
    intercom.fetch('http://emulator/events', {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify({ user_id: 'u1', ...event })
    })
  await did({ event_name: 'Bought', created_at: 1_690_000_000, metadata: { coupon: 'MAY' } })
  await did({ event_name: 'Looked', created_at: 1_680_000_000 })
  await did({ event_name: 'Thanked', created_at: 1_690_000_000 })
  expect(toPerson('c1', intercom.state)).toEqual({
    id: 'c1',
    title: 'Ada',
    status: 'active',
    attributes: [
      { name: 'role', value: 'user', custom: false },
      { name: 'external_id', value: 'u1', custom: false },
      { name: 'email', value: 'ada@example.com', custom: false },
      { name: 'name', value: 'Ada', custom: false },
      { name: 'signed_up_at', value: '2020-09-13T12:26:40Z', custom: false },
      { name: 'unsubscribed_from_emails', value: false, custom: false },
      { name: 'plan', value: 'pro', custom: true }
    ],
    companies: [{ id: 'co1', name: 'Acme' }],
    tags: ['VIP'],
    timeline: [
      { at: 1_690_000_000, name: 'Thanked', metadata: {}, ignored: [] },
      { at: 1_690_000_000, name: 'Bought', metadata: { coupon: 'MAY' }, ignored: [] },
      { at: 1_680_000_000, name: 'Looked', metadata: {}, ignored: [] }
    ]
  })
  expect(toPerson('unknown', intercom.state)).toBeUndefined()
})

test('a company’s page has its attributes and its people', () => {
  const { state } = emulator()
  const { attributes = [], ...company } = toCompany('co1', state) ?? {}
  expect(company).toEqual({
    id: 'co1',
    title: 'Acme',
    tags: [],
    people: [{ id: 'c1', title: 'Ada', email: 'ada@example.com' }],
    peopleCount: 1
  })
  expect(attributes.filter(({ name }) => !name.endsWith('_at'))).toEqual([
    { name: 'company_id', value: 'acme', custom: false },
    { name: 'name', value: 'Acme', custom: false },
    { name: 'plan', value: 'pro', custom: false },
    { name: 'size', value: 7, custom: false },
    { name: 'monthly_spend', value: 0, custom: false }
  ])
  expect(toTable('companies', state, all).rows[0]?.companyId).toBe('co1')
  expect(toCompany('unknown', state)).toBeUndefined()
})
