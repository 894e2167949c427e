import { createTestIntegration } from '@segment/actions-core'
import { toRecord } from '@intercom-destinations/shared-mapping'
import { intercomCloud } from '../..'
import { NOW, openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../../test-support/workspace'

withoutNetwork()

const SEED = { admins: [{ id: '814860', name: 'Grace', email: 'Grace@acme.example' }] }

function open() {
  const workspace = openWorkspace({ seed: SEED })
  const worker = openWorker(() => NOW)
  const mapping = { owner_email: { '@path': '$.traits.owner' }, owner_id: { '@path': '$.traits.owner_number' } }
  const toIdentify = (userId: string, traits: object): EventPiece => ({ type: 'identify', userId, traits })
  const identify = (userId: string, traits: object) => worker.deliver(toIdentify(userId, traits), { mapping })
  const identifyAll = (calls: [string, object][]) =>
    worker.deliverBatch(
      calls.map(([userId, traits]) => toIdentify(userId, traits)),
      { mapping }
    )
  const owners = () => workspace.emulator.state.contacts.map(({ external_id, owner_id }) => [external_id, owner_id])
  return { ...workspace, identify, identifyAll, owners }
}

test('a teammate is found by the address, in any case, and looked up once', async () => {
  const { identify, owners, operations } = open()
  await identify('u1', { owner: 'grace@acme.example' })
  await identify('u2', { owner: 'GRACE@acme.example' })
  expect(owners()).toEqual([
    ['u1', '814860'],
    ['u2', '814860']
  ])
  expect(operations().filter((operation) => operation === 'GET /admins')).toHaveLength(1)
})

test('an address that no teammate has is a loss, and the person is stored', async () => {
  const { identify, owners } = open()
  const { losses } = await identify('u1', { owner: 'alan@acme.example', name: 'Ada' })
  expect(losses).toContainEqual({ path: 'owner_email', reason: 'unknown-teammate' })
  expect(owners()).toEqual([['u1', null]])
})

test('the person is stored although the connection may not read the teammates', async () => {
  const { identify, owners, emulator } = open()
  emulator.fault({ match: { path: '/admins' }, status: 403 })
  const { losses } = await identify('u1', { owner: 'grace@acme.example' })
  expect(losses).toContainEqual({ path: 'owner_email', reason: 'unknown-teammate' })
  expect(owners()).toHaveLength(1)
})

test('an id takes precedence, without a lookup', async () => {
  const { identify, operations, body } = open()
  await identify('u1', { owner: 'alan@acme.example', owner_number: 814860 })
  expect(toRecord(body())?.owner_id).toBe(814860)
  expect(operations()).not.toContain('GET /admins')
})

test('of a batch the last owner counts, and each event has its own losses', async () => {
  const { identifyAll, owners } = open()
  const results = await identifyAll([
    ['u1', { owner: 'alan@acme.example' }],
    ['u1', { owner: 'grace@acme.example' }],
    ['u1', { name: 'Ada' }]
  ])
  expect(owners()).toEqual([['u1', '814860']])
  expect(results.map(({ status }) => status)).toEqual([200, 200, 200])
})

test('the mapping form offers the addresses of the teammates', async () => {
  openWorkspace({ seed: SEED })
  const answer: unknown = await createTestIntegration(intercomCloud()).executeDynamicField(
    'identifyContact',
    'owner_email',
    { settings: {}, payload: {}, auth: { accessToken: 'token', refreshToken: '' } }
  )
  expect(toRecord(answer)?.choices).toContainEqual({ value: 'Grace@acme.example', label: 'Grace' })
})
