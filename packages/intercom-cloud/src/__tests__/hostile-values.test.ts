import { createTestIntegration, defaultValues, type JSONObject, type JSONValue } from '@segment/actions-core'
import { HOSTILE_VALUES, type HostileValue } from '@intercom-destinations/scenarios'
import { toEmail, toRecord } from '@intercom-destinations/shared-mapping'
import fc from 'fast-check'
import { intercomCloud } from '..'
import { NOW, openWorkspace, toEvent, toLosses, withoutNetwork, type EventPiece } from '../test-support/workspace'

withoutNetwork()

/**
 * 150 of some four thousand pairs of a field and a value. `PROPERTY_RUNS=100000 jest --selectProjects cloud
 * --testNamePattern '^property: one invalid value'` tries all of them, in two minutes.
 */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 150)

/** Many events, each with a few requests. */
const TIMEOUT_MS = 600_000

/** An event with a given id, and the object in Intercom that it writes. */
interface Subject {
  /** Optional fields. An invalid value must not cost any other value. */
  fields: readonly string[]
  toEvent: (id: string) => EventPiece
  /** What must be stored, regardless of the value of one field. */
  stored: object
  find: (id: string, emulator: ReturnType<typeof openWorkspace>['emulator']) => object | undefined
  /** Paths of a field's losses, in addition to its own name. */
  paths: (field: string) => string[]
}

/** Several people, because each can be in at most a thousand companies. */
const PEOPLE = Array.from({ length: 6 }, (_, number) => ({ role: 'user' as const, external_id: `ada${number}` }))
const toPerson = (id: string) => `ada${Number(id.slice(1)) % PEOPLE.length}`

const SUBJECTS: Record<string, Subject> = {
  identifyContact: {
    fields: [
      ...['external_id', 'email', 'phone', 'name', 'avatar', 'signed_up_at', 'last_seen_at', 'owner_id'],
      ...['subscriptions', 'owner_email', 'use_anonymous_id', 'convert_visitor', 'visitor_id'],
      ...['tags_from_traits', 'tags_in_traits'],
      ...['unsubscribed_from_emails', 'custom_attributes', 'company_traits', 'include_context', 'context_attributes'],
      ...[
        'nested_values',
        'active',
        'unknown_attributes',
        'unchanged_values',
        'enable_batching',
        'batch_size',
        'event_time'
      ]
    ],
    toEvent: (id) => ({
      type: 'identify',
      userId: id,
      traits: { name: 'Ada', email: `${id}@example.com`, phone: '+1', plan: 'pro', createdAt: 1700000000 }
    }),
    stored: { name: 'Ada', phone: '+1', custom_attributes: { plan: 'pro' }, signed_up_at: 1700000000 },
    find: (id, { state }) =>
      state.contacts.find(({ external_id, email }) => external_id === id || email === `${id}@example.com`),
    paths: (field) =>
      ({ company_traits: ['company', 'companies'], context_attributes: ['custom_attributes'] })[field] ?? []
  },
  groupIdentifyContact: {
    fields: [
      ...['name', 'remote_created_at', 'plan', 'monthly_spend', 'size', 'website', 'industry', 'custom_attributes'],
      ...[
        'nested_values',
        'use_anonymous_id',
        'tags_from_traits',
        'tags_in_traits',
        'email',
        'active',
        'unknown_attributes',
        'unchanged_values',
        'enable_batching',
        'batch_size',
        'event_time'
      ]
    ],
    toEvent: (id) => ({
      type: 'group',
      userId: toPerson(id),
      groupId: id,
      traits: { name: 'Acme', plan: 'pro', website: 'acme.example', tier: 'gold' }
    }),
    stored: { name: 'Acme', plan: 'pro', website: 'acme.example', custom_attributes: { tier: 'gold' } },
    find: (id, { state }) => state.companies.find(({ company_id }) => company_id === id),
    paths: (field) => [`company.${field === 'remote_created_at' ? 'created_at' : field}`]
  },
  trackEvent: {
    fields: [
      ...[
        'nested_values',
        'use_anonymous_id',
        'email',
        'revenue',
        'currency',
        'metadata',
        'unknown_contact',
        'enable_batching',
        'batch_size',
        'event_time'
      ]
    ],
    toEvent: (id) => ({ type: 'track', userId: toPerson(id), event: id, properties: { color: 'red', revenue: 5 } }),
    stored: { metadata: { color: 'red', price: { amount: 500, currency: 'USD' } } },
    find: (id, { state }) => state.events.find(({ event_name }) => event_name === id),
    paths: (field) => (field === 'metadata' ? ['event'] : [])
  },
  audienceToTag: {
    fields: [
      ...['email', 'external_ids', 'membership', 'traits_or_properties', 'unknown_contact', 'enable_batching'],
      ...['batch_size', 'event_time']
    ],
    toEvent: (id) => ({
      type: 'identify',
      userId: toPerson(id),
      traits: { [id]: true },
      context: { personas: { computation_class: 'audience', computation_key: id } }
    }),
    stored: { tagged: true },
    find: (name, { state }) => {
      const tag = state.tags.find((one) => one.name === name)
      return tag && { tagged: state.contacts.some(({ tags }) => tags.some(({ id }) => id === tag.id)) }
    },
    paths: () => []
  },
  archiveContact: {
    fields: ['email', 'enable_batching', 'batch_size', 'event_time'],
    toEvent: (id) => ({ type: 'track', userId: toPerson(id), event: 'Account Closed' }),
    stored: { archived: true },
    find: (id, emulator) => {
      const contact = emulator.state.contacts.find(({ external_id }) => external_id === toPerson(id))
      const archived = contact?.status === 'archived'
      // For the next event.
      emulator.reset()
      return { archived }
    },
    paths: () => []
  }
}

const DEFAULTS: Record<string, JSONObject> = Object.fromEntries(
  Object.entries(intercomCloud().actions).map(([key, { fields }]) => [key, defaultValues(fields)])
)

/** Options for Segment or for the delivery. Their values are never sent. */
const SETTINGS = new Set([
  ...['enable_batching', 'batch_size', 'unknown_attributes', 'unchanged_values', 'unknown_contact'],
  ...['include_context', 'active', 'event_time', 'external_ids', 'traits_or_properties', 'nested_values'],
  ...['use_anonymous_id', 'convert_visitor', 'tags_from_traits']
])

/** What a field needs beside it, or it is ignored. */
const SWITCHES: Record<string, JSONObject> = {
  context_attributes: { include_context: true },
  tags_in_traits: { tags_from_traits: 'add' },
  visitor_id: { convert_visitor: 'true' }
}

/** The other values that a field changes by its purpose. */
const MAY_CHANGE = new Map([
  ['custom_attributes', ['custom_attributes', 'name']],
  ['metadata', ['metadata']],
  ['revenue', ['metadata']],
  ['currency', ['metadata']],
  ['membership', ['tagged']]
])

function isAbsent(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.every(isAbsent)
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isAbsent)
  return value === undefined || value === null
}

function openProperty() {
  const time = { now: NOW }
  const workspace = openWorkspace({ clock: () => time.now, seed: { contacts: PEOPLE } })
  const kit = createTestIntegration(intercomCloud({ now: () => time.now }))
  let count = 0

  /** Sends one event with the value in a field, or without a value. */
  async function send(action: string, field: string, given?: { value: unknown }) {
    const subject = SUBJECTS[action]
    const preset = DEFAULTS[action] ?? {}
    // Stays below Intercom's rate limit.
    time.now += 1000
    const id = `n${String((count += 1)).padStart(6, '0')}`
    const { [field]: _, ...others } = preset
    const also = SWITCHES[field] ?? {}
    const mapping: Record<string, JSONValue> = given
      ? { ...others, ...also, [field]: { '@path': '$.context.hostile' } }
      : { ...others, ...also }
    const piece = subject?.toEvent(id)
    const event = toEvent({ type: 'identify', ...piece, context: { ...piece?.context, hostile: given?.value } })
    const before = workspace.emulator.requests.length
    const input = { event, mapping, settings: {}, auth: { accessToken: 'test-access-token', refreshToken: '' } }
    const thrown: unknown = await kit.testAction(action, input).then(
      () => undefined,
      (error: unknown) => error
    )
    const sent = workspace.emulator.requests.slice(before).map(({ body }) => JSON.stringify(body))
    return {
      thrown,
      results: kit.results,
      sent: sent.join().replaceAll(id, 'id'),
      stored: subject?.find(id, workspace.emulator)
    }
  }

  /** What is wrong with the result; `undefined` if nothing is. */
  async function findFault(action: string, field: string, { value }: HostileValue): Promise<string | undefined> {
    const subject = SUBJECTS[action]
    if (!subject) return 'no such action'
    const { thrown, results, sent, stored } = await send(action, field, { value })
    // Segment's own validation: `segment-validation.test.ts` lists what it rejects.
    if (thrown instanceof Error) return thrown.name === 'AggregateAjvError' ? undefined : `refused: ${thrown.message}`
    if (!stored) return 'not stored'
    const free = MAY_CHANGE.get(field) ?? [field]
    const rest = Object.fromEntries(Object.entries(subject.stored).filter(([name]) => !free.includes(name)))
    if (!isPart(rest, stored)) return `the rest is not stored: ${JSON.stringify(stored)}`
    const { losses, doubtful } = toRecord(results.find(({ output }) => output === 'Action Executed')?.data) ?? {}
    const isNamed = [...toLosses(losses), ...toLosses(doubtful)].some(({ path }) =>
      [field, ...subject.paths(field)].some(
        (name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)
      )
    )
    // The other actions look a person up by the address only if no person has the user id.
    const isUnused = field === 'email' && action !== 'identifyContact' && toEmail(value) !== undefined
    if (isNamed || isAbsent(value) || isUnused || SETTINGS.has(field)) return undefined
    const without = await send(action, field)
    return sent === without.sent ? 'vanished: neither sent nor named' : undefined
  }

  return findFault
}

function isPart(part: unknown, whole: unknown): boolean {
  const [a, b] = [toRecord(part), toRecord(whole)]
  if (!a || !b) return part === whole
  return Object.entries(a).every(([name, value]) => isPart(value, b[name]))
}

const pairs = Object.entries(SUBJECTS).flatMap(([action, { fields }]) =>
  fields.flatMap((field) => HOSTILE_VALUES.map((value) => [action, field, value] as const))
)

test('every optional field of the actions is tested, or excluded for a reason', () => {
  const elsewhere = [
    // Required: without them there is nothing to store.
    ...['role', 'company_id', 'event_name', 'created_at'],
    // The other choice needs an archived contact.
    'operation',
    // Another value means another person, or no event.
    ...['external_id', 'anonymous_id', 'contact_id', 'user_id', 'id', 'allowed_event_names'],
    // Each text is a tag.
    ...['tags_to_add', 'tags_to_remove', 'tag_name', 'tag_prefix', 'audience_key']
  ]
  for (const [slug, { fields }] of Object.entries(intercomCloud().actions)) {
    const tried = SUBJECTS[slug]?.fields ?? []
    expect(Object.keys(fields).filter((key) => !tried.includes(key) && !elsewhere.includes(key))).toEqual([])
  }
})

test(
  'property: one invalid value does not cost the rest of a person, company or event',
  async () => {
    const findFault = openProperty()
    if (numRuns < pairs.length) {
      const pair = fc.constantFrom(...pairs)
      await fc.assert(
        fc.asyncProperty(pair, async ([action, field, value]) => {
          expect([action, field, value.title, await findFault(action, field, value)]).toEqual([
            action,
            field,
            value.title,
            undefined
          ])
        }),
        { numRuns }
      )
      return
    }
    const faults: string[] = []
    for (const [action, field, value] of pairs) {
      const fault = await findFault(action, field, value)
      if (fault !== undefined) faults.push(`${action}.${field}, ${value.title}: ${fault}`)
    }
    expect(faults).toEqual([])
  },
  TIMEOUT_MS
)
