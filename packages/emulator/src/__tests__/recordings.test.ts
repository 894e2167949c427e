import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createEmulator, type AttributeSeed, type ContactSeed, type Emulator } from '../index'
import { ask, errorOf } from '../test-support/ask'

/** Recorded exchanges with Intercom from 2021 (Intercom-Version 2.3), replayed to the emulator. */
const FILE = path.resolve(__dirname, '../../../../../shared/data/intercom-recordings.json')

/** Recorded operations that the emulator does not answer: none. */
const UNSUPPORTED: string[] = []

interface Exchange {
  /** The name of the recording. */
  tape: string
  method: string
  path: string
  query?: Record<string, string>
  body?: unknown
  status: number
  reply: unknown
  headers: Record<string, string>
}

interface RecordedContact {
  id: string
  role: 'user' | 'lead'
  external_id: string | null
  email: string | null
  phone: string | null
  name: string | null
  custom_attributes: Record<string, string | number | boolean | null>
}

interface Named {
  id: string
  name: string
}

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const isExchanges = (value: unknown): value is Exchange[] => Array.isArray(value)
const isContact = (value: unknown): value is Fields & RecordedContact => isFields(value) && value.type === 'contact'
const isTag = (value: unknown): value is Fields & Named => isFields(value) && value.type === 'tag'
const isCustomAttribute = (value: unknown): value is Fields & AttributeSeed =>
  isFields(value) && value.type === 'data_attribute' && value.custom === true

const entriesOf = (reply: unknown): unknown[] =>
  isFields(reply) && Array.isArray(reply.data) ? reply.data : isFields(reply) ? [reply] : []

const read = (): Exchange[] => {
  const value: unknown = JSON.parse(readFileSync(FILE, 'utf8'))
  if (!isExchanges(value)) throw new Error('The recordings are not a list')
  return value
}

const isCreation = ({ method, path: where, status }: Exchange) =>
  method === 'POST' && where === '/contacts' && status === 200

const unique = <T>(items: readonly T[], key: (item: T) => string): T[] => [
  ...new Map([...items].reverse().map((item) => [key(item), item])).values()
]

/** The workspace before a recording: the contacts in it that it did not create, and its tags. */
const workspaceBefore = (
  recording: readonly Exchange[],
  all: readonly Exchange[],
  clock: () => number = Date.now
): Emulator => {
  const created = new Set(recording.filter(isCreation).flatMap(({ reply }) => (isContact(reply) ? [reply.id] : [])))
  const seen = recording.flatMap(({ reply }) => entriesOf(reply))
  const contacts = unique(
    seen.filter(isContact).filter(({ id }) => !created.has(id)),
    ({ id }) => id
  ).map(({ id, role, external_id, email, phone, name, custom_attributes }): ContactSeed => ({
    ...{ id, role, external_id, email, phone, name, custom_attributes }
  }))
  const tags = unique(seen.filter(isTag), ({ id }) => id).map(({ id, name }) => ({ id, name }))
  const declared = all.flatMap(({ reply }) => entriesOf(reply)).filter(isCustomAttribute)
  const contactAttributes = unique(declared, ({ name }) => name).map(({ name, data_type, options, description }) => ({
    ...{ name, data_type, options, description }
  }))
  return createEmulator({ contactAttributes, seed: { contacts, tags }, clock })
}

const masked = (operation: string) => operation.replace(/\/[0-9a-f]{24}/g, '/{id}').replace(/\/\d{7}$/, '/{tag_id}')

interface Difference {
  operation: string
  text: string
}

const CORE = ['role', 'email', 'phone', 'name', 'custom_attributes'] as const

/** The part of an answer that does not depend on generated ids. */
const core = (reply: unknown): unknown => {
  if (isContact(reply)) {
    const fields = Object.fromEntries(CORE.map((name) => [name, reply[name]]))
    // A lead's external_id is random.
    return reply.role === 'lead' ? fields : { ...fields, external_id: reply.external_id }
  }
  return isFields(reply) && 'total_count' in reply ? { total_count: reply.total_count } : undefined
}

/** Objects with the same keys in every position. */
const KINDS = ['contact', 'tag', 'data_attribute']

/** The paths of all keys (`contact.location.city`), without list positions and names of attributes. */
const keyPaths = (value: unknown, at = ''): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => keyPaths(item, at))
  if (!isFields(value)) return []
  const parent = typeof value.type === 'string' && KINDS.includes(value.type) ? value.type : at
  return Object.entries(value).flatMap(([key, below]) => {
    const keyPath = parent === '' ? key : `${parent}.${key}`
    return key === 'custom_attributes' ? [keyPath] : [keyPath, ...keyPaths(below, keyPath)]
  })
}

/** Keys of the emulator's answers that the recordings lack: it answers in the format of 2.16, they were made with 2.3. */
const EXTRA_KEYS: Readonly<Record<string, string>> = {
  'contact.location.continent_code': 'a field of a location in 2.16',
  'contact.location.country_code': 'a field of a location in 2.16',
  'contact.opted_in_subscription_types': 'subscription types came after 2.3',
  'contact.opted_out_subscription_types': 'subscription types came after 2.3',
  'contact.referrer': 'a field of a contact in 2.16',
  'contact.utm_campaign': 'a field of a contact in 2.16',
  'contact.utm_content': 'a field of a contact in 2.16',
  'contact.utm_medium': 'a field of a contact in 2.16',
  'contact.utm_source': 'a field of a contact in 2.16',
  'contact.utm_term': 'a field of a contact in 2.16',
  'data_attribute.messenger_writable': 'a field of an attribute in 2.16',
  'tag.applied_at': '2.16 has the time when a tag was applied',
  'tag.applied_by': '2.16 has the admin who applied a tag',
  'tag.id': 'the real index did not have a tag that was just applied, this search has',
  'tag.type': 'as tag.id',
  'tag.url': 'as tag.id'
}

/** The replayed workspace starts without the tags that contacts had before the recording; nothing else is missing. */
const MISSING_KEYS = ['tag.id', 'tag.type', 'tag.url'].map((key) => `GET /contacts: ${key}`)

const replay = async (recording: readonly Exchange[], all: readonly Exchange[]) => {
  // The clock of the recording, January 2021: later changes of Intercom do not apply.
  let now = 0
  const emulator = workspaceBefore(recording, all, () => now)
  const ids = new Map<string, string>()
  const mapped = (text: string) => text.replace(/[0-9a-f]{24}/g, (id) => ids.get(id) ?? id)
  const statuses: Difference[] = []
  const contents: Difference[] = []
  let compared = 0
  const extraKeys = new Set<string>()
  const missingKeys = new Set<string>()
  for (const exchange of recording) {
    const { method, query, body, status, reply, headers } = exchange
    const operation = `${method} ${exchange.path}`
    now = Date.parse(headers.Date ?? '') || now
    const search = query ? `?${new URLSearchParams(query).toString()}` : ''
    const got = await ask(
      emulator,
      mapped(operation) + search,
      body === undefined ? undefined : mapped(JSON.stringify(body)),
      { 'intercom-version': headers['Intercom-Version'] ?? '2.3' }
    )
    const expected = errorOf({ status, body: reply, headers: got.headers })
    const actual = errorOf(got)
    if (got.status !== status || actual?.code !== expected?.code) {
      const toText = (code: number, error: typeof actual) => [code, error?.code].join(' ')
      const text = `recorded ${toText(status, expected)}, emulated ${toText(got.status, actual)}`
      statuses.push({ operation, text: `${exchange.tape} ${masked(operation)}: ${text}` })
    } else if (expected && actual && actual.message !== mapped(expected.message)) {
      contents.push({ operation, text: `${operation}: ${actual.message}` })
    }
    if (isCreation(exchange) && isContact(reply) && isContact(got.body)) ids.set(reply.id, got.body.id)
    const [theirs, mine] = [keyPaths(reply), keyPaths(got.body)]
    for (const key of mine) {
      // An additional object has one reason, not one for each of its keys.
      const hasReason = Object.keys(EXTRA_KEYS).some((extra) => key.startsWith(`${extra}.`))
      if (!theirs.includes(key) && !hasReason) extraKeys.add(key)
    }
    for (const key of theirs) if (!mine.includes(key)) missingKeys.add(`${operation}: ${key}`)
    const wanted = core(reply)
    if (wanted !== undefined) {
      compared += 1
      const difference = { operation, text: `${operation} ${JSON.stringify(core(got.body))}` }
      if (!isDeepStrictEqual(core(got.body), wanted)) contents.push(difference)
    }
  }
  return { statuses, contents, compared, extraKeys, missingKeys }
}

const describeWhereRecorded = existsSync(FILE) ? describe : describe.skip
const note = existsSync(FILE) ? '' : ` (skipped: ${FILE} is absent)`

describeWhereRecorded(`recorded exchanges replay with the same answers${note}`, () => {
  const exchanges = existsSync(FILE) ? read() : []
  const recordings = [...new Set(exchanges.map(({ tape }) => tape))].map((name) =>
    exchanges.filter(({ tape }) => tape === name)
  )

  it('all 238 exchanges have the recorded status and error code', async () => {
    const played = await Promise.all(recordings.map((recording) => replay(recording, exchanges)))
    const differences = played.flatMap(({ statuses }) => statuses.map(({ text }) => text))
    expect(differences).toEqual([])
    expect(exchanges.length).toBe(238)
  })

  it('81 contacts have the recorded role, identity and attributes, and 57 of 58 lists have the recorded length', async () => {
    const played = await Promise.all(recordings.map((recording) => replay(recording, exchanges)))
    // The last four exchanges of lead-quirks repeat its first four, with a workspace that a later run had changed.
    expect(played.flatMap(({ contents }) => contents.map(({ text }) => text))).toEqual([
      'GET /contacts {"total_count":6}'
    ])
    expect(played.reduce((sum, { compared }) => sum + compared, 0)).toBe(139)
  })

  it('each additional or missing key has a reason', async () => {
    const played = await Promise.all(recordings.map((recording) => replay(recording, exchanges)))
    const extra = new Set(played.flatMap(({ extraKeys }) => [...extraKeys]))
    expect([...extra].sort()).toEqual(Object.keys(EXTRA_KEYS))
    const missing = new Set(played.flatMap(({ missingKeys }) => [...missingKeys]))
    expect([...missing]).toEqual(MISSING_KEYS)
  })

  it('the emulator knows every recorded operation', async () => {
    const unknown = new Set<string>()
    for (const recording of recordings) {
      const emulator = workspaceBefore(recording, exchanges)
      for (const { method, path: where } of recording) {
        const { status } = await ask(emulator, `${method} ${where}`)
        if (status === 501) unknown.add(masked(`${method} ${where}`))
      }
    }
    expect([...unknown]).toEqual(UNSUPPORTED)
  })
})
