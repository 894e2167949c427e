import { toRecord } from '@intercom-destinations/shared-mapping'
import { replay } from '../test-support/replay'
import { deliver, NOW, openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../test-support/workspace'

withoutNetwork()

const ADD = { tags_from_traits: 'add' }
const identify = (traits: object, more: object = {}): EventPiece => ({
  type: 'identify',
  userId: 'u1',
  traits,
  ...more
})
const group = (traits: object): EventPiece => ({ type: 'group', groupId: 'c1', userId: 'u1', traits })

function open() {
  const workspace = openWorkspace({ seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
  const { state } = workspace.emulator
  const toNames = (ids: readonly string[]) => ids.map((id) => state.tags.find((tag) => tag.id === id)?.name)
  const calls = () => workspace.operations().filter((operation) => operation.includes('tags'))
  return {
    ...workspace,
    calls,
    ofPerson: () => toNames((state.contacts[0]?.tags ?? []).map(({ id }) => id)),
    ofCompany: () => toNames(state.companies[0]?.tagIds ?? [])
  }
}

test('by default the trait is an attribute as any other, and no tag is written', async () => {
  const { calls } = open()
  const { losses } = await deliver(identify({ tags: 'vip' }))
  expect(losses).toEqual([{ path: 'custom_attributes.tags', reason: 'unknown-attribute' }])
  expect((await deliver(group({ name: 'Acme', tags: ['vip'] }))).losses).toEqual([
    { path: 'company.custom_attributes.tags', reason: 'nested-value' }
  ])
  expect(calls()).toEqual([])
})

test.each([
  ['a list', ['vip', ' beta ', 'VIP', '', null], ['VIP', 'beta']],
  ['a text with commas', 'vip, beta,, VIP', ['VIP', 'beta']],
  ['one text', 'vip', ['vip']],
  ['a comma in an item of a list', ['vip, gold'], ['vip, gold']],
  ['a number', 2024, ['2024']],
  ['nothing', null, []],
  ['an empty list', [], []]
])('tags of a person and of a company from %s', async (_, tags, names) => {
  const { ofPerson, ofCompany } = open()
  expect((await deliver(identify({ tags }), { mapping: ADD })).losses).toEqual([])
  expect((await deliver(group({ name: 'Acme', tags }), { mapping: ADD })).losses).toEqual([])
  expect(ofPerson()).toEqual(names)
  expect(ofCompany()).toEqual(names)
})

test('the traits in the context count if an identify has none of its own', async () => {
  const { ofPerson } = open()
  const event = identify({}, { context: { traits: { tags: ['vip'] } } })
  expect((await deliver(event, { mapping: ADD })).losses).toEqual([])
  expect(ofPerson()).toEqual(['vip'])
})

test('one call for each tag of an event, and one more for each name of a person that is new', async () => {
  const { calls } = open()
  const worker = openWorker(() => NOW)
  const run = async (piece: EventPiece) => {
    const before = calls().length
    await worker.deliver(piece, { mapping: ADD })
    return calls().slice(before)
  }
  const attach = 'POST /contacts/{contact}/tags'
  expect(await run(identify({ tags: ['a', 'b'] }))).toEqual(['POST /tags', attach, 'POST /tags', attach])
  expect(await run(identify({ tags: ['a', 'b'], plan: 'pro' }))).toEqual([attach, attach])
  expect(await run(group({ name: 'Acme', tags: ['a', 'b'] }))).toEqual(['POST /tags', 'POST /tags'])
})

test('what the mapping says about a tag precedes the traits', async () => {
  const { ofPerson, calls } = open()
  const mapping = { ...ADD, tags_to_add: ['VIP'], tags_to_remove: ['trial'] }
  await deliver(identify({ tags: ['vip', 'trial', 'beta'] }), { mapping })
  expect(ofPerson()).toEqual(['VIP', 'beta'])
  expect(calls()).not.toContain('DELETE /contacts/{contact}/tags/{tag}')
})

test('of a batch each tag is added once, and each event has its own losses', async () => {
  const { ofPerson, calls } = open()
  const events = [identify({ tags: ['a', {}] }), identify({ tags: 'a, b' }), identify({ tags: { c: true } })]
  const results = await openWorker(() => NOW).deliverBatch(events, { mapping: ADD })
  expect(results.map(({ body }) => toRecord(body)?.losses)).toEqual([
    [{ path: 'tags_in_traits.tags[1]', reason: 'nested-value' }],
    [],
    [
      { path: 'custom_attributes.tags', reason: 'nested-value' },
      { path: 'tags_in_traits.tags', reason: 'nested-value' }
    ]
  ])
  expect(ofPerson()).toEqual(['a', 'b'])
  expect(calls()).toHaveLength(4)
})

test('a trait of another name, and one that is picked as an attribute, too', async () => {
  const { ofPerson, body } = open()
  const path = (at: string) => ({ '@path': at })
  const tags_in_traits = { labels: path('$.traits.labels'), tags: path('$.traits.tags') }
  const traits = { plan: 'pro', labels: ['a'], tags: 'b' }
  const event = identify(traits)
  expect((await deliver(event, { mapping: { ...ADD, tags_in_traits } })).losses).toEqual([])
  expect(ofPerson()).toEqual(['a', 'b'])
  const picked = { ...ADD, custom_attributes: { plan: path('$.traits.tags') }, last_seen_at: '' }
  await deliver(event, { mapping: picked })
  expect(body(3)).toMatchObject({ custom_attributes: { plan: 'b' } })
})

test('flattened traits do not hold the tags a second time', async () => {
  const { ofPerson } = open()
  const { losses } = await deliver(identify({ tags: ['a', 'b'] }), { mapping: { ...ADD, nested_values: 'flatten' } })
  expect(losses).toEqual([])
  expect(ofPerson()).toEqual(['a', 'b'])
})

test.each([
  ['a person', identify({ name: 'Ada', tags: ['good', 'bad'] }), 'tags'],
  ['a company', group({ name: 'Acme', tags: ['good', 'bad'] }), 'company.tags']
])('a tag that Intercom refuses costs neither %s nor the other tags', async (_, event, path) => {
  const { emulator, ofPerson, ofCompany } = open()
  emulator.fault({ match: { path: '/tags', method: 'POST' }, status: 400 })
  const { losses } = await deliver(event, { mapping: ADD })
  expect(losses).toEqual([{ path, reason: 'refused-by-intercom' }])
  expect([...ofPerson(), ...ofCompany()]).toEqual(['bad'])
})

test('an outage while a tag is written fails the event, which is tried again', async () => {
  const { emulator } = open()
  emulator.fault({ match: { path: '/tags' }, status: 503 })
  await expect(deliver(identify({ tags: ['a'] }), { mapping: ADD })).rejects.toMatchObject({ status: 503 })
})

test('as Intercom answers: a tag of a person, one that Intercom refuses, and a tag of a company', async () => {
  const person = replay('identify-contact', 'tags of the traits')
  const { losses } = await deliver(identify({ tags: ['vip', '?'] }), { mapping: { ...ADD, last_seen_at: '' } })
  expect(losses).toEqual([{ path: 'tags', reason: 'refused-by-intercom' }])
  expect(person).toEqual(['POST /contacts', 'POST /tags', 'POST /contacts/6530d5b2c9a5f3a1b2c3d4e5/tags', 'POST /tags'])
  const company = replay('group-identify-contact', 'tags of the traits')
  await deliver(group({ name: 'Acme', tags: 'vip' }), { mapping: ADD })
  expect(company.slice(0, 2)).toEqual(['POST /companies', 'POST /tags'])
})
