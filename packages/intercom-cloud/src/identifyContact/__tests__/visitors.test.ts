import type { EmulatorOptions } from '@intercom-destinations/emulator'
import { FlakyState } from '../../test-support/flaky-state'
import { NOW, openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../../test-support/workspace'

withoutNetwork()

type Seed = NonNullable<EmulatorOptions['seed']>

const CREATE = 'POST /contacts'
const UPDATE = 'PUT /contacts/{contact}'
const CONVERT = 'POST /visitors/convert'
const converting = { mapping: { convert_visitor: 'true' } }
const UNKNOWN = [{ path: 'visitor_id', reason: 'unknown-visitor' }]

const identify = (visitor_id?: unknown, traits: object = { name: 'Ada' }, userId = 'u1'): EventPiece => ({
  type: 'identify',
  userId,
  traits,
  context: { intercom: { visitor_id } }
})

function open(seed: Seed = { visitors: [{ user_id: 'v1', phone: '+49 30 1234' }] }) {
  const workspace = openWorkspace({ seed })
  const { emulator } = workspace
  const people = () => [
    ...emulator.state.contacts.map(({ role, external_id, name, phone }) =>
      [role, role === 'user' ? external_id : '-', name ?? '-', phone ?? '-'].join(' ')
    ),
    ...emulator.state.visitors.map(({ user_id }) => `visitor ${user_id}`)
  ]
  return { ...workspace, people, worker: openWorker(() => NOW) }
}

test('the first identify of a user takes the visitor over', async () => {
  const { worker, people, operations, body } = open()
  const { losses } = await worker.deliver(identify('v1'), converting)
  expect(people()).toEqual(['user u1 Ada +49 30 1234'])
  expect(operations()).toEqual([CREATE, CONVERT])
  expect(body()).toEqual({ visitor: { user_id: 'v1' }, user: { id: '{contact}' }, type: 'user' })
  expect(losses).toEqual([])
})

test('a visitor may be named by the id of Intercom, too', async () => {
  const id = '667d61cc8a68186f43bafe95'
  const { worker, people, body } = open({ visitors: [{ id, user_id: 'v1' }] })
  await worker.deliver(identify(id), converting)
  expect(body()).toMatchObject({ visitor: { id } })
  expect(people()).toEqual(['user u1 Ada -'])
})

test('without the switch, and without an id, no visitor is touched', async () => {
  const { worker, people, operations } = open()
  await worker.deliver(identify('v1'))
  await worker.deliver(identify(), converting)
  await worker.deliver(identify(''), converting)
  expect(operations()).not.toContain(CONVERT)
  expect(people()).toContain('visitor v1')
})

test('later identifies with the same visitor ask Intercom no more, and lose nothing', async () => {
  const { worker, operations } = open()
  await worker.deliver(identify('v1'), converting)
  const { losses } = await worker.deliver(identify('v1', { name: 'Ada King' }), converting)
  expect(operations()).toEqual([CREATE, CONVERT, UPDATE])
  expect(losses).toEqual([])
})

test('a visitor who is unknown, or was converted before, is a loss, and the person is written', async () => {
  const { worker, people, operations } = open({})
  expect((await worker.deliver(identify('v9'), converting)).losses).toEqual(UNKNOWN)
  expect((await worker.deliver(identify('v9', { name: 'Ada King' }), converting)).losses).toEqual(UNKNOWN)
  expect(people()).toEqual(['user u1 Ada King -'])
  expect(operations()).toEqual([CREATE, CONVERT, UPDATE])
})

test('after an hour Intercom is asked again', async () => {
  const time = { now: NOW }
  const workspace = openWorkspace({ clock: () => time.now })
  const worker = openWorker(() => time.now)
  await worker.deliver(identify('v1'), converting)
  time.now += 60 * 60_000 + 1000
  workspace.emulator.seed({ visitors: [{ user_id: 'v1' }] })
  expect((await worker.deliver(identify('v1'), converting)).losses).toEqual([])
  expect(workspace.emulator.state.visitors).toEqual([])
})

test.each([
  [400, 'parameter_invalid'],
  [403, 'forbidden'],
  [409, 'conflict'],
  [422, 'data_invalid']
])('a refusal with %i is a loss, and the person is written', async (status, code) => {
  const { worker, people, emulator } = open()
  emulator.fault({ match: { path: '/visitors/convert' }, status, body: { type: 'error.list', errors: [{ code }] } })
  const { losses } = await worker.deliver(identify('v1'), converting)
  expect(losses).toEqual([{ path: 'visitor_id', reason: 'refused-visitor' }])
  expect(people()).toEqual(['user u1 Ada -', 'visitor v1'])
})

test('a lead takes no visitor over', async () => {
  const { worker, operations } = open()
  const lead = { mapping: { ...converting.mapping, role: 'lead' } }
  const { losses } = await worker.deliver(identify('v1', { email: 'ada@example.com' }), lead)
  expect(losses).toContainEqual({ path: 'visitor_id', reason: 'visitor-of-lead' })
  expect(operations()).not.toContain(CONVERT)
})

test('an answer about another contact is not believed, and the event is tried again', async () => {
  const { worker, emulator } = open()
  const body = { type: 'contact', id: '65a0000000000000000000ff', role: 'user', external_id: 'u1' }
  emulator.fault({ match: { path: '/visitors/convert' }, status: 200, body })
  await expect(worker.deliver(identify('v1'), converting)).rejects.toMatchObject({ status: 503 })
  await worker.deliver(identify('v1'), converting)
  expect(emulator.state.visitors).toEqual([])
})

test('a rate limit delays the whole event, and the next attempt converts', async () => {
  const time = { now: NOW }
  const { emulator, people } = open()
  const worker = openWorker(() => time.now)
  emulator.fault({ match: { path: '/visitors/convert' }, status: 429 })
  await expect(worker.deliver(identify('v1'), converting)).rejects.toMatchObject({ status: 429 })
  time.now += 60_000
  await worker.deliver(identify('v1'), converting)
  expect(people()).toEqual(['user u1 Ada +49 30 1234'])
})

test('what is not an id is a loss', async () => {
  const { worker } = open()
  const tooLong = 'v'.repeat(256)
  const { losses } = await worker.deliver(identify(tooLong), converting)
  expect(losses).toEqual([{ path: 'visitor_id', reason: 'too-long' }])
})

test('the switch may be a boolean, and the path may have the capital of the classic options', async () => {
  const { worker, people } = open()
  const event = { ...identify(), context: { Intercom: { visitor_id: 'v1' } } }
  await worker.deliver(event, { mapping: { convert_visitor: true } })
  expect(people()).toEqual(['user u1 Ada +49 30 1234'])
})

test('a batch converts each visitor once, and names the loss with the event that caused it', async () => {
  const { worker, operations, people } = open({ visitors: [{ user_id: 'v1' }, { user_id: 'v3' }] })
  const results = await worker.deliverBatch(
    [
      identify('v1'),
      identify('v1', { name: 'Ada King' }),
      identify('v2', { name: 'Ada King' }),
      identify('v3', { name: 'Bob' }, 'u2')
    ],
    converting
  )
  expect(operations().filter((operation) => operation === CONVERT)).toHaveLength(3)
  expect(people()).toEqual(['user u1 Ada King -', 'user u2 Bob -'])
  expect(results.map(({ body }) => body)).toMatchObject([
    { losses: [] },
    { losses: [] },
    { losses: UNKNOWN },
    { losses: [] }
  ])
})

test('two identifies at once convert the visitor once', async () => {
  const { worker, operations } = open()
  const reports = await Promise.all(
    [identify('v1'), identify('v1', { name: 'Ada King' })].map((one) => worker.deliver(one, converting))
  )
  expect(reports.map(({ losses }) => losses)).toEqual([[], []])
  expect(operations().filter((operation) => operation === CONVERT)).toHaveLength(1)
})

test('while another process has the person, nothing is converted, and the event is tried again', async () => {
  const { operations } = openWorkspace({ seed: { visitors: [{ user_id: 'v1' }] } })
  const time = { now: NOW }
  const state = new FlakyState(() => time.now)
  const sleep = (milliseconds: number) => {
    time.now += milliseconds
    return Promise.resolve()
  }
  const worker = openWorker(() => time.now, { state, sleep, random: () => 0 })
  await worker.deliver(identify(), converting)
  state.isLocked = true
  await expect(worker.deliver(identify('v1'), converting)).rejects.toMatchObject({ status: 503 })
  expect(operations()).toEqual([CREATE])
})

test('a process knows that another one has converted the visitor', async () => {
  const workspace = openWorkspace({ seed: { visitors: [{ user_id: 'v1' }] } })
  const state = new FlakyState(() => NOW)
  const [first, second] = [0, 1].map(() => openWorker(() => NOW, { state, sleep: () => Promise.resolve() }))
  await first?.deliver(identify('v1'), converting)
  const later = await second?.deliver(identify('v1'), converting)
  expect(later?.losses).toEqual([])
  expect(workspace.operations().filter((operation) => operation === CONVERT)).toHaveLength(1)
})

test('what the visitor adds to the contact is known afterwards', async () => {
  const { worker, operations, emulator } = open({ visitors: [{ user_id: 'v1', name: 'Ada Lovelace' }] })
  await worker.deliver(identify('v1', {}), converting)
  const { losses } = await worker.deliver(identify('v1', { firstName: 'Ada' }), converting)
  expect(losses).toEqual([{ path: 'name', reason: 'partial-name' }])
  expect(emulator.state.contacts).toMatchObject([{ name: 'Ada Lovelace' }])
  expect(operations()).toEqual([CREATE, CONVERT, UPDATE])
})
