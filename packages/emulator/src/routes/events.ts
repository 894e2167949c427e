import { bodyOf, isBody, type Answer, type Body, type Call } from '../http/call'
import type { Contact, MetadataValue } from '../model/entities'
import { contactNotFound, parameterInvalid, Refusal } from '../http/errors'
import { EVENT_METADATA_TEXT_LENGTH, EVENT_NAMES_PER_WORKSPACE, FORBIDDEN_IN_METADATA_KEYS } from '../model/limits'
import {
  isHttpUrl,
  parameterMissing,
  readEmail,
  readIdentifier,
  readSeconds,
  within
} from '../model/assumed-validation'
import type { Unknowns } from '../model/unknowns'
import { refuseUnknown } from '../model/validate'
import type { Workspace } from '../model/workspace'
import { route } from './route'

/** S2.16, create_data_event_request. */
const PARAMETERS = new Map([
  ['event_name', '2.0'],
  ['created_at', '2.0'],
  ['user_id', '2.0'],
  ['id', '2.0'],
  ['email', '2.0'],
  ['metadata', '2.0']
])

/** GUESS: of several identifiers the first in this order counts. RudderStack sends two, so several are accepted. */
const IDENTIFIERS = ['id', 'user_id', 'email'] as const

const readIdentity = (body: Body, unknowns: Unknowns): { by: (typeof IDENTIFIERS)[number]; value: string } => {
  const sent = IDENTIFIERS.filter((name) => Object.hasOwn(body, name))
  const [by, ...more] = sent
  if (by === undefined) throw parameterMissing('An event needs one of user_id, id or email')
  if (more.length > 0 && unknowns.refusesSeveralIdentifiers)
    throw parameterInvalid(`An event needs exactly one of user_id, id or email, not ${sent.join(', ')}`)
  return { by, value: by === 'email' ? readEmail(body[by], by, unknowns) : readIdentifier(body[by], by, unknowns) }
}

/** The contact of an event. S2.16: a lead is found by `id` only; events never create a contact. */
const findContact = (body: Body, { store, unknowns }: Workspace): Contact => {
  const { by, value } = readIdentity(body, unknowns)
  if (by === 'id') {
    const contact = store.contact(value)
    if (contact?.status !== 'active') throw contactNotFound()
    return contact
  }
  const found = by === 'email' ? store.contactsWithEmail(value) : store.contactsWithExternalId(value)
  const [user, ...others] = found.filter(({ role, status }) => role === 'user' && status === 'active')
  if (!user) throw contactNotFound()
  if (others.length > 0) {
    const message = `Multiple existing users match this email address ${value} - must be more specific using user_id`
    throw new Refusal(409, 'conflict', message)
  }
  return user
}

const hasOnly = (value: Body, ...names: string[]) =>
  Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name))

/** intercom-ruby#607: the refusal of lists. */
const refuseLists = (metadata: Body): void => {
  const lists = Object.keys(metadata).filter((key) => Array.isArray(metadata[key]))
  if (lists.length > 0) {
    throw parameterInvalid(`found unpermitted parameters: ${lists.map((key) => `:${key}`).join(', ')}`)
  }
}

/**
 * S2.16's table of metadata types. GUESS: null is accepted, a link has no maximum length (the table gives one only for
 * texts), and anything outside the table is refused (intercom-ruby#244: nested values).
 */
const readMetadataValue = (value: unknown, key: string, unknowns: Unknowns): MetadataValue => {
  if (value === null) return value
  if (typeof value === 'string') {
    if (isHttpUrl(value)) return value
    const text = within(value, EVENT_METADATA_TEXT_LENGTH, unknowns)
    if (text !== undefined) return text
    throw parameterInvalid(`metadata.${key} must not be longer than ${EVENT_METADATA_TEXT_LENGTH} characters`)
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'boolean') return value
  if (isBody(value) && hasOnly(value, 'url', 'value') && isHttpUrl(value.url) && typeof value.value === 'string') {
    return { url: value.url, value: value.value }
  }
  if (isBody(value) && hasOnly(value, 'amount', 'currency')) return readMoney(value, key)
  throw parameterInvalid('Invalid metadata')
}

/** S2.16: "a positive integer representing the amount in cents". GUESS: 0 is accepted. */
const readMoney = ({ amount, currency }: Body, key: string): MetadataValue => {
  if (typeof amount !== 'number' || !Number.isInteger(amount) || amount < 0) {
    throw parameterInvalid(`metadata.${key}.amount must be a positive integer, in cents`)
  }
  if (typeof currency !== 'string' || !/^[a-z]{3}$/i.test(currency)) {
    throw parameterInvalid(`metadata.${key}.currency must be a three-letter currency code`)
  }
  return { amount, currency }
}

/** Keys beyond the limit are ignored, in the order sent. */
export const readMetadata = (metadata: unknown, unknowns: Unknowns) => {
  if (metadata === undefined || metadata === null) return { metadata: {}, ignoredKeys: [] }
  if (!isBody(metadata)) throw parameterInvalid('Invalid metadata')
  refuseLists(metadata)
  const keys = Object.keys(metadata)
  if (unknowns.refusesMetadataKeys && keys.some((key) => FORBIDDEN_IN_METADATA_KEYS.test(key))) {
    throw parameterInvalid('Invalid metadata')
  }
  const entries = keys.map((key) => [key, readMetadataValue(metadata[key], key, unknowns)] as const)
  return {
    metadata: Object.fromEntries(entries.slice(0, unknowns.metadataKeys)),
    ignoredKeys: keys.slice(unknowns.metadataKeys)
  }
}

/** The text is the Messenger's (neo4j-contrib/training-v3#56); text and code of the REST API are not known. */
export const refuseNewName = (name: string, { store }: Workspace): void => {
  if (store.eventLog.hasName(name) || store.eventLog.nameCount < EVENT_NAMES_PER_WORKSPACE) return
  const message = `Cannot have more than ${EVENT_NAMES_PER_WORKSPACE} active event names`
  throw new Refusal(422, 'data_invalid', message)
}

/** DEV:event-model: dots and dollars in a name become hyphens. */
export const readEventName = (name: unknown, { unknowns }: Workspace): string =>
  readIdentifier(name, 'event_name', unknowns).replace(/[.$]/g, '-')

const submitEvent = (call: Call, workspace: Workspace): Answer => {
  const { unknowns } = workspace
  const body = bodyOf(call)
  refuseUnknown(body, PARAMETERS, call.version)
  if (!Object.hasOwn(body, 'event_name')) throw parameterMissing('event_name not specified')
  if (!Object.hasOwn(body, 'created_at')) throw parameterMissing('created_at not specified')
  const event_name = readEventName(body.event_name, workspace)
  const created_at = readSeconds(body.created_at, 'created_at', unknowns)
  const metadata = readMetadata(body.metadata, unknowns)
  const contact = findContact(body, workspace)
  if (unknowns.countsEventNames) refuseNewName(event_name, workspace)
  workspace.store.eventLog.add({ event_name, created_at, contactId: contact.id, ...metadata, duplicates: 0 })
  return { status: 202 }
}

export const eventRoutes = [route('POST /events', submitEvent)]
