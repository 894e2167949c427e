import { bodyOf, isBody, type Answer, type Body, type Call } from '../http/call'
import type { Contact, DataEvent, EventSummary } from '../model/entities'
import { contactNotFound, parameterInvalid } from '../http/errors'
import { EVENTS_LISTED_SECONDS, EVENTS_PER_PAGE } from '../model/limits'
import { readPerPage } from '../http/paging'
import { parameterMissing, readIdentifier, readInteger, readSeconds } from '../model/assumed-validation'
import { refuseUnknown } from '../model/validate'
import type { Workspace } from '../model/workspace'
import { ok, route } from './route'

const IDENTIFIERS = ['user_id', 'email', 'intercom_user_id'] as const

const isUser = ({ role, status }: Contact) => role === 'user' && status === 'active'

/** S2.16: user_id, email or intercom_user_id; the last one also finds leads. GUESS: 404 for an unknown contact. */
const findContact = (query: URLSearchParams, { store }: Workspace): Contact => {
  if (query.get('type') !== 'user') throw parameterInvalid('type must be user')
  const by = IDENTIFIERS.find((name) => query.has(name))
  if (!by) throw parameterMissing(`Events are listed by one of ${IDENTIFIERS.join(', ')}`)
  const value = query.get(by) ?? ''
  const found = {
    user_id: () => store.contactsWithExternalId(value).find(isUser),
    email: () => store.contactsWithEmail(value).find(isUser),
    intercom_user_id: () => store.contact(value)
  }[by]()
  if (found?.status !== 'active') throw contactNotFound()
  return found
}

const personOf = ({ id, external_id, email }: Contact) => ({
  ...(email ? { email } : {}),
  intercom_user_id: id,
  ...(external_id === null ? {} : { user_id: external_id })
})

const asIso = (seconds: number) => new Date(seconds * 1000).toISOString().replace('Z', '+00:00')

/** Counts events by name: the single events, and those that were sent as a summary. */
const summarize = (events: readonly DataEvent[], summaries: readonly EventSummary[]): EventSummary[] => {
  const byName = new Map<string, EventSummary>()
  const single = events.map(({ event_name, created_at }) => ({
    ...{ event_name, count: 1, first: created_at, last: created_at }
  }))
  for (const one of [...summaries, ...single]) {
    const before = byName.get(one.event_name)
    byName.set(one.event_name, {
      event_name: one.event_name,
      count: one.count + (before?.count ?? 0),
      first: Math.min(one.first, before?.first ?? one.first),
      last: Math.max(one.last, before?.last ?? one.last)
    })
  }
  return [...byName.values()]
}

/** Newest first. A page never splits the events of one second, because `before` names a time (in milliseconds). */
const pageOf = (events: readonly DataEvent[], perPage: number): DataEvent[] => {
  const last = events[perPage - 1]
  return last
    ? events.filter(({ created_at }, index) => index < perPage || created_at === last.created_at)
    : [...events]
}

const listEvents = ({ query, origin }: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const contact = findContact(query, workspace)
  const events = store.eventLog.events.filter(({ contactId }) => contactId === contact.id)
  if (query.get('summary') === 'true') {
    const summaries = summarize(events, store.eventLog.summariesOf(contact.id))
    const counts = summaries.map(({ event_name, count, first, last }) => ({
      ...{ name: event_name, first: asIso(first), last: asIso(last), count }
    }))
    return ok({ type: 'event.summary', ...personOf(contact), events: counts })
  }
  const perPage = readPerPage(query.get('per_page'), EVENTS_PER_PAGE)
  const before = Number(query.get('before') ?? Infinity)
  const listed = events
    .filter(({ created_at }) => now() - created_at <= EVENTS_LISTED_SECONDS && created_at * 1000 < before)
    .sort((a, b) => b.created_at - a.created_at)
  const page = pageOf(listed, perPage)
  const end = page.at(-1)
  const link = `${origin}/events?per_page=${perPage}&intercom_user_id=${contact.id}&type=user`
  return ok({
    type: 'event.list',
    events: page.map(({ event_name, created_at, metadata }, index) => ({
      ...{ type: 'event', id: `${contact.id}-${created_at}-${index}`, created_at, event_name, metadata },
      ...personOf(contact)
    })),
    pages: end && page.length < listed.length ? { next: `${link}&before=${end.created_at * 1000}` } : {}
  })
}

/** S2.16, create_data_event_summaries_request. */
const PARAMETERS = new Map([
  ['user_id', '2.0'],
  ['event_summaries', '2.0']
])

const readSummary = (value: unknown, { unknowns }: Workspace): EventSummary => {
  if (!isBody(value)) throw parameterInvalid('event_summaries must be an object')
  const required = (name: string): unknown => {
    if (!Object.hasOwn(value, name)) throw parameterMissing(`${name} not specified`)
    return value[name]
  }
  return {
    event_name: readIdentifier(required('event_name'), 'event_name', unknowns),
    count: readInteger(required('count'), 'count'),
    first: readSeconds(required('first'), 'first', unknowns),
    last: readSeconds(required('last'), 'last', unknowns)
  }
}

/** S2.16: the text describes a list of summaries, the schema a single one; both are accepted. */
const summariesOf = (body: Body): unknown[] =>
  Array.isArray(body.event_summaries) ? body.event_summaries : [body.event_summaries]

const submitSummaries = (call: Call, workspace: Workspace): Answer => {
  const { store, unknowns } = workspace
  const body = bodyOf(call)
  refuseUnknown(body, PARAMETERS, call.version)
  if (!Object.hasOwn(body, 'user_id')) throw parameterMissing('user_id not specified')
  const userId = readIdentifier(body.user_id, 'user_id', unknowns)
  const summaries = summariesOf(body).map((one) => readSummary(one, workspace))
  const contact = store.contactsWithExternalId(userId).find(isUser)
  if (!contact) throw contactNotFound()
  for (const summary of summaries) store.eventLog.addSummary(contact.id, summary)
  return { status: 200 }
}

export const eventListRoutes = [route('GET /events', listEvents), route('POST /events/summaries', submitSummaries)]
