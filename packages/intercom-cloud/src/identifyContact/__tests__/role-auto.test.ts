import type { EmulatorOptions } from '@intercom-destinations/emulator'
import { NOW, openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../../test-support/workspace'

withoutNetwork()

const EMAIL = 'ada@example.com'
const auto = { mapping: { role: 'auto' } }

function open(contacts: NonNullable<EmulatorOptions['seed']>['contacts'] = []) {
  const workspace = openWorkspace({ seed: { contacts } })
  const worker = openWorker(() => NOW)
  const identify = (userId: string | null, traits: object): EventPiece => ({ type: 'identify', userId, traits })
  const people = () =>
    workspace.emulator.state.contacts.map(
      ({ role, external_id, email, name, status }) =>
        `${role} ${role === 'user' ? external_id : '-'} ${email ?? '-'} ${name ?? '-'} ${status}`
    )
  const deliver = (userId: string | null, traits: object) => worker.deliver(identify(userId, traits), auto)
  const deliverBatch = (calls: [string | null, object][]) =>
    worker.deliverBatch(
      calls.map(([userId, traits]) => identify(userId, traits)),
      auto
    )
  return { ...workspace, deliver, deliverBatch, people }
}

test('a person with a user id is a user, and one with an address only is a lead', async () => {
  const { deliver, people } = open()
  await deliver('u1', { name: 'Ada' })
  await deliver(null, { email: 'bob@example.com', name: 'Bob' })
  expect(people()).toEqual(['user u1 - Ada active', 'lead - bob@example.com Bob active'])
})

test('a lead who gets a user id becomes that user, with the same contact', async () => {
  const { deliver, people, emulator } = open()
  await deliver(null, { email: EMAIL })
  const [lead] = emulator.state.contacts
  await deliver('u1', { email: EMAIL, name: 'Ada' })
  expect(people()).toEqual([`user u1 ${EMAIL} Ada active`])
  expect(emulator.state.contacts[0]?.id).toBe(lead?.id)
})

test('the same in one batch', async () => {
  const { deliverBatch, people } = open()
  await deliverBatch([
    [null, { email: EMAIL }],
    ['u1', { email: EMAIL, name: 'Ada' }]
  ])
  expect(people()).toEqual([`user u1 ${EMAIL} Ada active`])
})

test('a lead is merged into the user when both exist', async () => {
  const { deliver, people } = open([
    { role: 'user', external_id: 'u1' },
    { role: 'lead', email: EMAIL, name: 'Ada' }
  ])
  await deliver('u1', { email: EMAIL })
  expect(people()).toEqual([`user u1 ${EMAIL} Ada active`, `lead - ${EMAIL} Ada merged`])
})

test('an address only does not make a lead of a user', async () => {
  const { deliver, people } = open([{ role: 'user', external_id: 'u1', email: EMAIL }])
  await deliver(null, { email: EMAIL, name: 'Ada' })
  expect(people()).toEqual([`user u1 ${EMAIL} Ada active`])
})

test('a lead who comes with a user id and another address is linked by nothing, and stays', async () => {
  const { deliver, people } = open()
  await deliver(null, { email: 'ada@home.example' })
  await deliver('u1', { email: 'ada@work.example' })
  expect(people()).toEqual(['lead - ada@home.example - active', 'user u1 ada@work.example - active'])
})

test('a person with neither is refused, and no contact is made', async () => {
  const { deliver, people } = open()
  await expect(deliver(null, { name: 'Ada' })).rejects.toThrow('neither a user id nor an e-mail address')
  expect(people()).toEqual([])
})
