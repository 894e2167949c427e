import { ConnectionDropped, createEmulator, serve, type Emulator } from '../index'
import { seededChance } from '../model/seeded-chance'
import { ask, errorOf } from '../test-support/ask'
import { waitByTimer } from '../http/wait'

const create = { external_id: 'u-1' }
const headers = { authorization: 'Bearer x', 'content-type': 'application/json' }

/** A wait that a test ends by hand. */
const manualWait = () => {
  const asked: number[] = []
  let end: () => void = () => undefined
  const wait = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      asked.push(milliseconds)
      end = resolve
    })
  return {
    wait,
    asked,
    pass: () => {
      end()
    }
  }
}

/** Lets all pending promises settle. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

const ids = ({ state }: Emulator) => state.contacts.map(({ external_id }) => external_id)

describe('permanent faults', () => {
  const times = Infinity

  it('of different kinds apply together: an outage while answers are slow and the index lags', async () => {
    const { wait, asked, pass } = manualWait()
    const emulator = createEmulator({ wait })
    emulator.fault({ trouble: 'slow', ms: 3000, times })
    emulator.fault({ trouble: 'index-lag', times })
    const end = emulator.fault({ status: 503, times })
    const during = ask(emulator, 'POST /contacts', create)
    await settle()
    pass()
    expect((await during).status).toBe(503)
    end()
    const after = ask(emulator, 'POST /contacts', create)
    await settle()
    pass()
    expect([(await after).status, asked]).toEqual([200, [3000, 3000]])
    const search = ask(emulator, 'POST /contacts/search', {
      query: { field: 'external_id', operator: '=', value: 'u-1' }
    })
    await settle()
    pass()
    expect((await search).body).toMatchObject({ total_count: 0 })
  })

  it('of one kind do not: the first of two outages answers', async () => {
    const emulator = createEmulator()
    emulator.fault({ status: 503, times })
    emulator.fault({ status: 500, times })
    expect((await ask(emulator, 'GET /me')).status).toBe(503)
  })

  it('that apply once come one after the other', async () => {
    const emulator = createEmulator()
    emulator.fault({ status: 503 })
    emulator.fault({ status: 500 })
    expect([(await ask(emulator, 'GET /me')).status, (await ask(emulator, 'GET /me')).status]).toEqual([503, 500])
  })
})

describe('a fault with a status', () => {
  it.each([
    [429, 'rate_limit_exceeded', 'Exceeded rate limit of 1667 in 10_seconds'],
    [500, 'server_error', 'Server Error'],
    [503, 'service_unavailable', 'Sorry, the API service is temporarily unavailable'],
    [504, 'server_timeout', 'Server timed out when making request']
  ])('%i has its usual code and text, and nothing is written', async (status, code, message) => {
    const emulator = createEmulator()
    emulator.fault({ status })
    const reply = await ask(emulator, 'POST /contacts', create)
    expect([reply.status, errorOf(reply), ids(emulator)]).toEqual([status, { code, message }, []])
  })

  it('a 429 has the time of the reset', async () => {
    const emulator = createEmulator({ clock: () => 1_700_000_003_000 })
    emulator.fault({ status: 429 })
    const { headers: received } = await ask(emulator, 'GET /me')
    expect([received.get('x-ratelimit-remaining'), received.get('x-ratelimit-reset')]).toEqual(['0', '1700000012'])
  })

  it('a 502 is a page of HTML instead of JSON', async () => {
    const emulator = createEmulator()
    emulator.fault({ status: 502 })
    const reply = await emulator.fetch('https://api.intercom.io/me', { headers })
    expect([reply.status, reply.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
    expect(await reply.text()).toContain('<h1>502 Bad Gateway</h1>')
  })
})

describe('no answer', () => {
  it('dropped: fetch rejects, nothing is written, the next call succeeds', async () => {
    const emulator = createEmulator()
    emulator.fault({ trouble: 'dropped' })
    await expect(ask(emulator, 'POST /contacts', create)).rejects.toThrow(ConnectionDropped)
    expect([ids(emulator), emulator.requests.map(({ status }) => status)]).toEqual([[], [0]])
    expect((await ask(emulator, 'POST /contacts', create)).status).toBe(200)
  })

  it('lost answer: the contact is created, and creating it again is a conflict', async () => {
    const emulator = createEmulator()
    emulator.fault({ match: { method: 'POST', path: '/contacts' }, trouble: 'lost-answer' })
    await expect(ask(emulator, 'POST /contacts', create)).rejects.toThrow('fetch failed')
    expect(ids(emulator)).toEqual(['u-1'])
    expect((await ask(emulator, 'POST /contacts', create)).status).toBe(409)
  })

  it('time-out: fetch hangs until the caller aborts', async () => {
    const emulator = createEmulator()
    emulator.fault({ trouble: 'time-out' })
    const caller = new AbortController()
    const reply = emulator.fetch('https://api.intercom.io/me', { headers, signal: caller.signal })
    const outcome = expect(reply).rejects.toThrow('aborted')
    await settle()
    expect(emulator.requests).toEqual([])
    caller.abort()
    await outcome
    expect(emulator.requests).toMatchObject([{ operation: 'GET /me', status: 0 }])
  })

  it('time-out with ms: the connection is dropped after that time', async () => {
    const { wait, asked, pass } = manualWait()
    const emulator = createEmulator({ wait })
    emulator.fault({ trouble: 'time-out', ms: 30_000 })
    const outcome = expect(ask(emulator, 'GET /me')).rejects.toThrow(ConnectionDropped)
    await settle()
    pass()
    await outcome
    expect(asked).toEqual([30_000])
  })

  it('slow: the answer is correct, but late', async () => {
    const { wait, asked, pass } = manualWait()
    const emulator = createEmulator({ wait })
    emulator.fault({ trouble: 'slow', ms: 5_000 })
    const reply = ask(emulator, 'POST /contacts', create)
    await settle()
    expect([asked, ids(emulator)]).toEqual([[5_000], []])
    pass()
    expect((await reply).status).toBe(200)
    expect(ids(emulator)).toEqual(['u-1'])
  })

  it('slow: nothing is written if the caller aborts before', async () => {
    const emulator = createEmulator({ wait: waitByTimer })
    emulator.fault({ trouble: 'slow', ms: 60_000 })
    const caller = new AbortController()
    const { signal } = caller
    const body = JSON.stringify(create)
    const reply = emulator.fetch('https://api.intercom.io/contacts', { method: 'POST', headers, body, signal })
    const outcome = expect(reply).rejects.toThrow('aborted')
    await settle()
    caller.abort()
    await outcome
    expect(ids(emulator)).toEqual([])
  })
})

describe('on a port', () => {
  it.each(['dropped', 'lost-answer'] as const)('%s destroys the socket', async (trouble) => {
    const emulator = createEmulator()
    const { url, close } = await serve(emulator)
    emulator.fault({ trouble })
    const send = () => fetch(`${url}/contacts`, { method: 'POST', headers, body: JSON.stringify(create) })
    await expect(send()).rejects.toThrow('fetch failed')
    expect(ids(emulator)).toEqual(trouble === 'dropped' ? [] : ['u-1'])
    expect((await send()).status).toBe(trouble === 'dropped' ? 200 : 409)
    await close()
  })

  it('a client that disconnects ends the time-out, and close does not wait for one that hangs', async () => {
    const emulator = createEmulator()
    const { url, close } = await serve(emulator)
    emulator.fault({ trouble: 'time-out', times: 2 })
    await expect(fetch(`${url}/me`, { headers, signal: AbortSignal.timeout(20) })).rejects.toThrow()
    const hanging = expect(fetch(`${url}/me`, { headers })).rejects.toThrow()
    await close()
    await hanging
  })
})

describe('an index lag', () => {
  const search = { query: { field: 'external_id', operator: '=', value: 'u-1' } }

  it('applies to one search, and not to seeded contacts', async () => {
    const emulator = createEmulator({ seed: { contacts: [{ external_id: 'old' }] } })
    await ask(emulator, 'POST /contacts', create)
    emulator.fault({ match: { path: '/contacts/search' }, trouble: 'index-lag' })
    expect((await ask(emulator, 'POST /contacts/search', search)).body).toMatchObject({ total_count: 0 })
    expect((await ask(emulator, 'POST /contacts/search', search)).body).toMatchObject({ total_count: 1 })
    emulator.fault({ trouble: 'index-lag' })
    const old = { query: { field: 'external_id', operator: '=', value: 'old' } }
    expect((await ask(emulator, 'POST /contacts/search', old)).body).toMatchObject({ total_count: 1 })
  })

  it('lasts as many calls as given', async () => {
    const emulator = createEmulator()
    await ask(emulator, 'POST /contacts', create)
    emulator.fault({ trouble: 'index-lag', calls: 2, times: 9 })
    const counts: unknown[] = []
    for (let call = 1; call <= 3; call += 1) counts.push((await ask(emulator, 'POST /contacts/search', search)).body)
    expect(counts).toMatchObject([{ total_count: 0 }, { total_count: 0 }, { total_count: 1 }])
  })
})

describe('a probability', () => {
  const thousandCalls = async (emulator: Emulator) => {
    const statuses: number[] = []
    for (let call = 0; call < 1_000; call += 1) statuses.push((await ask(emulator, 'GET /me')).status)
    return statuses
  }

  it('fails at random, and the same seed repeats the same failures', async () => {
    const emulator = createEmulator({ faultSeed: 7 })
    emulator.fault({ status: 503, probability: 0.1 })
    const first = await thousandCalls(emulator)
    const failed = first.filter((status) => status === 503).length
    expect(failed).toBeGreaterThan(70)
    expect(failed).toBeLessThan(130)
    emulator.reset()
    emulator.fault({ status: 503, probability: 0.1 })
    expect(await thousandCalls(emulator)).toEqual(first)
  })

  it('can be switched off', async () => {
    const emulator = createEmulator()
    const switchOff = emulator.fault({ status: 503, probability: 1 })
    expect((await ask(emulator, 'GET /me')).status).toBe(503)
    expect((await ask(emulator, 'GET /me')).status).toBe(503)
    switchOff()
    expect((await ask(emulator, 'GET /me')).status).toBe(200)
  })

  it('throws at once if it is not between 0 and 1', () => {
    expect(() => createEmulator().fault({ status: 500, probability: 10 })).toThrow(
      'fault: probability must be between 0 and 1, not 10'
    )
  })

  it('uses a generator with these numbers', () => {
    const chance = seededChance(1)
    expect([chance(), chance(), chance()].map((number) => number.toFixed(6))).toEqual([
      '0.627074',
      '0.002736',
      '0.527447'
    ])
  })
})
