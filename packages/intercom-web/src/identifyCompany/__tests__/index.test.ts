import { runEvent } from '../../test-support/run-events'

const group = (traits: unknown, more: object = {}) => ({
  type: 'group' as const,
  userId: 'u1',
  groupId: 'c1',
  traits,
  ...more
})

it('sends the company with everything known about it (W15)', async () => {
  const { calls, losses } = await runEvent(
    group({
      name: 'Acme',
      createdAt: '2020-01-01T00:00:00Z',
      plan: 'pro',
      employees: 120,
      monthlySpend: 99,
      website: 'https://acme.example',
      industry: 'Tools',
      tier: 'gold',
      trial: false
    })
  )
  expect(calls).toEqual([
    [
      'update',
      {
        company: {
          company_id: 'c1',
          name: 'Acme',
          created_at: 1577836800,
          plan: 'pro',
          size: 120,
          monthly_spend: 99,
          website: 'https://acme.example',
          industry: 'Tools',
          tier: 'gold',
          trial: false
        }
      }
    ]
  ])
  expect(losses).toEqual([])
})

it.each([
  ['null', null],
  ['undefined', undefined],
  ['an empty object', {}],
  ['an empty text', '']
])('makes of traits that are %s a company with an id, and of nothing else (W9, W11)', async (_title, traits) => {
  const { calls } = await runEvent(group(traits))
  expect(calls).toEqual([['update', { company: { company_id: 'c1' } }]])
})

it('derives the id from the name when the group has none (W11)', async () => {
  const { calls } = await runEvent(group({ name: 'Acme' }, { groupId: null }))
  expect(calls).toEqual([['update', { company: { company_id: '79d894520f4f94c267986a819e110bec', name: 'Acme' } }]])
})

it('says nothing to Intercom about a group that is nobody, and names the loss', async () => {
  expect(await runEvent(group(null, { groupId: undefined }))).toMatchObject({ calls: [], losses: [] })
  expect(await runEvent(group({ plan: 'pro' }, { groupId: undefined }))).toMatchObject({
    calls: [],
    losses: [{ path: 'company', reason: 'no-company-id' }]
  })
})

it('says remove only where it is meant', async () => {
  const { calls } = await runEvent(group({ remove: true }))
  expect(calls).toEqual([['update', { company: { company_id: 'c1', remove: true } }]])
})

it('never lets a trait overwrite the id (W16)', async () => {
  const { calls, losses } = await runEvent(group({ company_id: 'other', app_id: 'other', tier: 'gold' }))
  expect(calls).toEqual([['update', { company: { company_id: 'c1', tier: 'gold' } }]])
  expect(losses).toEqual([
    { path: 'company.custom_attributes.company_id', reason: 'no-field-reads-it' },
    { path: 'company.custom_attributes.app_id', reason: 'reserved-key' }
  ])
})

it('carries launcher flag and activator along', async () => {
  const event = group({ name: 'Acme' }, { context: { Intercom: { hideDefaultLauncher: true } } })
  const { calls } = await runEvent(event, { activator: '#help' })
  expect(calls).toEqual([
    [
      'update',
      { company: { company_id: 'c1', name: 'Acme' }, hide_default_launcher: true, widget: { activator: '#help' } }
    ]
  ])
})
