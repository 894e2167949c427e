import type { EmulatorOptions } from '@intercom-destinations/emulator'
import { createTestIntegration, type JSONObject } from '@segment/actions-core'
import { toRecord } from '@intercom-destinations/shared-mapping'
import { intercomCloud } from '../..'
import { NOW, openWorkspace, toEvent, withoutNetwork, type EventPiece } from '../../test-support/workspace'

withoutNetwork()

const closed: EventPiece = { type: 'track', userId: 'u1', event: 'Account Closed' }
const auth = { accessToken: 'test-access-token', refreshToken: '' }
const LATER_MS = 3_600_000

/** One process with a workspace. Each call returns the report of the action. */
function open(contacts: NonNullable<EmulatorOptions['seed']>['contacts'] = [], now = NOW) {
  const workspace = openWorkspace({ seed: { contacts } })
  const kit = createTestIntegration(intercomCloud({ now: () => now }))
  const run = async (action: string, piece: EventPiece, mapping: JSONObject = {}) => {
    kit.results.length = 0
    await kit.testAction(action, { event: toEvent(piece), mapping, useDefaultMappings: true, settings: {}, auth })
    return toRecord(kit.results.find(({ output }) => output === 'Action Executed')?.data)
  }
  const states = () => workspace.emulator.state.contacts.map(({ external_id, status }) => `${external_id} ${status}`)
  return { ...workspace, run, states }
}

const user = { role: 'user' as const, external_id: 'u1', email: 'ada@example.com' }

test('an archived person comes back with the next identify of the same process', async () => {
  const { run, states } = open([user])
  await run('identifyContact', { type: 'identify', userId: 'u1', traits: { name: 'Ada' } })
  await run('archiveContact', closed)
  expect(states()).toEqual(['u1 archived'])
  await run('identifyContact', { type: 'identify', userId: 'u1', traits: { name: 'Ada L.' } })
  expect(states()).toEqual(['u1 active'])
})

test('a person is archived and restored, each twice without harm', async () => {
  const { run, states } = open([user])
  await run('archiveContact', closed, { contact_id: '' })
  expect(states()).toEqual(['u1 archived'])
  for (const _ of [1, 2]) await run('archiveContact', closed, { operation: 'unarchive' })
  expect(states()).toEqual(['u1 active'])
})

test('an archived person is ignored after the time in which the identify may still come', async () => {
  const { run, emulator } = open([{ ...user, status: 'archived' }], NOW + LATER_MS)
  expect(await run('archiveContact', closed)).toEqual({
    skipped: true,
    losses: [{ path: 'contact', reason: 'not-in-intercom' }]
  })
  expect(emulator.requests).toHaveLength(1)
})

test('a person who does not exist is tried again first, because the identify may be on its way', async () => {
  const { run } = open()
  await expect(run('archiveContact', closed)).rejects.toMatchObject({ name: 'RetryableError' })
})

test('restoring a person who does not exist leaves an archived contact, and none among the active ones', async () => {
  const { run, states } = open()
  expect(await run('archiveContact', closed, { operation: 'unarchive' })).toEqual({
    skipped: true,
    losses: [{ path: 'contact', reason: 'not-in-intercom' }]
  })
  expect(states()).toEqual(['u1 archived'])
})

test('an id that Intercom does not have is ignored at once', async () => {
  const { run } = open()
  for (const operation of ['archive', 'unarchive'])
    expect(await run('archiveContact', closed, { operation, contact_id: '65a000000000000000000009' })).toMatchObject({
      skipped: true
    })
})

test('a contact that was replaced in Intercom is searched again', async () => {
  const { run, emulator, states } = open([user], NOW + LATER_MS)
  await run('identifyContact', { type: 'identify', userId: 'u1', traits: { name: 'Ada' } })
  const { id } = emulator.state.contacts[0] ?? {}
  const headers = { authorization: 'Bearer x', 'intercom-version': '2.16' }
  await emulator.fetch(`https://api.intercom.io/contacts/${id}`, { method: 'DELETE', headers })
  emulator.seed({ contacts: [{ role: 'user', external_id: 'u1', id: '65a000000000000000000001' }] })
  await run('archiveContact', closed)
  expect(states()).toEqual(['u1 deleted', 'u1 archived'])
})

test('a contact that was deleted for good is a clear error', async () => {
  const { run, emulator } = open([user])
  const { id } = emulator.state.contacts[0] ?? {}
  const headers = { authorization: 'Bearer x', 'intercom-version': '2.16' }
  await emulator.fetch(`https://api.intercom.io/contacts/${id}`, { method: 'DELETE', headers })
  await expect(run('archiveContact', closed, { operation: 'unarchive' })).rejects.toThrow('cannot be restored')
})
