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

/** S2.16: one of user_id, email and intercom_user_id; the last one finds leads, too. GUESS: 404 where there is none. */
const askedContact = (query: URLSearchParams, { store }: Workspace): Contact => {
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

/** What happened how often: the events that were sent one by one, and those of which only a summary was. */
const summarised = (events: readonly DataEvent[], told: readonly EventSummary[]): EventSummary[] => {
  const found = new Map<string, EventSummary>()
  const single = events.map(({ event_name, created_at }) => ({
    ...{ event_name, count: 1, first: created_at, last: created_at }
  }))
  for (const one of [...told, ...single]) {
    const before = found.get(one.event_name)
    found.set(one.event_name, {
      event_name: one.event_name,
      count: one.count + (before?.count ?? 0),
      first: Math.min(one.first, before?.first ?? one.first),
      last: Math.max(one.last, before?.last ?? one.last)
    })
  }
  return [...found.values()]
}

/** The newest first. A page ends between two seconds, because `before` names one (in milliseconds). */
const pageOf = (events: readonly DataEvent[], perPage: number): DataEvent[] => {
  const last = events[perPage - 1]
  return last
    ? events.filter(({ created_at }, place) => place < perPage || created_at === last.created_at)
    : [...events]
}

const listEvents = ({ query, origin }: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const contact = askedContact(query, workspace)
  const events = store.eventLog.events.filter(({ contactId }) => contactId === contact.id)
  if (query.get('summary') === 'true') {
    const summaries = summarised(events, store.eventLog.summariesOf(contact.id))
    const said = summaries.map(({ event_name, count, first, last }) => ({
      ...{ name: event_name, first: asIso(first), last: asIso(last), count }
    }))
    return ok({ type: 'event.summary', ...personOf(contact), events: said })
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
    events: page.map(({ event_name, created_at, metadata }, place) => ({
      ...{ type: 'event', id: `${contact.id}-${created_at}-${place}`, created_at, event_name, metadata },
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
  const needed = (name: string): unknown => {
    if (!Object.hasOwn(value, name)) throw parameterMissing(`${name} not specified`)
    return value[name]
  }
  return {
    event_name: readIdentifier(needed('event_name'), 'event_name', unknowns),
    count: readInteger(needed('count'), 'count'),
    first: readSeconds(needed('first'), 'first', unknowns),
    last: readSeconds(needed('last'), 'last', unknowns)
  }
}

/** S2.16: the text says a list of summaries, the schema one; both are taken. */
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
