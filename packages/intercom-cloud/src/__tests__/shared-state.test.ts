import { FlakyState } from '../test-support/flaky-state'
import { NOW, openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../test-support/workspace'

withoutNetwork()

const SEARCH = 'POST /contacts/search'
const CREATE = 'POST /contacts'
const UPDATE = 'PUT /contacts/{contact}'
const COMPANY = 'POST /companies'

/** Two processes that share a state, and the warnings of both. */
function openFleet() {
  const time = { now: NOW }
  const workspace = openWorkspace({ clock: () => time.now })
  const state = new FlakyState(() => time.now)
  const warnings: string[] = []
  const emitted = jest.spyOn(process, 'emitWarning').mockImplementation((warning) => {
    warnings.push(String(warning))
  })
  const sleep = (milliseconds: number) => {
    time.now += milliseconds
    return Promise.resolve()
  }
  const open = () => openWorker(() => time.now, { state, sleep, random: () => 0 })
  return { ...workspace, time, state, warnings, emitted, first: open(), second: open() }
}

afterEach(() => {
  jest.restoreAllMocks()
})

const identify = (traits: Record<string, unknown>, second = 1): EventPiece => ({
  type: 'identify',
  userId: 'u1',
  timestamp: new Date(NOW - 100_000 + second * 1000).toISOString(),
  traits: { email: 'ada@example.com', ...traits }
})

const group = (traits: Record<string, unknown>, second = 1): EventPiece => ({
  type: 'group',
  userId: 'u1',
  groupId: 'acme',
  timestamp: new Date(NOW - 100_000 + second * 1000).toISOString(),
  traits: { name: 'Acme', ...traits }
})

const track = (): EventPiece => ({ type: 'track', userId: 'u1', event: 'Paid' })

describe('a process profits from what another one learned', () => {
  test('it does not search a person that the other has written', async () => {
    const { first, second, operations } = openFleet()
    await first.deliver(identify({ name: 'Ada' }))
    await second.deliver(identify({ name: 'Ada King' }, 2))
    expect(operations()).toEqual([SEARCH, CREATE, UPDATE])
  })

  test('nor do the people of a batch', async () => {
    const { first, second, operations } = openFleet()
    const batch = ['u1', 'u2', 'u3'].map((userId) => ({
      ...identify({ email: `${userId}@example.com`, name: userId }),
      userId
    }))
    await first.deliverBatch(batch)
    const before = operations().length
    await second.deliverBatch(batch)
    expect(operations().slice(before)).toEqual([UPDATE, UPDATE, UPDATE])
  })

  test('an older value does not replace a newer one that the other wrote', async () => {
    const { first, second, emulator } = openFleet()
    await first.deliver(identify({ name: 'Ada King' }, 2))
    await second.deliver(identify({ name: 'Ada' }, 1))
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada King' }])
  })

  test('it makes no second lead while the search does not find the first', async () => {
    const { first, second, emulator } = openFleet()
    emulator.fault({ match: { method: 'POST', path: '/contacts/search' }, status: 200, body: { data: [] } })
    emulator.fault({ match: { method: 'POST', path: '/contacts/search' }, status: 200, body: { data: [] } })
    const lead = { mapping: { role: 'lead' } }
    await first.deliver(identify({ name: 'Ada' }), lead)
    await second.deliver(identify({ name: 'Ada' }, 2), lead)
    expect(emulator.state.contacts).toHaveLength(1)
  })

  test('an event of one second that the other submitted is not submitted again', async () => {
    const { first, second, emulator } = openFleet()
    await first.deliver(identify({ name: 'Ada' }))
    await first.deliver(track())
    expect((await second.deliver(track())).losses).toEqual([{ path: 'event', reason: 'same-second-event' }])
    expect(emulator.state.events).toHaveLength(1)
  })

  test('it does not write a company, nor attach a member, that the other wrote, for an hour', async () => {
    const { first, second, operations, time } = openFleet()
    await first.deliver(identify({ name: 'Ada' }))
    await first.deliver(group({ plan: 'pro' }))
    const before = operations().length
    time.now += 60 * 60_000 - 10_000
    await second.deliver(group({ plan: 'pro' }, 2))
    expect(operations().slice(before)).toEqual([])
  })

  test('it writes the value of before again, if the other wrote another one in between', async () => {
    const { first, second, operations, emulator } = openFleet()
    await first.deliver(group({ plan: 'free' }, 1)).catch(() => undefined)
    await second.deliver(group({ plan: 'pro' }, 2)).catch(() => undefined)
    await first.deliver(group({ plan: 'free' }, 3)).catch(() => undefined)
    expect(operations().filter((operation) => operation === COMPANY)).toHaveLength(3)
    expect(emulator.state.companies).toMatchObject([{ plan: 'free' }])
  })

  test('it does not read the attributes that the other read, nor create one that the other created', async () => {
    const { first, second, operations } = openFleet()
    const creating = { mapping: { unknown_attributes: 'create' } }
    await first.deliver(identify({ shoe_size: 42 }), creating)
    const before = operations().length
    await second.deliver(identify({ shoe_size: 43 }, 2), creating)
    expect(operations().slice(before)).toEqual([UPDATE])
    await second.deliver(identify({ weight: 7 }, 3), creating)
    expect(operations().filter((operation) => operation === 'GET /data_attributes')).toHaveLength(1)
  })

  test('it erases a lead that only the other knows by its user id', async () => {
    const { first, second, emulator } = openFleet()
    await first.deliver(identify({ name: 'Ada' }), { mapping: { role: 'lead' } })
    expect(await second.erase('u1')).toMatchObject({ deleted: 1 })
    expect(emulator.state.contacts).toMatchObject([{ status: 'deleted' }])
  })
})

describe('a turn', () => {
  test('waits up to two seconds for another process, and then the event is to be retried', async () => {
    const { first, state, operations, time } = openFleet()
    state.isLocked = true
    await expect(first.deliver(identify({ name: 'Ada' }))).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('Another process')
    })
    expect(operations()).toEqual([])
    expect(time.now - NOW).toBeGreaterThan(1800)
    expect(time.now - NOW).toBeLessThanOrEqual(2000)
    state.isLocked = false
    await first.deliver(identify({ name: 'Ada' }))
    expect(operations()).toEqual([SEARCH, CREATE])
  })

  test('makes no call with less time left than a call may take, unless it can be kept', async () => {
    const { first, state, operations } = openFleet()
    state.lastsMs = 5000
    await first.deliver(identify({ name: 'Ada' }))
    expect(state.calls.filter((call) => call === 'keep')).toHaveLength(1)
    state.areLocksLost = true
    await expect(first.deliver(identify({ name: 'Ada King' }, 2))).rejects.toMatchObject({
      status: 503,
      message: expect.stringContaining('Intercom took so long')
    })
    expect(operations()).toEqual([SEARCH, CREATE])
  })

  test('after a call without an answer nothing is taken for known', async () => {
    const { first, second, emulator, operations } = openFleet()
    await first.deliver(group({ plan: 'free' }, 1)).catch(() => undefined)
    emulator.fault({ match: { method: 'POST', path: '/companies' }, trouble: 'lost-answer' })
    await first.deliver(group({ plan: 'pro' }, 2)).catch(() => undefined)
    await second.deliver(group({ plan: 'free' }, 3)).catch(() => undefined)
    expect(operations().filter((operation) => operation === COMPANY)).toHaveLength(3)
    expect(emulator.state.companies).toMatchObject([{ plan: 'free' }])
  })
})

describe('a store that fails', () => {
  test('is said once, and the process goes on with what it knows itself', async () => {
    const { first, state, operations, warnings, time } = openFleet()
    await first.deliver(identify({ name: 'Ada' }))
    state.isAway = true
    await first.deliver(identify({ name: 'Ada King' }, 2))
    time.now += 5000
    await first.deliver(identify({ name: 'Ada Lovelace' }, 3))
    await first.deliver(identify({ name: 'Ada' }, 1))
    expect(operations()).toEqual([SEARCH, CREATE, UPDATE, UPDATE])
    expect(warnings).toEqual([
      'The shared state is away, so this process goes on with what it knows itself: The store does not answer.'
    ])
  })

  test('is not asked again for a second', async () => {
    const { first, state, time } = openFleet()
    state.isAway = true
    await first.deliver(identify({ name: 'Ada' }))
    expect(state.calls).toEqual(['lock'])
    time.now += 999
    await first.deliver(identify({ name: 'Ada King' }, 2))
    expect(state.calls).toEqual(['lock'])
    time.now += 1
    await first.deliver(identify({ name: 'Ada Lovelace' }, 3))
    expect(state.calls).toEqual(['lock', 'lock'])
  })

  test('gets what the process learned in the meantime when it is back', async () => {
    const { first, second, state, operations, warnings, emulator, time } = openFleet()
    state.isAway = true
    await first.deliver(identify({ name: 'Ada King' }, 2))
    state.isAway = false
    time.now += 1000
    await first.deliver(track())
    await second.deliver(identify({ name: 'Ada' }, 1))
    expect(operations().filter((operation) => operation === SEARCH)).toHaveLength(1)
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada King' }])
    expect(warnings.at(-1)).toBe('The shared state is back.')
  })

  test('gets everything again if it lost what it held', async () => {
    const { first, second, state, emulator } = openFleet()
    await first.deliver(identify({ name: 'Ada King' }, 2))
    state.empty()
    await first.deliver(track())
    await second.deliver(identify({ name: 'Ada' }, 1))
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada King' }])
  })

  test('in the meantime a company is not known for longer than a minute', async () => {
    const { first, state, operations, time } = openFleet()
    await first.deliver(identify({ name: 'Ada' }))
    await first.deliver(group({ plan: 'pro' }))
    state.isAway = true
    time.now += 61_000
    await first.deliver(group({ plan: 'pro' }, 2))
    expect(operations().filter((operation) => operation === COMPANY)).toHaveLength(2)
  })
})

describe('what the store holds', () => {
  test('is ids, salted hashes and times: neither an address, an id of the customer, a value nor the token', async () => {
    const { first, state } = openFleet()
    await first.deliver({ ...identify({ name: 'Ada Lovelace', plan: 'gold' }), userId: 'user-77' })
    await first.deliver({ ...group({ plan: 'platinum' }), userId: 'user-77' })
    await first.deliver({ ...track(), userId: 'user-77' })
    const held = JSON.stringify(state.written)
    expect(state.written.length).toBeGreaterThan(15)
    for (const secret of ['ada@example.com', 'Lovelace', 'gold', 'platinum', 'user-77', 'acme', 'Paid', 'test-access'])
      expect(held).not.toContain(secret)
  })
  test('is the hash of a decision about e-mails, not the decision', async () => {
    const { first, state, emulator } = openFleet()
    emulator.seed({ subscriptionTypes: [{ id: '101', name: 'Newsletter', consent_type: 'opt_out' }] })
    const mapping = { subscriptions: { '@path': '$.traits.consents' } }
    await first.deliver(identify({ name: 'Ada', consents: { Newsletter: 'opt_out' } }), { mapping })
    expect(emulator.state.contacts[0]?.subscriptions).toMatchObject([{ id: '101', consent_type: 'opt_out' }])
    expect(JSON.stringify(state.written)).not.toContain('opt_out')
  })
})
