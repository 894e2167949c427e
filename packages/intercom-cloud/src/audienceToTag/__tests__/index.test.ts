import type { Emulator } from '@intercom-destinations/emulator'
import { Destination, type JSONObject } from '@segment/actions-core'
import { toRecord } from '@intercom-destinations/shared-mapping'
import { intercomCloud } from '../..'
import { NOW, openWorkspace, toEvent, TIMESTAMP, withoutNetwork, type EventPiece } from '../../test-support/workspace'

withoutNetwork()

const auth = { accessToken: 'test-access-token', refreshToken: '' }
const definition = intercomCloud()
const DEFAULTS = Object.fromEntries(
  Object.entries(definition.actions.audienceToTag.fields).flatMap(([key, field]) =>
    field.default === undefined ? [] : [[key, field.default]]
  )
)

/** A process: what it learns in one batch, it knows in the next. */
function openProcess(now: () => number = () => NOW) {
  const destination = new Destination(intercomCloud({ now, sleep: () => Promise.resolve() }))
  return async (pieces: EventPiece[], mapping: object = {}) => {
    const all: JSONObject = JSON.parse(JSON.stringify({ ...DEFAULTS, ...mapping }))
    const events = pieces.map(toEvent)
    const results = await destination.executeBatch('audienceToTag', { events, mapping: all, settings: {}, auth })
    return results.map((node) => ({ ...node }))
  }
}

const context = { personas: { computation_class: 'audience', computation_key: 'vip' } }
const toChange = (userId: string, isMember: boolean, more: object = {}): EventPiece => ({
  type: 'identify',
  userId,
  traits: { vip: isMember },
  context,
  ...more
})
const toPeople = (length: number) =>
  Array.from({ length }, (_, index) => ({ role: 'user' as const, external_id: `u${index}` }))
const statuses = (results: { status?: unknown }[]) => results.map(({ status }) => status)

function toTagged({ state }: Emulator): string[] {
  const nameOf = (id: string) => state.tags.find((tag) => tag.id === id)?.name ?? '?'
  return state.contacts.flatMap((one) => one.tags.map(({ id }) => `${one.external_id ?? one.email} ${nameOf(id)}`))
}

test('1,000 people of one audience cost 8 calls: 7 searches and 1 for the tag, which is the floor', async () => {
  const { emulator, operations } = openWorkspace({ rateLimit: Infinity, seed: { contacts: toPeople(1000) } })
  const deliver = openProcess()
  const results = await deliver(toPeople(1000).map(({ external_id }) => toChange(external_id, true)))
  expect(new Set(statuses(results))).toEqual(new Set([200]))
  expect(operations()).toEqual([...Array.from({ length: 7 }, () => 'POST /contacts/search'), 'POST /tags'])
  expect(toTagged(emulator)).toHaveLength(1000)
  // The same people are remembered.
  await deliver(toPeople(1000).map(({ external_id }) => toChange(external_id, false)))
  expect(operations().slice(8)).toEqual(['POST /tags'])
  expect(toTagged(emulator)).toEqual([])
})

test('an id that Intercom does not have costs the other 999 nothing, and 20 calls more', async () => {
  const { emulator, operations } = openWorkspace({ rateLimit: Infinity, seed: { contacts: toPeople(999) } })
  const ids = new Map(emulator.state.contacts.map(({ external_id, id }) => [external_id, id]))
  const events = toPeople(999).map(({ external_id }) => ({
    ...toChange(external_id, true),
    properties: { id: ids.get(external_id) }
  }))
  const gone = { ...toChange('gone', true), properties: { id: '65a0000000000000000000ff' } }
  const results = await openProcess(() => NOW + 3_600_000)([...events.slice(0, 500), gone, ...events.slice(500)], {
    contact_id: { '@path': '$.properties.id' }
  })
  expect(statuses(results).filter((status) => status === 200)).toHaveLength(999)
  expect(results[500]).toMatchObject({ status: 400, errormessage: expect.stringContaining('does not know the person') })
  expect(operations()).toEqual(Array.from({ length: 21 }, () => 'POST /tags'))
  expect(toTagged(emulator)).toHaveLength(999)
})

test('the latest event of a person decides, in whatever order a batch has them', async () => {
  const { emulator, operations } = openWorkspace({ seed: { contacts: toPeople(2) } })
  const earlier = { timestamp: '2024-01-02T03:04:04Z' }
  const results = await openProcess()([
    toChange('u0', true),
    toChange('u0', false, earlier),
    toChange('u1', true, earlier),
    toChange('u1', false)
  ])
  expect(statuses(results)).toEqual([200, 200, 200, 200])
  expect(toTagged(emulator)).toEqual(['u0 vip'])
  expect(operations()).toEqual(['POST /contacts/search', 'POST /tags', 'POST /tags'])
})

test('an entry that is retried after the person has left does not bring the tag back', async () => {
  const { emulator } = openWorkspace({ seed: { contacts: toPeople(1) } })
  const deliver = openProcess()
  await deliver([toChange('u0', false)])
  await deliver([toChange('u0', true, { timestamp: '2024-01-02T03:04:00Z' })])
  expect(toTagged(emulator)).toEqual([])
})

test('a person is found by the address, if Intercom has no user with the id', async () => {
  const contacts = [
    { role: 'user' as const, external_id: 'u0' },
    { role: 'lead' as const, email: 'lead@example.com' },
    { role: 'user' as const, external_id: 'other', email: 'taken@example.com' }
  ]
  const { emulator, operations } = openWorkspace({ seed: { contacts } })
  const results = await openProcess()([
    toChange('u0', true),
    toChange('u1', true, { traits: { vip: true, email: 'LEAD@example.com' } }),
    toChange('u2', true, { traits: { vip: true, email: 'taken@example.com' } })
  ])
  // The address of u2 belongs to another user.
  expect(statuses(results)).toEqual([200, 200, 503])
  expect(toTagged(emulator)).toHaveLength(2)
  expect(operations()).toEqual(['POST /contacts/search', 'POST /contacts/search', 'POST /tags'])
})

test('people who are not in Intercom are created if the mapping says so, and only those who enter', async () => {
  const { emulator } = openWorkspace()
  const results = await openProcess(() => NOW + 3_600_000)([toChange('u0', true), toChange('u1', false)], {
    unknown_contact: 'create'
  })
  expect(statuses(results)).toEqual([200, 200])
  expect(toTagged(emulator)).toEqual(['u0 vip'])
  expect(results[1]).toMatchObject({
    body: { skipped: true, losses: [{ path: 'contact', reason: 'not-in-intercom' }] }
  })
})

test('an event that is about no audience is left out, and says why', async () => {
  const { operations } = openWorkspace()
  const results = await openProcess()([
    { type: 'identify', userId: 'u0', traits: { plan: 'pro' }, timestamp: TIMESTAMP },
    { type: 'identify', userId: 'u0', traits: { vip: 'maybe' }, context }
  ])
  expect(results.map(({ body }) => toRecord(body))).toMatchObject([
    { skipped: true, losses: [{ path: 'tag_name', reason: 'no-audience' }] },
    { skipped: true, losses: [{ path: 'membership', reason: 'no-membership' }] }
  ])
  expect(operations()).toEqual([])
})

test('a tag that Intercom refuses costs two calls, not two for each person', async () => {
  const { emulator, operations } = openWorkspace({ seed: { contacts: toPeople(50) } })
  emulator.fault({
    ...{ match: { method: 'POST', path: '/tags' }, status: 400, times: 200 },
    body: { type: 'error.list', errors: [{ code: 'parameter_invalid', message: 'invalid tag parameters' }] }
  })
  const results = await openProcess()(toPeople(50).map(({ external_id }) => toChange(external_id, true)))
  expect(new Set(statuses(results))).toEqual(new Set([400]))
  expect(operations()).toEqual(['POST /contacts/search', 'POST /tags', 'POST /tags'])
})

test('a rate limit is no reason to ask for each person', async () => {
  const { emulator, operations } = openWorkspace({ seed: { contacts: toPeople(50) } })
  emulator.fault({ match: { path: '/contacts/search' }, status: 503 })
  const results = await openProcess()(toPeople(50).map(({ external_id }) => toChange(external_id, true)))
  expect(new Set(statuses(results))).toEqual(new Set([503]))
  expect(operations()).toEqual(['POST /contacts/search'])
})

test('a person who is cached and no longer in Intercom is searched again', async () => {
  const { emulator } = openWorkspace({ seed: { contacts: toPeople(2) } })
  const deliver = openProcess()
  const both = [toChange('u0', true), toChange('u1', true)]
  await deliver(both)
  const { id } = emulator.state.contacts.find(({ external_id }) => external_id === 'u0') ?? {}
  await emulator.fetch(`https://api.intercom.io/contacts/${id}`, {
    method: 'DELETE',
    headers: { authorization: 'Bearer x', 'intercom-version': '2.16' }
  })
  emulator.seed({ contacts: [{ role: 'user', external_id: 'u0', id: '65a000000000000000000001' }] })
  expect(statuses(await deliver(both))).toEqual([200, 200])
  expect(toTagged(emulator).filter((line) => line.startsWith('u0'))).toContain('u0 vip')
})
