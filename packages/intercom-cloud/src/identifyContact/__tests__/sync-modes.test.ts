import type { EmulatorOptions } from '@intercom-destinations/emulator'
import { createTestIntegration, type JSONObject } from '@segment/actions-core'
import { toRecord } from '@intercom-destinations/shared-mapping'
import { intercomCloud } from '../..'
import { NOW, openWorkspace, toEvent, withoutNetwork } from '../../test-support/workspace'

withoutNetwork()

const auth = { accessToken: 'test-access-token', refreshToken: '' }
const EMAIL = 'ada@example.com'

/** A process and a workspace. `run` delivers identifies in a mode, one by one; `runBatch` together. */
function open(contacts: NonNullable<EmulatorOptions['seed']>['contacts'] = []) {
  const workspace = openWorkspace({ seed: { contacts } })
  const kit = createTestIntegration(intercomCloud({ now: () => NOW }))
  const toMapping = (mode: string | undefined, mapping: JSONObject) => ({
    ...mapping,
    ...(mode === undefined ? {} : { __segment_internal_sync_mode: mode })
  })
  const toIdentify = (userId: string | null, traits: object) => toEvent({ type: 'identify', userId, traits })
  const run = async (mode: string | undefined, userId: string | null, traits: object, mapping: JSONObject = {}) => {
    kit.results.length = 0
    const event = toIdentify(userId, traits)
    const input = { event, mapping: toMapping(mode, mapping), useDefaultMappings: true, settings: {}, auth }
    await kit.testAction('identifyContact', input)
    return toRecord(kit.results.find(({ output }) => output === 'Action Executed')?.data)
  }
  const runBatch = async (mode: string, people: [string, object][], mapping: JSONObject = {}) => {
    kit.results.length = 0
    const events = people.map(([userId, traits]) => toIdentify(userId, traits))
    const input = { events, mapping: toMapping(mode, mapping), useDefaultMappings: true, settings: {}, auth }
    await kit.testBatchAction('identifyContact', input)
    return (kit.results[0]?.multistatus ?? []).map((node) => toRecord(toRecord({ ...node })?.body))
  }
  const people = () =>
    workspace.emulator.state.contacts.map(
      ({ role, external_id, email, name, status }) =>
        `${role} ${role === 'user' ? external_id : '-'} ${email ?? '-'} ${name ?? '-'} ${status}`
    )
  return { ...workspace, run, runBatch, people }
}

const skipped = (reason: string) => ({ skipped: true, losses: [{ path: 'contact', reason }] })
const user = { role: 'user' as const, external_id: 'u1', email: EMAIL, name: 'Ada' }
const lead = { role: 'lead' as const, email: EMAIL, name: 'Ada' }

describe('a mapping without a mode, and upsert', () => {
  test.each([undefined, 'upsert', 'mirror'])('update who is there, and create who is not: %s', async (mode) => {
    const { run, people } = open([user])
    await run(mode, 'u1', { name: 'Ada L.' })
    await run(mode, 'u2', { name: 'Bob' })
    expect(people()).toEqual([`user u1 ${EMAIL} Ada L. active`, 'user u2 - Bob active'])
  })
})

describe('update', () => {
  test('changes people who are there, found by id, by address and as a lead', async () => {
    const { run, people } = open([
      user,
      { role: 'user', email: 'bob@example.com' },
      { role: 'lead', email: 'eve@example.com' }
    ])
    await run('update', 'u1', { name: 'Ada L.' })
    await run('update', null, { email: 'bob@example.com', name: 'Bob' })
    await run('update', null, { email: 'eve@example.com', name: 'Eve' }, { role: 'lead' })
    expect(people()).toEqual([
      `user u1 ${EMAIL} Ada L. active`,
      'user null bob@example.com Bob active',
      'lead - eve@example.com Eve active'
    ])
  })

  test('ignores a person who is not there, with companies and tags', async () => {
    const { run, emulator } = open()
    const traits = { name: 'Bob', company: { id: 'c1', name: 'Acme' } }
    expect(await run('update', 'u2', traits, { tags_to_add: ['vip'] })).toEqual(skipped('not-in-intercom'))
    expect(await run('update', null, { email: 'bob@example.com' })).toEqual(skipped('not-in-intercom'))
    expect(emulator.state).toMatchObject({ contacts: [], companies: [], tags: [] })
  })

  test('costs one call for a person who is not there', async () => {
    const { run, operations } = open()
    await run('update', 'u2', { name: 'Bob' })
    expect(operations()).toEqual(['GET /contacts/find_by_external_id/u2'])
  })

  test('leaves an archived person archived', async () => {
    const { run, people } = open([{ ...user, status: 'archived' }])
    expect(await run('update', 'u1', { name: 'New' })).toEqual(skipped('not-in-intercom'))
    expect(people()).toEqual([`user u1 ${EMAIL} Ada archived`])
  })

  test('ignores a person who is still cached', async () => {
    const { run, emulator } = open([user])
    await run('update', 'u1', { name: 'Ada L.' })
    const { id } = emulator.state.contacts[0] ?? {}
    const headers = { authorization: 'Bearer x', 'intercom-version': '2.16' }
    await emulator.fetch(`https://api.intercom.io/contacts/${id}`, { method: 'DELETE', headers })
    expect(await run('update', 'u1', { name: 'Ada M.' })).toEqual(skipped('not-in-intercom'))
  })

  test('keeps the address of another person out, as ever', async () => {
    const { run, people } = open([user, { role: 'user', external_id: 'u2' }])
    expect(await run('update', 'u2', { email: EMAIL, name: 'Bob' })).toMatchObject({ contactId: expect.any(String) })
    expect(people()[1]).toMatch(/^user u2 .* Bob active$/)
  })

  test('says so for each event of a batch', async () => {
    const { runBatch, operations } = open([user])
    expect(
      await runBatch('update', [
        ['u1', { name: 'Ada L.' }],
        ['u2', { name: 'Bob' }],
        ['u2', { name: 'Bob B.' }]
      ])
    ).toEqual([expect.objectContaining({ losses: [] }), skipped('not-in-intercom'), skipped('not-in-intercom')])
    // People of a batch are written side by side.
    expect(operations().sort()).toEqual([
      'GET /contacts/find_by_external_id/u2',
      'POST /contacts/search',
      'PUT /contacts/{contact}'
    ])
  })
})

describe('add', () => {
  test('creates a person who is not there, and merges no lead into it', async () => {
    const { run, people } = open()
    expect(await run('add', 'u2', { name: 'Bob' })).toMatchObject({ losses: [] })
    expect(people()).toEqual(['user u2 - Bob active'])
  })

  test.each([
    ['a user', user],
    ['an archived user', { ...user, status: 'archived' as const }],
    ['a lead with the address', lead]
  ])('never touches %s', async (_title, contact) => {
    const { run, people, emulator } = open([contact])
    const before = people()
    const traits = { email: EMAIL, name: 'New', company: { id: 'c1', name: 'Acme' } }
    expect(await run('add', 'u1', traits, { tags_to_add: ['vip'] })).toEqual(skipped('already-in-intercom'))
    expect(await run('add', 'u1', { name: 'New' })).toMatchObject(
      contact.role === 'lead' ? { losses: [] } : skipped('already-in-intercom')
    )
    expect(people().slice(0, 1)).toEqual(before)
    expect(emulator.state.companies).toEqual([])
  })

  test('adds a person without the address that belongs to another user, and says so', async () => {
    const { run, people } = open([user])
    const report = await run('add', 'u2', { email: EMAIL, name: 'Bob' })
    expect(report).toMatchObject({ losses: [{ path: 'email', reason: 'email-of-another-contact' }] })
    expect(people()).toEqual([`user u1 ${EMAIL} Ada active`, 'user u2 - Bob active'])
  })

  test('adds a person once, with the values of all events of a batch', async () => {
    const { runBatch, people } = open([user])
    const reports = await runBatch('add', [
      ['u1', { name: 'New' }],
      ['u2', { name: 'Bob' }],
      ['u2', { phone: '+1' }]
    ])
    expect(reports[0]).toEqual(skipped('already-in-intercom'))
    expect(people()).toEqual([`user u1 ${EMAIL} Ada active`, 'user u2 - Bob active'])
  })

  test('ignores a person who was added by the same process a moment ago', async () => {
    const { run, people } = open()
    await run('add', 'u2', { name: 'Bob' })
    expect(await run('add', 'u2', { name: 'New' })).toEqual(skipped('already-in-intercom'))
    expect(people()).toEqual(['user u2 - Bob active'])
  })
})
