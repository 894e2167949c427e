import { NOW, openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../test-support/workspace'

withoutNetwork()

const COMPANY = 'POST /companies'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ada = { id: 'c1', role: 'user', external_id: 'u1', email: 'ada@example.com' } as const

/** A worker whose clock the test sets, and the company writes that it sent. */
function openShop(options: { isOnlyProcess?: boolean } = {}) {
  const time = { now: NOW }
  const workspace = openWorkspace({ seed: { contacts: [ada] }, clock: () => time.now })
  const worker = openWorker(() => time.now, { sleep: () => Promise.resolve(), ...options })
  const writes = () => workspace.operations().filter((operation) => operation === COMPANY).length
  return { ...workspace, time, worker, writes }
}

const group = (traits: Record<string, unknown>, second = 1): EventPiece => ({
  type: 'group',
  userId: 'u1',
  groupId: 'acme',
  timestamp: new Date(NOW - 100_000 + second * 1000).toISOString(),
  traits: { name: 'Acme', ...traits }
})

describe('a group call that repeats what Intercom confirmed', () => {
  test('is not sent for a minute, and its event is delivered', async () => {
    const { worker, writes, time } = openShop()
    await worker.deliver(group({ plan: 'pro' }))
    time.now += MINUTE - 1
    const { report, losses } = await worker.deliver(group({ plan: 'pro' }, 2))
    expect(writes()).toBe(1)
    expect(losses).toEqual([])
    expect(typeof report?.companyId).toBe('string')
    time.now += 1
    await worker.deliver(group({ plan: 'pro' }, 3))
    expect(writes()).toBe(2)
  })

  test('is not sent for an hour by the only process', async () => {
    const { worker, writes, time } = openShop({ isOnlyProcess: true })
    await worker.deliver(group({ plan: 'pro' }))
    time.now += HOUR - 1
    await worker.deliver(group({ plan: 'pro' }, 2))
    expect(writes()).toBe(1)
    time.now += 1
    await worker.deliver(group({ plan: 'pro' }, 3))
    expect(writes()).toBe(2)
  })

  test('is not sent if it repeats only a part of the values', async () => {
    const { worker, writes } = openShop()
    await worker.deliver(group({ plan: 'pro', industry: 'Rockets' }))
    await worker.deliver(group({ industry: 'Rockets' }, 2))
    expect(writes()).toBe(1)
  })

  test('is sent if one value is new, or another than before', async () => {
    const { worker, writes, emulator } = openShop()
    await worker.deliver(group({ plan: 'pro' }))
    await worker.deliver(group({ plan: 'pro', industry: 'Rockets' }, 2))
    await worker.deliver(group({ plan: 'free' }, 3))
    await worker.deliver(group({ plan: 'pro' }, 4))
    expect(writes()).toBe(4)
    expect(emulator.state.companies).toMatchObject([{ plan: 'pro', industry: 'Rockets' }])
  })

  test('is sent if the mapping says so', async () => {
    const { worker, writes } = openShop()
    const sending = { mapping: { unchanged_values: 'send' } }
    await worker.deliver(group({ plan: 'pro' }), sending)
    await worker.deliver(group({ plan: 'pro' }, 2), sending)
    expect(writes()).toBe(2)
  })

  test('is sent if the mapping reports the company as active', async () => {
    const { worker, writes, body } = openShop()
    const active = { mapping: { active: true } }
    await worker.deliver(group({ plan: 'pro' }), active)
    await worker.deliver(group({ plan: 'pro' }, 2), active)
    expect(writes()).toBe(2)
    expect(body()).toMatchObject({ update_last_request_at: true })
  })

  test('keeps its time: an older value that comes later does not replace it', async () => {
    const { worker, writes, emulator } = openShop()
    await worker.deliver(group({ plan: 'free' }, 1))
    await worker.deliver(group({ plan: 'free' }, 3))
    await worker.deliver(group({ plan: 'pro' }, 2))
    expect(writes()).toBe(1)
    expect(emulator.state.companies).toMatchObject([{ plan: 'free' }])
  })

  test('attaches a person who is not a member yet', async () => {
    const { worker, operations, emulator } = openShop()
    emulator.seed({ contacts: [{ role: 'user', external_id: 'u2', email: 'bob@example.com' }] })
    await worker.deliver(group({ plan: 'pro' }))
    const before = operations().length
    await worker.deliver({ ...group({ plan: 'pro' }, 2), userId: 'u2' })
    expect(operations().slice(before)).toEqual([
      'GET /contacts/find_by_external_id/u2',
      'POST /contacts/{contact}/companies'
    ])
  })
})

describe('what Intercom may hold is not taken for known', () => {
  test('a write without an answer may have changed the value, so the next one is sent', async () => {
    const { worker, writes, emulator } = openShop()
    await worker.deliver(group({ plan: 'free' }, 1))
    emulator.fault({ match: { method: 'POST', path: '/companies' }, status: 500, body: '' })
    await expect(worker.deliver(group({ plan: 'pro' }, 2))).rejects.toThrow()
    await worker.deliver(group({ plan: 'free' }, 3))
    expect(writes()).toBe(3)
    expect(emulator.state.companies).toMatchObject([{ plan: 'free' }])
  })

  test('a value that Intercom refused is a loss every time', async () => {
    const { worker } = openShop()
    const unknown = [{ path: 'company.custom_attributes.shoe_size', reason: 'unknown-attribute' }]
    expect((await worker.deliver(group({ plan: 'pro', shoe_size: 42 }))).losses).toEqual(unknown)
    expect((await worker.deliver(group({ plan: 'pro', shoe_size: 42 }, 2))).losses).toEqual(unknown)
  })

  test('a company that was deleted in Intercom is written again', async () => {
    const { worker, writes, emulator } = openShop()
    await worker.deliver(group({ plan: 'pro' }))
    const [company] = emulator.state.companies
    await emulator.fetch(`https://api.intercom.io/companies/${company?.id}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer test-access-token', 'intercom-version': '2.16' }
    })
    emulator.seed({ contacts: [{ role: 'user', external_id: 'u2', email: 'bob@example.com' }] })
    await worker.deliver({ ...group({ plan: 'pro' }, 2), userId: 'u2' })
    expect(writes()).toBe(2)
    expect(emulator.state.companies).toMatchObject([{ company_id: 'acme', plan: 'pro' }])
  })
})

describe('an identify that repeats what Intercom confirmed', () => {
  const identify = (traits: Record<string, unknown>, second = 1): EventPiece => ({
    type: 'identify',
    userId: 'u1',
    timestamp: new Date(NOW - 100_000 + second * 1000).toISOString(),
    traits: { email: 'ada@example.com', ...traits }
  })
  const UPDATE = 'PUT /contacts/{contact}'

  test('is sent, because the person was seen', async () => {
    const { worker, operations } = openShop()
    await worker.deliver(identify({ name: 'Ada' }))
    await worker.deliver(identify({ name: 'Ada' }, 2))
    expect(operations().filter((operation) => operation === UPDATE)).toHaveLength(2)
  })

  test('is not sent if the mapping does not report people as active', async () => {
    const { worker, operations, emulator } = openShop()
    const quiet = { mapping: { active: false } }
    await worker.deliver(identify({ name: 'Ada' }), quiet)
    await worker.deliver(identify({ name: 'Ada' }, 2), quiet)
    expect(operations().filter((operation) => operation === UPDATE)).toHaveLength(1)
    await worker.deliver(identify({ name: 'Ada King' }, 3), quiet)
    expect(operations().filter((operation) => operation === UPDATE)).toHaveLength(2)
    expect(emulator.state.contacts).toMatchObject([{ name: 'Ada King' }])
  })
})
