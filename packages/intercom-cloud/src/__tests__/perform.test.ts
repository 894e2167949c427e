import { createRequestClient } from '@segment/actions-core'
import nock from 'nock'
import type { DeliveryReport } from '../delivery-report'
import { IntercomApiError } from '../client/intercom-api-error'
import { Workspaces } from '../state/workspace'
import { toPerform, type BatchAction, type Merged } from '../batch/perform-batch'
import { runAsCall } from '../test-support/open-memory'
import { HOST, NOW, openWorker, openWorkspace, withoutNetwork } from '../test-support/workspace'

const TIMING = { now: () => NOW, sleep: () => Promise.resolve(), random: () => 0 }

withoutNetwork()

/** An event of these tests: its person, and a name to recognise it by. */
interface Payload {
  name: string
  external_id?: string
  email?: string
}

const CODES = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [409, 'conflict'],
  [422, 'parameter_invalid'],
  [429, 'rate_limit_exceeded'],
  [500, 'server_error'],
  [503, 'service_unavailable']
])

const error = (status: number) =>
  new IntercomApiError({ operation: 'POST /events', status, code: CODES.get(status) ?? '', text: 'ada@example.com' })

/** An action that sends nothing. The test decides the result of each event. */
function openAction(more: Partial<BatchAction<Payload, Payload>> = {}) {
  const sent: string[] = []
  const action: BatchAction<Payload, Payload> = {
    read: (payload) => payload,
    toPersonKey: ({ external_id, email }) => ({ ...(external_id && { external_id }), ...(email && { email }) }),
    toContactKey: ({ external_id, email }) => {
      if (external_id !== undefined) return { external_id, ...(email === undefined ? {} : { email }) }
      return email === undefined ? undefined : { email }
    },
    send: (_session, { name }) => {
      sent.push(name)
      return Promise.resolve({ contactId: name, losses: [] })
    },
    ...more
  }
  const dependencies = {
    ...TIMING,
    workspaces: new Workspaces(TIMING)
  }
  const { perform, performBatch } = toPerform(dependencies, 'trackEvent', action)
  const input = { settings: {}, auth: { accessToken: 'token', refreshToken: '' } }
  return {
    sent,
    workspace: dependencies.workspaces.forWorkspace(HOST, 'token'),
    one: (payload: Payload) => perform(createRequestClient(), { ...input, payload }),
    batch: async (payload: Payload[]) => {
      const response = await performBatch(createRequestClient(), { ...input, payload })
      return response.getAllResponses().map((each) => each.value())
    }
  }
}

/** A mock of Intercom's search without contacts. Returns the values that were searched. */
function mockSearch(status = 200) {
  const searches: string[][] = []
  nock(HOST)
    .persist()
    .post('/contacts/search')
    .reply(status, (_uri, body: { query: object }) => {
      searches.push([...JSON.stringify(body.query).matchAll(/"value":"([^"]+)"/g)].map(([, value]) => value ?? ''))
      return status === 200
        ? { type: 'list', data: [], total_count: 0, pages: {} }
        : { type: 'error.list', request_id: 'r1', errors: [{ code: CODES.get(status), message: 'no' }] }
    })
  return searches
}

const people = (...names: string[]) => names.map((name) => ({ name, external_id: name }))
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('each event has its result at its own index', () => {
  test('one unreadable event does not fail the others', async () => {
    mockSearch()
    const { batch, sent } = openAction({
      read: (payload) => {
        if (payload.name === 'bad') throw error(422)
        return payload
      }
    })
    expect(await batch(people('a', 'bad', 'b'))).toMatchObject([
      { status: 200, sent: 'trackEvent', body: { contactId: 'a', losses: [] } },
      { status: 422, errormessage: expect.stringContaining('Intercom refuses a value of this event') },
      { status: 200, body: { contactId: 'b' } }
    ])
    expect(sent).toEqual(['a', 'b'])
  })

  test.each([403, 409, 422, 429, 500, 503])('a %d of one event does not stop the others', async (status) => {
    mockSearch()
    const { batch } = openAction({
      send: (_session, { name }) =>
        name === 'bad' ? Promise.reject(error(status)) : Promise.resolve({ contactId: name, losses: [] })
    })
    expect(await batch(people('a', 'bad', 'b'))).toMatchObject([{ status: 200 }, { status }, { status: 200 }])
  })

  test('a bug fails its event only, and its message is not reported', async () => {
    mockSearch()
    const { batch } = openAction({
      send: (_session, { name }) =>
        name === 'bad' ? Promise.reject(new Error('ada@example.com')) : Promise.resolve({ losses: [] })
    })
    const verdicts = await batch(people('a', 'bad'))
    expect(verdicts).toMatchObject([{ status: 200 }, { status: 500, errortype: 'UNKNOWN_ERROR' }])
    expect(JSON.stringify(verdicts)).not.toContain('ada@example.com')
  })

  test('after a 401 no further person is sent, and each event reports it', async () => {
    mockSearch()
    const sent: string[] = []
    const { batch } = openAction({
      send: (_session, { name }) => {
        sent.push(name)
        return Promise.reject(error(401))
      }
    })
    const events = people(...Array.from({ length: 30 }, (_, number) => `u${number}`))
    const verdicts = await batch(events)
    expect(verdicts.map((verdict) => ('status' in verdict ? verdict.status : 0))).toEqual(Array(30).fill(401))
    // The number of concurrent people.
    expect(sent).toHaveLength(20)
  })

  test('a failure of a single event is one of Segment’s errors', async () => {
    const { one } = openAction({ send: () => Promise.reject(error(503)) })
    await expect(one({ name: 'a' })).rejects.toMatchObject({ name: 'RetryableError', status: 503 })
    const unreadable = openAction({
      read: () => {
        throw error(422)
      }
    })
    await expect(unreadable.one({ name: 'a' })).rejects.toMatchObject({ name: 'IntegrationError', status: 422 })
  })
})

describe('the events of one person keep their order', () => {
  test('sends the second event after the first has ended, and those of other people concurrently', async () => {
    mockSearch()
    const sent: string[] = []
    let end: () => void = () => undefined
    const { batch } = openAction({
      send: async (_session, { name }): Promise<DeliveryReport> => {
        sent.push(name)
        if (name === 'first') await new Promise<void>((resolve) => (end = resolve))
        return { losses: [] }
      }
    })
    const verdicts = batch([
      { name: 'first', email: 'a@example.com' },
      { name: 'second', email: 'A@example.com' },
      { name: 'other', external_id: 'u2' }
    ])
    while (sent.length < 2) await settle()
    await settle()
    expect(sent).toEqual(['first', 'other'])
    end()
    await verdicts
    expect(sent).toEqual(['first', 'other', 'second'])
  })

  test('sends twenty people at a time', async () => {
    mockSearch()
    let running = 0
    let most = 0
    const { batch } = openAction({
      send: async () => {
        most = Math.max(most, ++running)
        await settle()
        running -= 1
        return { losses: [] }
      }
    })
    await batch(people(...Array.from({ length: 50 }, (_, number) => `u${number}`)))
    expect(most).toBe(20)
  })

  test('prepares all events of a batch before the first is sent', async () => {
    mockSearch()
    const log: string[] = []
    const { batch } = openAction({
      prepare: (_session, tasks) => log.push(`prepare ${tasks.map(({ name }) => name).join()}`),
      send: (_session, { name }) => {
        log.push(name)
        return Promise.resolve({ losses: [] })
      }
    })
    await batch([...people('a'), { name: 'b' }])
    expect(log).toEqual(['prepare a,b', 'a', 'b'])
  })
})

describe('one search finds the people of a batch', () => {
  test('prefetches two unknown people, but not a single one', async () => {
    const searches = mockSearch()
    await openAction().batch(people('a', 'b'))
    expect(searches).toEqual([['a', 'b']])
    await openAction().batch([...people('a'), ...people('a')])
    expect(searches).toHaveLength(1)
  })

  test('treats an address in different case as one person', async () => {
    const searches = mockSearch()
    await openAction().batch([
      { name: 'a', email: 'a@example.com' },
      { name: 'b', email: 'A@EXAMPLE.com' }
    ])
    expect(searches).toEqual([])
  })

  test('does not search cached people, unless their address differs', async () => {
    const searches = mockSearch()
    const { batch, workspace } = openAction()
    runAsCall(workspace, (cache) => {
      for (const id of ['1', '2', '3', '4'])
        cache.cacheContact({ id, role: 'user', external_id: `u${id}`, email: `${id}@example.com` })
    })
    const event = (external_id: string, email?: string) => ({ name: external_id, external_id, ...(email && { email }) })
    await batch([
      event('u1'),
      event('u2', '2@Example.com'),
      event('u3', 'new@example.com'),
      event('u4', 'x@example.com')
    ])
    expect(searches).toEqual([['u3', 'new@example.com', 'u4', 'x@example.com']])
  })

  test('does not search people again who were found by address', async () => {
    const contacts = ['a', 'b'].map((name) => ({ role: 'user' as const, email: `${name}@example.com` }))
    const { operations } = openWorkspace({ seed: { contacts } })
    const worker = openWorker()
    const track = (email: string, event: string) =>
      ({ type: 'track', userId: null, anonymousId: 'x', event, properties: { email } }) as const
    await worker.deliverBatch([track('a@example.com', 'First'), track('b@example.com', 'First')])
    await worker.deliverBatch([track('A@example.com', 'Second'), track('b@example.com', 'Second')])
    expect(operations().filter((one) => one === 'POST /contacts/search')).toHaveLength(1)
  })

  test('does not search for events that need no contact', async () => {
    const searches = mockSearch()
    await openAction({ toContactKey: () => undefined }).batch(people('a', 'b', 'c'))
    expect(searches).toEqual([])
  })

  test('sends the events although the search failed', async () => {
    mockSearch(503)
    expect(await openAction().batch(people('a', 'b'))).toMatchObject([{ status: 200 }, { status: 200 }])
  })

  test('sends nothing if the search shows that the token is revoked', async () => {
    mockSearch(401)
    const { batch, sent } = openAction()
    const verdicts = await batch(people('a', 'b'))
    expect(verdicts.map((verdict) => ('status' in verdict ? verdict.status : 0))).toEqual([401, 401])
    expect(sent).toEqual([])
  })
})

describe('several events of one person are merged into one write', () => {
  /** Merges all events of a person. Each event reports the loss with its name. */
  const merge = (tasks: readonly Payload[]): Merged<Payload>[] => {
    const [first] = tasks
    if (!first) return []
    const task = { ...first, name: tasks.map(({ name }) => name).join('+') }
    const toReport = (whole: DeliveryReport, { name }: Payload) => ({
      ...whole,
      losses: whole.losses.filter(({ path }) => path === name)
    })
    return [{ task, from: tasks, toReport }]
  }
  const events = ['x', 'y', 'z'].map((name) => ({ name, external_id: 'u1' }))

  test('each event reports its own part of the result', async () => {
    const { batch } = openAction({
      merge,
      send: (_session, { name }) =>
        Promise.resolve({ contactId: name, losses: ['x', 'z'].map((path) => ({ path, reason: 'not-text' })) })
    })
    expect(await batch(events)).toMatchObject([
      { body: { contactId: 'x+y+z', losses: [{ path: 'x', reason: 'not-text' }] } },
      { body: { contactId: 'x+y+z', losses: [] } },
      { body: { contactId: 'x+y+z', losses: [{ path: 'z', reason: 'not-text' }] } }
    ])
  })

  test('sends each event by itself when the write is rejected, and rejects only the cause', async () => {
    const sent: string[] = []
    const { batch } = openAction({
      merge,
      send: (_session, { name }) => {
        sent.push(name)
        return name.includes('y') ? Promise.reject(error(422)) : Promise.resolve({ losses: [] })
      }
    })
    expect(await batch(events)).toMatchObject([{ status: 200 }, { status: 422 }, { status: 200 }])
    expect(sent).toEqual(['x+y+z', 'x', 'y', 'z'])
  })

  test.each([429, 503])('a %d is the result of each event, after one call', async (status) => {
    const sent: string[] = []
    const { batch } = openAction({
      merge,
      send: (_session, { name }) => {
        sent.push(name)
        return Promise.reject(error(status))
      }
    })
    expect(await batch(events)).toMatchObject([{ status }, { status }, { status }])
    expect(sent).toEqual(['x+y+z'])
  })
})
