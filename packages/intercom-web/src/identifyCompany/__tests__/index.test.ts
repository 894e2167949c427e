import { runEvent } from '../../test-support/run-events'

const group = (traits: unknown, more: object = {}) => ({
  type: 'group' as const,
  userId: 'u1',
  groupId: 'c1',
  traits,
  ...more
})

it('sends the company with all its traits', async () => {
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
])('sends a company with only an id for traits that are %s', async (_title, traits) => {
  const { calls } = await runEvent(group(traits))
  expect(calls).toEqual([['update', { company: { company_id: 'c1' } }]])
})

it('derives the id from the name if the group has none', async () => {
  const { calls } = await runEvent(group({ name: 'Acme' }, { groupId: null }))
  expect(calls).toEqual([['update', { company: { company_id: '79d894520f4f94c267986a819e110bec', name: 'Acme' } }]])
})

it('sends nothing for a group without id and name, and reports the loss', async () => {
  expect(await runEvent(group(null, { groupId: undefined }))).toMatchObject({ calls: [], losses: [] })
  expect(await runEvent(group({ plan: 'pro' }, { groupId: undefined }))).toMatchObject({
    calls: [],
    losses: [{ path: 'company', reason: 'no-company-id' }]
  })
})

it('sends remove if it is true', async () => {
  const { calls } = await runEvent(group({ remove: true }))
  expect(calls).toEqual([['update', { company: { company_id: 'c1', remove: true } }]])
})

it('never lets a trait overwrite the id', async () => {
  const { calls, losses } = await runEvent(group({ company_id: 'other', app_id: 'other', tier: 'gold' }))
  expect(calls).toEqual([['update', { company: { company_id: 'c1', tier: 'gold' } }]])
  expect(losses).toEqual([
    { path: 'company.custom_attributes.company_id', reason: 'no-field-reads-it' },
    { path: 'company.custom_attributes.app_id', reason: 'reserved-key' }
  ])
})

it('includes launcher flag and activator', async () => {
  const event = group({ name: 'Acme' }, { context: { Intercom: { hideDefaultLauncher: true } } })
  const { calls } = await runEvent(event, { activator: '#help' })
  expect(calls).toEqual([
    [
      'update',
      { company: { company_id: 'c1', name: 'Acme' }, hide_default_launcher: true, widget: { activator: '#help' } }
    ]
  ])
})
