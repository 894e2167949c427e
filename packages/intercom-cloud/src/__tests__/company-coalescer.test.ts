import { openWorker, openWorkspace, withoutNetwork, type EventPiece } from '../test-support/workspace'

withoutNetwork()

const knownUser = { contacts: [{ role: 'user', external_id: 'u1' }] } as const
/** The event time comes from the properties, so that an event can have none. */
const mapping = { event_time: { '@path': '$.properties.time' } }

const group = (traits: object, time?: string, groupId = 'c1'): EventPiece => ({
  type: 'group',
  userId: 'u1',
  groupId,
  traits,
  ...(time !== undefined && { properties: { time } })
})

const count = (operations: string[], operation: string) => operations.filter((one) => one === operation).length

describe('the last value of each attribute is stored when several events have the same company', () => {
  test('by the event times, if all events have one', async () => {
    const { emulator, operations } = openWorkspace({ seed: knownUser })
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

  test('in the order of the batch, if only some events have a time', async () => {
    const { emulator } = openWorkspace({ seed: knownUser })
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

  test('keeps a value that only an earlier event has', async () => {
    const { body } = openWorkspace({ seed: knownUser })
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

describe('an older event that is retried does not overwrite newer values of a company', () => {
  test('each value has its own time, in a batch as in a single event', async () => {
    const { emulator, operations } = openWorkspace({ seed: knownUser })
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

  test('a value of an earlier event keeps its time in the combined write', async () => {
    const { emulator } = openWorkspace({ seed: knownUser })
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

  test('overwrites a value that was written without a time', async () => {
    const { emulator } = openWorkspace({ seed: knownUser })
    const worker = openWorker()
    await worker.deliverBatch(
      [group({ name: 'Acme', plan: 'timed' }, '2024-01-02T03:00:03Z'), group({ name: 'Acme', plan: 'untimed' })],
      { mapping }
    )
    await worker.deliver(group({ name: 'Acme', plan: 'later' }, '2024-01-02T03:00:02Z'), { mapping })
    expect(emulator.state.companies).toMatchObject([{ plan: 'later' }])
  })

  test('writes concurrent events of a company one at a time', async () => {
    const { emulator } = openWorkspace({ seed: knownUser })
    const worker = openWorker()
    await Promise.all([
      worker.deliver(group({ name: 'Acme', plan: 'new' }, '2024-01-02T03:00:02Z'), { mapping }),
      worker.deliver(group({ name: 'Acme', plan: 'old' }, '2024-01-02T03:00:01Z'), { mapping })
    ])
    expect(emulator.state.companies).toMatchObject([{ plan: 'new' }])
    expect(emulator.requests.filter(({ operation }) => operation === 'POST /companies')).toHaveLength(1)
  })
})

describe('one event does not fail another of the same company', () => {
  test('reports what is left out for the events that sent it', async () => {
    openWorkspace({ seed: knownUser })
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

  test('a temporary failure of the company is a retry for each of its events, after one call', async () => {
    const { emulator, operations } = openWorkspace({ seed: knownUser })
    emulator.fault({ match: { path: '/companies' }, status: 503 })
    const verdicts = await openWorker().deliverBatch([
      group({ name: 'Acme', plan: 'one' }),
      group({ name: 'Acme', plan: 'two' }),
      group({ name: 'Initech' }, undefined, 'c2')
    ])
    expect(verdicts).toMatchObject([{ status: 503 }, { status: 503 }, { status: 200 }])
    expect(count(operations(), 'POST /companies')).toBe(2)
  })

  test('tries each event by itself when the combined write is rejected', async () => {
    const { emulator, operations } = openWorkspace({ seed: knownUser })
    emulator.fault({ match: { path: '/companies' }, status: 403 })
    const verdicts = await openWorker().deliverBatch([
      group({ name: 'Acme', plan: 'one' }),
      group({ name: 'Acme', plan: 'two' })
    ])
    expect(verdicts).toMatchObject([{ status: 200 }, { status: 200 }])
    expect(count(operations(), 'POST /companies')).toBe(3)
    expect(emulator.state.companies).toMatchObject([{ plan: 'two' }])
  })

  test('tries the company of a single event once when Intercom rejects it', async () => {
    const { emulator, operations } = openWorkspace({ seed: knownUser })
    emulator.fault({ match: { path: '/companies' }, status: 403 })
    const verdicts = await openWorker().deliverBatch([
      group({ name: 'Acme' }),
      group({ name: 'Initech' }, undefined, 'c2')
    ])
    expect(verdicts).toMatchObject([{ status: 403 }, { status: 200 }])
    expect(count(operations(), 'POST /companies')).toBe(2)
  })

  test('creates a company again that was deleted in Intercom, and attaches the person of each event', async () => {
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
    // Not newer than the last write, so that the company itself has no new values.
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

  test('updates a company that another process creates at the same moment', async () => {
    const { emulator, operations } = openWorkspace({ seed: knownUser })
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
    const { emulator } = openWorkspace({ seed: { ...knownUser, companies: [{ company_id: 'c2', name: 'Initech' }] } })
    await openWorker().deliverBatch([group({ plan: 'pro' }), group({ plan: 'pro' }, undefined, 'c2')])
    expect(emulator.state.companies.map(({ company_id, name }) => [company_id, name]).sort()).toEqual([
      ['c1', 'c1'],
      ['c2', 'Initech']
    ])
  })
})
