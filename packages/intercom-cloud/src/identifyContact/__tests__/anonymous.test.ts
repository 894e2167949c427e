import type { EmulatorOptions } from '@intercom-destinations/emulator'
import { FlakyState } from '../../test-support/flaky-state'
import { NOW, openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../../test-support/workspace'

withoutNetwork()

type Seed = NonNullable<EmulatorOptions['seed']>

const CREATE = 'POST /contacts'
const UPDATE = 'PUT /contacts/{contact}'
const SEARCH = 'POST /contacts/search'
const FIND = (id: string) => `GET /contacts/find_by_external_id/${id}`
const anonymous = { mapping: { use_anonymous_id: 'true' } }
const BOTH = [{ path: 'anonymous_id', reason: 'user-with-anonymous-id' }]
const EMAIL = 'ada@example.com'

const identify = (userId: string | null, traits: object = {}, anonymousId = 'a1'): EventPiece => ({
  type: 'identify',
  userId,
  anonymousId,
  traits
})

function open(contacts: Seed['contacts'] = []) {
  const workspace = openWorkspace({ seed: { contacts } })
  const people = () =>
    workspace.emulator.state.contacts.map(({ role, external_id, email, name, status }) =>
      [role, role === 'user' ? external_id : '-', email ?? '-', name ?? '-', status].join(' ')
    )
  return { ...workspace, people, worker: openWorker(() => NOW) }
}

const ANONYMOUS = { role: 'user', external_id: 'a1', name: 'Ada' } as const
const KNOWN = { role: 'user', external_id: 'u1', name: 'Ada' } as const

describe('a person without a user id', () => {
  test('is stored under the anonymous id, if the switch is on', async () => {
    const { worker, people, body } = open()
    await worker.deliver(identify(null, { name: 'Ada' }), anonymous)
    expect(body()).toMatchObject({ role: 'user', external_id: 'a1', name: 'Ada' })
    expect(people()).toEqual(['user a1 - Ada active'])
  })

  test('is refused, if it is off', async () => {
    const { worker, people } = open()
    await expect(worker.deliver(identify(null, { name: 'Ada' }))).rejects.toThrow('neither a user id nor')
    expect(people()).toEqual([])
  })

  test('is a user for the automatic role, and a lead has an id of its own', async () => {
    const { worker, people } = open()
    await worker.deliver(identify(null, { email: EMAIL }), { mapping: { ...anonymous.mapping, role: 'auto' } })
    await worker.deliver(identify(null, { email: 'bob@example.com' }, 'a2'), {
      mapping: { ...anonymous.mapping, role: 'lead' }
    })
    expect(people()).toEqual([`user a1 ${EMAIL} - active`, 'lead - bob@example.com - active'])
  })

  test('does events, and belongs to companies', async () => {
    const { worker, emulator } = open()
    await worker.deliver(identify(null), anonymous)
    await worker.deliver({ type: 'track', event: 'Viewed', anonymousId: 'a1' }, anonymous)
    await worker.deliver({ type: 'group', groupId: 'c1', anonymousId: 'a1', traits: { name: 'Acme' } }, anonymous)
    const [contact] = emulator.state.contacts
    expect(emulator.state.events).toMatchObject([{ event_name: 'Viewed', contactId: contact?.id }])
    expect(contact?.companyIds).toHaveLength(1)
  })
})

describe('when the user id comes', () => {
  test('the same contact is renamed', async () => {
    const { worker, people, operations, body } = open()
    await worker.deliver(identify(null, { name: 'Ada' }), anonymous)
    const { losses } = await worker.deliver(identify('u1', { name: 'Ada' }), anonymous)
    expect(body()).toMatchObject({ role: 'user', external_id: 'u1' })
    expect(people()).toEqual(['user u1 - Ada active'])
    expect(operations()).toEqual([CREATE, FIND('u1'), UPDATE])
    expect(losses).toEqual([])
  })

  test('also one that another process stored', async () => {
    const { worker, people, operations } = open([ANONYMOUS])
    await worker.deliver(identify('u1'), anonymous)
    expect(people()).toEqual(['user u1 - Ada active'])
    expect(operations()).toEqual([FIND('a1'), FIND('u1'), UPDATE])
  })

  test('also one with the same address', async () => {
    const { worker, people } = open([{ ...ANONYMOUS, email: EMAIL }])
    await worker.deliver(identify('u1', { email: EMAIL }), anonymous)
    expect(people()).toEqual([`user u1 ${EMAIL} Ada active`])
  })

  test('a lead with the address is merged into the renamed user', async () => {
    const { worker, people } = open([ANONYMOUS, { role: 'lead', email: EMAIL }])
    await worker.deliver(identify('u1', { email: EMAIL }), anonymous)
    expect(people()).toEqual([`user u1 ${EMAIL} Ada active`, `lead - ${EMAIL} - merged`])
  })

  test('an address of another user is left out, and the user is renamed all the same', async () => {
    const { worker, people, emulator } = open([ANONYMOUS, { role: 'user', external_id: 'u9', email: EMAIL }])
    const message = `A contact matching those details already exists with id=${emulator.state.contacts[1]?.id}`
    const body = { type: 'error.list', errors: [{ code: 'conflict', message }] }
    emulator.fault({ match: { method: 'PUT' }, status: 409, body })
    const { losses } = await worker.deliver(identify('u1', { email: EMAIL }), anonymous)
    expect(people()).toEqual(['user u1 - Ada active', `user u9 ${EMAIL} - active`])
    expect(losses).toEqual([{ path: 'email', reason: 'email-of-another-contact' }])
  })

  test('without the switch the two stay two', async () => {
    const { worker, people, operations } = open([ANONYMOUS])
    await worker.deliver(identify('u1'))
    expect(people()).toEqual(['user a1 - Ada active', 'user u1 - - active'])
    expect(operations()).toEqual([CREATE])
  })

  test('a person who was never stored costs one call more, once', async () => {
    const { worker, operations } = open()
    await worker.deliver(identify('u1'), anonymous)
    await worker.deliver(identify('u1'), anonymous)
    expect(operations()).toEqual([FIND('a1'), CREATE, UPDATE])
  })

  test('an event that comes first renames, too, where it may create people', async () => {
    const { worker, people, emulator } = open([ANONYMOUS])
    const event: EventPiece = { type: 'track', event: 'Paid', userId: 'u1', anonymousId: 'a1' }
    await worker.deliver(event, { mapping: { ...anonymous.mapping, unknown_contact: 'create' } })
    expect(people()).toEqual(['user u1 - Ada active'])
    expect(emulator.state.events).toMatchObject([{ event_name: 'Paid' }])
  })
})

test('an anonymous identify and the sign-up at once are one contact', async () => {
  const { worker, people } = open()
  const events = [identify(null, { name: 'Ada' }), identify('u1', { name: 'Ada King' })]
  await Promise.all(events.map((event) => worker.deliver(event, anonymous)))
  expect(people()).toEqual(['user u1 - Ada King active'])
})

describe('when Intercom has a user with each id', () => {
  test('nothing is merged, and a loss says so each time, with one call an hour', async () => {
    const { worker, people, operations } = open([ANONYMOUS, KNOWN])
    expect((await worker.deliver(identify('u1', { name: 'Ada King' }), anonymous)).losses).toEqual(BOTH)
    expect((await worker.deliver(identify('u1', { name: 'Ada Byron' }), anonymous)).losses).toEqual(BOTH)
    expect(people()).toEqual(['user a1 - Ada active', 'user u1 - Ada Byron active'])
    expect(operations()).toEqual([FIND('a1'), FIND('u1'), UPDATE, UPDATE])
  })

  test('the same for a user that this process knows', async () => {
    const { worker, operations } = open([ANONYMOUS])
    await worker.deliver(identify('u1', { name: 'Ada' }))
    expect((await worker.deliver(identify('u1'), anonymous)).losses).toEqual(BOTH)
    expect(operations()).toEqual([CREATE, UPDATE, FIND('a1')])
  })

  test('an archived user with the user id stays archived, if Intercom allows the renaming', async () => {
    const { worker, people } = open([ANONYMOUS, { ...KNOWN, status: 'archived' }])
    const { losses } = await worker.deliver(identify('u1'), anonymous)
    expect(people()).toEqual(['user u1 - Ada active', 'user u1 - Ada archived'])
    expect(losses).toEqual([])
  })

  test('an archived user with the user id is restored, if Intercom does not, and the other one stays', async () => {
    const { worker, people, emulator } = open([ANONYMOUS, { ...KNOWN, status: 'archived' }])
    const message = `An archived contact matching those details already exists with id=${emulator.state.contacts[1]?.id}`
    const body = { type: 'error.list', errors: [{ code: 'conflict', message }] }
    emulator.fault({ match: { method: 'PUT' }, status: 409, body })
    const { losses } = await worker.deliver(identify('u1'), anonymous)
    expect(people()).toEqual(['user a1 - Ada active', 'user u1 - Ada active'])
    expect(losses).toEqual(BOTH)
  })
})

describe('after the renaming', () => {
  test('the anonymous id finds the user no more', async () => {
    const { worker, people } = open()
    await worker.deliver(identify(null, { name: 'Ada' }), anonymous)
    await worker.deliver(identify('u1', {}), anonymous)
    await worker.deliver(identify(null, { name: 'Eve' }), anonymous)
    expect(people()).toEqual(['user u1 - Ada active', 'user a1 - Eve active'])
  })

  test('nor does it in a process that shares the state', async () => {
    const { people } = open()
    const state = new FlakyState(() => NOW)
    const share = () => openWorker(() => NOW, { state, sleep: () => Promise.resolve() })
    const [first, second] = [share(), share()]
    await first.deliver(identify(null, { name: 'Ada' }), anonymous)
    await second.deliver(identify('u1', {}), anonymous)
    await first.deliver(identify(null, { name: 'Eve' }), anonymous)
    await second.deliver(identify('u1', { name: 'Ada King' }), anonymous)
    expect(people()).toEqual(['user u1 - Ada King active', 'user a1 - Eve active'])
  })

  test('a search that still shows the old id does not refuse the next person who has it', async () => {
    const { worker, people, emulator } = open([{ ...ANONYMOUS, external_id: 'u1' }])
    const data = [{ type: 'contact', id: emulator.state.contacts[0]?.id, role: 'user', external_id: 'a1' }]
    emulator.fault({ match: { path: '/contacts/search' }, status: 200, body: { type: 'list', data } })
    const results = await worker.deliverBatch([identify(null, {}, 'a1'), identify(null, {}, 'a2')], anonymous)
    expect(results.map(({ status }) => status)).toEqual([200, 200])
    expect(people()).toEqual(['user u1 - Ada active', 'user a2 - - active', 'user a1 - - active'])
  })

  test('the same if the answer to the renaming was lost', async () => {
    const { worker, people, emulator } = open()
    await worker.deliver(identify(null, { name: 'Ada' }), anonymous)
    emulator.fault({ match: { method: 'PUT' }, trouble: 'lost-answer' })
    await expect(worker.deliver(identify('u1', {}), anonymous)).rejects.toMatchObject({ status: 503 })
    await worker.deliver(identify(null, { name: 'Eve' }), anonymous)
    expect(people()).toEqual(['user u1 - Ada active', 'user a1 - Eve active'])
  })
})

test.each([
  ['update', ['user u1 - Ada King active']],
  ['add', ['user a1 - Ada active']]
])('the sync mode %s', async (mode, after) => {
  const { worker, people } = open([ANONYMOUS])
  const mapping = { ...anonymous.mapping, __segment_internal_sync_mode: mode }
  await worker.deliver(identify('u1', { name: 'Ada King' }), { mapping })
  expect(people()).toEqual(after)
})

describe('a batch', () => {
  test('stores and renames in order, and each loss belongs to its event', async () => {
    const { worker, people } = open([
      { role: 'user', external_id: 'a3', name: 'Cy' },
      { role: 'user', external_id: 'u3', name: 'Cy' }
    ])
    const results = await worker.deliverBatch(
      [
        identify(null, { name: 'Ada' }, 'a1'),
        identify('u1', { name: 'Ada King' }, 'a1'),
        identify('u2', { name: 'Bob' }, 'a2'),
        identify('u3', { name: 'Cy' }, 'a3')
      ],
      anonymous
    )
    expect(people()).toEqual([
      'user a3 - Cy active',
      'user u3 - Cy active',
      'user u1 - Ada King active',
      'user u2 - Bob active'
    ])
    expect(results.map(({ body }) => body)).toMatchObject([
      { losses: [] },
      { losses: [] },
      { losses: [] },
      { losses: BOTH }
    ])
  })

  test('one search tells of all anonymous users beside known ones', async () => {
    const contacts = ['1', '2', '3'].flatMap((number) => [
      { role: 'user' as const, external_id: `u${number}`, name: 'Ada' },
      { role: 'user' as const, external_id: `a${number}`, name: 'Ada' }
    ])
    const { worker, operations } = open(contacts.slice(0, 5))
    const events = ['1', '2', '3'].map((number) => identify(`u${number}`, {}, `a${number}`))
    const results = await worker.deliverBatch(events, anonymous)
    expect(operations()).toEqual([SEARCH, UPDATE, UPDATE, UPDATE])
    expect(results.map(({ body }) => body)).toMatchObject([{ losses: BOTH }, { losses: BOTH }, { losses: [] }])
  })

  test('two anonymous ids of one person are both looked at', async () => {
    const { worker, people } = open([ANONYMOUS, { role: 'user', external_id: 'a2' }])
    const results = await worker.deliverBatch(
      [identify('u1', {}, 'a1'), identify('u1', { name: 'Ada King' }, 'a2')],
      anonymous
    )
    expect(people()).toEqual(['user u1 - Ada King active', 'user a2 - - active'])
    expect(results.map(({ body }) => body)).toMatchObject([{ losses: [] }, { losses: BOTH }])
  })
})

test('what is not an id is a loss', async () => {
  const { worker } = open()
  const { losses } = await worker.deliver(identify('u1', {}, 'a'.repeat(256)), anonymous)
  expect(losses).toEqual([{ path: 'anonymous_id', reason: 'too-long' }])
})
