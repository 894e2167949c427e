import { createEmulator, serve, type EmulatorOptions, type Served } from '@intercom-destinations/emulator'
import { createSender, type IntercomSender, type SenderOptions } from '..'

const TOKEN = 'secret-token'
const timestamp = '2024-01-02T03:04:05Z'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function open(emulated: EmulatorOptions = {}, options: Partial<SenderOptions> = {}) {
  const emulator = createEmulator({ token: TOKEN, ...emulated })
  const served: Served = await serve(emulator)
  const sender: IntercomSender = createSender({ token: TOKEN, restHost: served.url, ...options })
  closing.push(
    () => sender.close(),
    () => served.close()
  )
  return { emulator, sender }
}

it('delivers, ignores and rejects, one verdict for each event in order', async () => {
  const { emulator, sender } = await open()
  const verdicts = await sender.send([
    { type: 'identify', userId: 'u1', timestamp, traits: { email: 'ada@example.com', name: 'Ada', tags: ['a'] } },
    { type: 'track', userId: 'u1', timestamp, event: 'Opened' },
    { type: 'track', userId: 'u1', timestamp },
    { type: 'page', userId: 'u1', timestamp }
  ])
  const [contact] = emulator.state.contacts
  expect(verdicts).toEqual([
    {
      status: 'delivered',
      losses: [{ path: 'custom_attributes.tags', reason: 'nested-value' }],
      doubtful: [],
      contactId: contact?.id
    },
    { status: 'delivered', losses: [], doubtful: [], contactId: contact?.id },
    { status: 'rejected', losses: [], doubtful: [], reason: 'An event needs a name. Map Event Name.' },
    { status: 'ignored', losses: [], doubtful: [], reason: 'No subscription takes this event.' }
  ])
  expect(contact).toMatchObject({ external_id: 'u1', email: 'ada@example.com', name: 'Ada' })
  expect(emulator.state.events.map(({ event_name }) => event_name)).toEqual(['Opened'])
})

it('delivers the rest of a person where Segment’s validation would refuse the whole event', async () => {
  const { emulator, sender } = await open()
  const [verdict] = await sender.send([
    { type: 'identify', userId: 'u1', timestamp, traits: { name: { first: 'Ada' }, phone: '+49 30 1234' } }
  ])
  expect(verdict).toMatchObject({ status: 'delivered', losses: [{ path: 'name', reason: 'not-text' }] })
  expect(emulator.state.contacts).toMatchObject([{ external_id: 'u1', phone: '+49 30 1234' }])
})

it('reports every call with its events, and never the token', async () => {
  const seen: unknown[] = []
  const { sender } = await open({}, { onRequest: (request) => seen.push(request) })
  const event = { type: 'identify', userId: 'u1', timestamp, traits: { name: 'Ada' } }
  await sender.send([event])
  expect(seen).toMatchObject([{ method: 'POST', status: 200, events: [{ userId: 'u1' }], body: { name: 'Ada' } }])
  expect(JSON.stringify(seen)).not.toContain(TOKEN)
})

it('yields the verdicts of a stream in order, and reads no further than it has room for', async () => {
  const { sender } = await open({}, { concurrency: 1 })
  let read = 0
  async function* events() {
    while (read < 60) {
      read += 1
      await Promise.resolve()
      yield { type: 'identify', userId: `u${read}`, timestamp, traits: { name: 'Ada' } }
    }
  }
  const users: unknown[] = []
  let readAtFirst = 0
  for await (const { event, verdict } of sender.sendStream(events())) {
    if (users.length === 0) readAtFirst = read
    users.push([event, verdict.status])
  }
  expect(readAtFirst).toBeLessThanOrEqual(21)
  expect(users).toHaveLength(60)
  expect(users[59]).toEqual([{ type: 'identify', userId: 'u60', timestamp, traits: { name: 'Ada' } }, 'delivered'])
})

it('erases people by their user ids', async () => {
  const { emulator, sender } = await open({ seed: { contacts: [{ role: 'user', external_id: 'u1' }] } })
  expect(await sender.erase(['u1', 'u2'])).toEqual([{ status: 'erased', contacts: 1 }, { status: 'not-found' }])
  expect(emulator.state.contacts.map(({ status }) => status)).toEqual(['deleted'])
})

it('refuses wrong options before anything is sent', () => {
  expect(() => createSender({ token: ' ' })).toThrow('createSender needs the access token of an Intercom workspace.')
  expect(() => createSender({ token: 'x', concurrency: 0 })).toThrow('concurrency is a number of calls, 1 or more')
})

it('delivers events that came before the identify of their person', async () => {
  const { emulator, sender } = await open()
  const now = new Date().toISOString()
  const verdicts = await sender.send([
    { type: 'track', userId: 'u1', timestamp: now, event: 'Opened' },
    { type: 'group', userId: 'u1', timestamp: now, groupId: 'acme', traits: { name: 'Acme' } },
    { type: 'identify', userId: 'u1', timestamp: now, traits: { name: 'Ada' } }
  ])
  expect(verdicts.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered'])
  expect(emulator.state.contacts.map(({ companyIds }) => companyIds.length)).toEqual([1])
})

it('does not return a person to a company when a join is retried after the leave', async () => {
  const { emulator, sender } = await open({
    seed: { contacts: [{ role: 'user', external_id: 'u1' }], companies: [{ company_id: 'acme', name: 'Acme' }] }
  })
  emulator.fault({ status: 503, match: { method: 'POST', path: /^\/contacts\/[^/]+\/companies$/ } })
  const verdicts = await sender.send([
    { type: 'group', userId: 'u1', timestamp: '2024-01-02T03:04:05Z', groupId: 'acme', traits: { name: 'Acme' } },
    { type: 'group', userId: 'u1', timestamp: '2024-01-02T03:04:06Z', groupId: 'acme', traits: { remove: true } }
  ])
  expect(verdicts.map(({ status }) => status)).toEqual(['delivered', 'delivered'])
  expect(emulator.state.contacts.map(({ companyIds }) => companyIds)).toEqual([[]])
})
