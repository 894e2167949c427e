import type { Call, Json, JsonObject, Side } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { toName } from './json'

/** One value that a half sends to Intercom, in the REST API's terms. */
export interface SentValue {
  /** `person`, the id of a company or the name of an event. */
  readonly about: string
  /** `name`, `custom_attributes.plan`, `company.size`, `metadata.coupon`. */
  readonly path: string
  readonly value: Json
}

const PERSON = 'person'

/** The Messenger's names that differ from the REST API's. */
const MESSENGER_NAMES = new Map([
  ['user_id', 'external_id'],
  ['created_at', 'signed_up_at'],
  ['last_request_at', 'last_seen_at']
])
const MESSENGER_COMPANY_NAMES = new Map([['created_at', 'remote_created_at']])

/** Intercom's standard fields. Every other name in the Messenger's flat objects is a custom attribute. */
const PERSON_FIELDS: ReadonlySet<string> = new Set([
  ...['external_id', 'email', 'phone', 'name', 'avatar', 'signed_up_at', 'last_seen_at'],
  ...['owner_id', 'unsubscribed_from_emails']
])
const COMPANY_FIELDS: ReadonlySet<string> = new Set([
  ...['company_id', 'name', 'remote_created_at', 'plan', 'monthly_spend', 'size', 'website', 'industry']
])

/** Settings that exist on pages only: proofs, the Messenger's language and its appearance. */
const PAGE_ONLY: ReadonlySet<string> = new Set([
  ...['user_hash', 'intercom_user_jwt', 'language_override', 'hide_default_launcher', 'widget']
])

const FIRST_SUCCESS = 200
const FIRST_REDIRECT = 300

/** The values that the calls of a half send; a later one replaces an earlier one. */
export function toSentValues({ subscriptions }: Side): SentValue[] {
  const calls = subscriptions.flatMap(({ run }) => run?.calls ?? [])
  const sent = calls.flatMap((call) => (call.request ? fromRequest(call) : fromMessenger(call)))
  return [...new Map(sent.map((one) => [toKey(one), one])).values()]
}

/** The key is equal on both halves for the same value of the same entity. */
export const toKey = ({ about, path }: SentValue): string => JSON.stringify([about, path])

const TRACKED = /^Intercom\('trackEvent', (?<name>".*")\)$/s

function fromMessenger({ call, body }: Call): SentValue[] {
  const tracked = TRACKED.exec(call)?.groups?.name
  if (tracked !== undefined) {
    const name: unknown = JSON.parse(tracked)
    return toSentEvent(name, body)
  }
  if (call !== "Intercom('update')" || !isJsonObject(body)) return []
  const { company, companies, ...person } = body
  const all = [
    ...(isJsonObject(company) ? [company] : []),
    ...(Array.isArray(companies) ? companies.filter(isJsonObject) : [])
  ]
  const flat = Object.entries(person).flatMap(([key, value]): SentValue[] => {
    if (PAGE_ONLY.has(key)) return []
    const name = MESSENGER_NAMES.get(key) ?? key
    const path = PERSON_FIELDS.has(name) ? name : `custom_attributes.${name}`
    return [
      { about: PERSON, path, value: name === 'avatar' && isJsonObject(value) ? (value.image_url ?? null) : value }
    ]
  })
  return [...flat, ...all.flatMap(fromMessengerCompany)]
}

function fromMessengerCompany({ remove, name, ...fields }: JsonObject): SentValue[] {
  // Leaving a company sends nothing about the company itself on the REST API.
  if (remove === true) return []
  const about = toName(fields.company_id) ?? ''
  // The Messenger needs a name, so the web destination sends the id where there is none.
  const company = name === undefined || name === fields.company_id ? fields : { name, ...fields }
  return Object.entries(company).map(([key, value]) => {
    const known = MESSENGER_COMPANY_NAMES.get(key) ?? key
    return { about, path: COMPANY_FIELDS.has(known) ? `company.${known}` : `company.custom_attributes.${known}`, value }
  })
}

/** Only accepted requests count: a refused body is sent again without the refused values. */
function fromRequest({ call, body, request }: Call): SentValue[] {
  const status = request?.status ?? 0
  if (status < FIRST_SUCCESS || status >= FIRST_REDIRECT || !isJsonObject(body)) return []
  if (call === 'POST /events') return toSentEvent(body.event_name ?? '', body.metadata ?? {})
  if (call === 'POST /companies') return fromCompanyBody(body)
  if (call === 'POST /contacts' || /^PUT \/contacts\/[^/]+$/.test(call)) return fromContactBody(body)
  return []
}

function fromContactBody({ role: _, custom_attributes, ...fields }: JsonObject): SentValue[] {
  return [...toFields(PERSON, '', fields), ...toFields(PERSON, 'custom_attributes.', custom_attributes)]
}

function fromCompanyBody({ update_last_request_at: _, custom_attributes, name, ...fields }: JsonObject): SentValue[] {
  const about = toName(fields.company_id) ?? ''
  const company = name === undefined || name === fields.company_id ? fields : { name, ...fields }
  return [...toFields(about, 'company.', company), ...toFields(about, 'company.custom_attributes.', custom_attributes)]
}

function toSentEvent(name: unknown, metadata: unknown): SentValue[] {
  const about = toName(name) ?? ''
  return [{ about, path: 'event_name', value: about }, ...toFields(about, 'metadata.', metadata)]
}

const toFields = (about: string, prefix: string, fields: unknown): SentValue[] =>
  isJsonObject(fields) ? Object.entries(fields).map(([key, value]) => ({ about, path: prefix + key, value })) : []
