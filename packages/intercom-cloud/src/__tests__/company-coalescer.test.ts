import { openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../test-support/workspace'

withoutNetwork()

const someone = { contacts: [{ role: 'user', external_id: 'u1' }] } as const
/** The time of an event comes from its properties, so that an event can be without one. */
const mapping = { event_time: { '@path': '$.properties.time' } }

const group = (traits: object, time?: string, groupId = 'c1'): EventPiece => ({
  type: 'group',
  userId: 'u1',
  groupId,
  traits,
  ...(time !== undefined && { properties: { time } })
})

const count = (operations: string[], operation: string) => operations.filter((one) => one === operation).length

describe('of several events of one company the last word of each value is stored', () => {
  test('by their times, where each of them tells one', async () => {
    const { emulator, operations } = openWorkspace({ seed: someone })
    await openWorker().deliverBatch(
      [
        group({ name: 'Acme', plan: 'third', tier: 'third' }, '2024-01-02T03:00:03Z'),
        group({ name: 'Acme', plan: 'first', tier: 'first', industry: 'first' }, '2024-01-02T03:00:01Z'),
        group({ name: 'Acme', plan: 'second', website: 'second' }, '2024-01-02T03:00:02Z')
      ],
      { mapping }
    )
    expect(emulator.state.companies).toMatchObject([
      { plan: 'third', industry: 'first', website: 'second', custom_attributes: { tier: 'third' } }
    ])
    expect(count(operations(), 'POST /companies')).toBe(1)
  })

  test('as they came, where only some of them tell a time', async () => {
    const { emulator } = openWorkspace({ seed: someone })
    await openWorker().deliverBatch(
      [
        group({ name: 'Acme', plan: 'one' }, '2024-01-02T03:00:03Z'),
        group({ name: 'Acme', plan: 'two' }),
        group({ name: 'Acme', plan: 'three' }, '2024-01-02T03:00:01Z')
      ],
      { mapping }
    )
    expect(emulator.state.companies).toMatchObject([{ plan: 'three' }])
  })

  test('a value that only an earlier event has is stored, too, whatever its kind', async () => {
    const { body } = openWorkspace({ seed: someone })
    await openWorker().deliverBatch([
      group({ name: 'Acme', industry: 'Rockets', tier: 'gold', region: 'eu' }),
      group({ name: 'Acme', plan: 'pro', tier: 'silver' })
    ])
    expect(body(3)).toEqual({
      company_id: 'c1',
      name: 'Acme',
      industry: 'Rockets',
      plan: 'pro',
      custom_attributes: { tier: 'silver', region: 'eu' }
    })
  })

  test('the order of the people in the batch does not matter', async () => {
    const { emulator } = openWorkspace({
      seed: { contacts: ['u1', 'u2'].map((external_id) => ({ role: 'user', external_id })) }
    })
    await openWorker().deliverBatch(
      [
        { ...group({ name: 'Acme', plan: 'new' }, '2024-01-02T03:00:03Z'), userId: 'u2' },
        group({ name: 'Acme', plan: 'old' }, '2024-01-02T03:00:01Z')
      ],
      { mapping }
    )
    expect(emulator.state.companies).toMatchObject([{ plan: 'new' }])
  })
})

describe('an older event, delivered again, leaves newer values of a company alone', () => {
  test('each value has its own time, in a batch as in a single event', async () => {
    const { emulator, operations } = openWorkspace({ seed: someone })
    const worker = openWorker()
    await worker.deliverBatch(
      [
        group({ name: 'Acme', plan: 'old', tier: 'old' }, '2024-01-02T03:00:01Z'),
        group({ name: 'Acme', plan: 'new' }, '2024-01-02T03:00:03Z')
      ],
      { mapping }
    )
    const late = group({ name: 'Acme', plan: 'late', tier: 'late', industry: 'late' }, '2024-01-02T03:00:02Z')
    await worker.deliver(late, { mapping })
    expect(emulator.state.companies).toMatchObject([
      { plan: 'new', industry: 'late', custom_attributes: { tier: 'late' } }
    ])
    const before = count(operations(), 'POST /companies')
    await worker.deliver(group({ name: 'Acme', plan: 'late' }, '2024-01-02T03:00:01Z'), { mapping })
    expect(count(operations(), 'POST /companies')).toBe(before)
  })

  test('a value of an earlier event keeps its time in the joint write', async () => {
    const { emulator } = openWorkspace({ seed: someone })
    const worker = openWorker()
    await worker.deliverBatch(
      [
        group({ name: 'Acme', industry: 'timed' }, '2024-01-02T03:00:03Z'),
        group({ name: 'Acme', plan: 'pro' }, '2024-01-02T03:00:04Z')
      ],
      { mapping }
    )
    await worker.deliver(group({ name: 'Acme', industry: 'older' }, '2024-01-02T03:00:02Z'), { mapping })
    expect(emulator.state.companies).toMatchObject([{ industry: 'timed' }])
  })

  test('a value that was last written without a time is not held back', async () => {
    const { emulator } = openWorkspace({ seed: someone })
    const worker = openWorker()
    await worker.deliverBatch(
      [group({ name: 'Acme', plan: 'timed' }, '2024-01-02T03:00:03Z'), group({ name: 'Acme', plan: 'untimed' })],
      { mapping }
    )
    await worker.deliver(group({ name: 'Acme', plan: 'later' }, '2024-01-02T03:00:02Z'), { mapping })
    expect(emulator.state.companies).toMatchObject([{ plan: 'later' }])
  })

  test('two events that are delivered side by side are stored one after the other', async () => {
    const { emulator } = openWorkspace({ seed: someone })
    const worker = openWorker()
    await Promise.all([
      worker.deliver(group({ name: 'Acme', plan: 'new' }, '2024-01-02T03:00:02Z'), { mapping }),
      worker.deliver(group({ name: 'Acme', plan: 'old' }, '2024-01-02T03:00:01Z'), { mapping })
    ])
    expect(emulator.state.companies).toMatchObject([{ plan: 'new' }])
    expect(emulator.requests.filter(({ operation }) => operation === 'POST /companies')).toHaveLength(1)
  })
})

describe('one event does not cost another of the same company', () => {
  test('what is left out is told to the events that had sent it', async () => {
    openWorkspace({ seed: someone })
    const verdicts = await openWorker().deliverBatch([
      group({ name: 'Acme', pets: 2 }),
      group({ name: 'Acme', plan: 'pro' }),
      group({ name: 'Acme', pets: 3, cars: 1 })
    ])
    const lost = (...names: string[]) => ({
      status: 200,
      body: {
        losses: names.map((name) => ({ path: `company.custom_attributes.${name}`, reason: 'unknown-attribute' }))
      }
    })
    expect(verdicts).toMatchObject([lost('pets'), lost(), lost('pets', 'cars')])
  })

  test('a passing failure of the company is passing for each of its events, after one call', async () => {
    const { emulator, operations } = openWorkspace({ seed: someone })
    emulator.fault({ match: { path: '/companies' }, status: 503 })
    const verdicts = await openWorker().deliverBatch([
      group({ name: 'Acme', plan: 'one' }),
      group({ name: 'Acme', plan: 'two' }),
      group({ name: 'Initech' }, undefined, 'c2')
    ])
    expect(verdicts).toMatchObject([{ status: 503 }, { status: 503 }, { status: 200 }])
    expect(count(operations(), 'POST /companies')).toBe(2)
  })

  test('where the joint write is refused, each event’s own is tried', async () => {
    const { emulator, operations } = openWorkspace({ seed: someone })
    emulator.fault({ match: { path: '/companies' }, status: 403 })
    const verdicts = await openWorker().deliverBatch([
      group({ name: 'Acme', plan: 'one' }),
      group({ name: 'Acme', plan: 'two' })
    ])
    expect(verdicts).toMatchObject([{ status: 200 }, { status: 200 }])
    expect(count(operations(), 'POST /companies')).toBe(3)
    expect(emulator.state.companies).toMatchObject([{ plan: 'two' }])
  })

  test('a company that one event names is tried once where Intercom refuses it', async () => {
    const { emulator, operations } = openWorkspace({ seed: someone })
    emulator.fault({ match: { path: '/companies' }, status: 403 })
    const verdicts = await openWorker().deliverBatch([
      group({ name: 'Acme' }),
      group({ name: 'Initech' }, undefined, 'c2')
    ])
    expect(verdicts).toMatchObject([{ status: 403 }, { status: 200 }])
    expect(count(operations(), 'POST /companies')).toBe(2)
  })

  test('a company that was deleted in Intercom meanwhile is made again, with each event’s person in it', async () => {
    const { emulator } = openWorkspace({
      seed: { contacts: ['u1', 'u2'].map((external_id) => ({ role: 'user', external_id })) }
    })
    const worker = openWorker()
    await worker.deliver(group({ name: 'Acme', plan: 'pro' }, '2024-01-02T03:00:01Z'), { mapping })
    const [company] = emulator.state.companies
    await emulator.fetch(`https://api.intercom.io/companies/${company?.id}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer test-access-token', 'intercom-version': '2.16' }
    })
    expect(emulator.state.companies).toEqual([])
    // As old as what was stored, so that nothing new is said of the company itself.
    const again = group({ name: 'Acme', plan: 'pro' }, '2024-01-02T03:00:00Z')
    await worker.deliverBatch(
      [
        { ...again, userId: 'u2' },
        { ...again, userId: 'u2' }
      ],
      { mapping }
    )
    expect(emulator.state.companies).toMatchObject([{ name: 'Acme', plan: 'pro' }])
  })

  test('a company that another process creates at the same moment is updated', async () => {
    const { emulator, operations } = openWorkspace({ seed: someone })
    emulator.fault({
      match: { path: '/companies' },
      status: 409,
      body: { type: 'error.list', request_id: 'r1', errors: [{ code: 'unique_company_constraint', message: 'taken' }] }
    })
    const verdicts = await openWorker().deliverBatch([group({ name: 'Acme', plan: 'pro' })])
    expect(verdicts).toMatchObject([{ status: 200 }])
    expect(count(operations(), 'POST /companies')).toBe(2)
    expect(emulator.state.companies).toMatchObject([{ plan: 'pro' }])
  })

  test('a new company without a name gets its id as the name, and one that has a name keeps it', async () => {
    const { emulator } = openWorkspace({ seed: { ...someone, companies: [{ company_id: 'c2', name: 'Initech' }] } })
    await openWorker().deliverBatch([group({ plan: 'pro' }), group({ plan: 'pro' }, undefined, 'c2')])
    expect(emulator.state.companies.map(({ company_id, name }) => [company_id, name]).sort()).toEqual([
      ['c1', 'c1'],
      ['c2', 'Initech']
    ])
  })
})
