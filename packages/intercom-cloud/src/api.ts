import type { RequestClient } from '@segment/actions-core'
import {
  isAbsent,
  toRecord,
  toText,
  withoutUndefined,
  type CustomAttributes,
  type EventMetadata,
  type Role,
  type UnixSeconds
} from '@intercom-destinations/shared-mapping'
import { IntercomFailure, NOT_A_PATH, toFailure, toNoAnswer, UNREADABLE } from './failure'
import type { Pacer } from './pacer'
import type { Patience } from './patience'

/** What a write may say about any person. */
export interface ContactBody {
  email?: string
  phone?: string
  name?: string
  avatar?: string
  signed_up_at?: UnixSeconds
  last_seen_at?: UnixSeconds
  owner_id?: number
  unsubscribed_from_emails?: boolean
  custom_attributes?: CustomAttributes
}

export interface UserBody extends ContactBody {
  role: 'user'
  external_id?: string
}

/** Intercom gives its leads random ids; one that is sent would be ignored. */
export interface LeadBody extends ContactBody {
  role: 'lead'
  external_id?: never
}

/** An update that leaves open what the person is, because Intercom refuses to make a user a lead again. */
export interface AnyRoleBody extends ContactBody {
  role?: never
  external_id?: never
}

export interface CompanyBody {
  company_id: string
  /** Left out only where a newer one was written. */
  name?: string
  remote_created_at?: UnixSeconds
  plan?: string
  monthly_spend?: number
  size?: number
  website?: string
  industry?: string
  /** Sets the company's "last seen" to the moment of the call. */
  update_last_request_at?: true
  custom_attributes?: CustomAttributes
}

interface EventFields {
  event_name: string
  created_at: UnixSeconds
  metadata?: EventMetadata
}

/** Exactly one identifier: which of several would win is not documented. */
export type EventBody = EventFields & ({ id: string; user_id?: never } | { user_id: string; id?: never })

export interface AttributeBody {
  name: string
  model: AttributeModel
  data_type: 'string' | 'integer' | 'float' | 'boolean' | 'datetime'
}

/** An attribute that the workspace has. */
export interface DataAttribute {
  name: string
  data_type: string
  /** Whether the API may write it. */
  isWritable: boolean
}

export type AttributeModel = 'contact' | 'company'

export interface SearchFilter {
  field: 'external_id' | 'email'
  operator: '='
  value: string
}

interface AnyOf<T> {
  operator: 'OR'
  value: T[]
}

export type SearchQuery = SearchFilter | AnyOf<SearchFilter> | AnyOf<AnyOf<SearchFilter>>

/** Some of those who were found, and where the others begin. */
export interface ContactPage {
  contacts: Contact[]
  next?: string
}

/** A person as Intercom answers. A lead has an external_id too, a random one. */
export interface Contact {
  id: string
  role: Role
  external_id?: string
  email?: string
}

/** A teammate or a tag. */
export interface Named {
  id: string
  name: string
}

/** The workspace behind a token, as `GET /me` tells it. */
export interface Me {
  name?: string
  id?: string
  region?: string
}

/** OpenAPI 2.16, search contacts: at most 150 on a page. */
const SEARCH_PAGE_SIZE = 150

const TOO_MANY_REQUESTS = 429

/** What keeps the calls within Intercom's rate limit. */
export interface Pace {
  pacer: Pacer
  patience: Patience
}

export type IntercomApi = ReturnType<typeof createApi>

/**
 * Intercom's operations, one call each; no decisions. The only file that knows a path.
 * Each throws an `IntercomFailure` when Intercom does not answer with success.
 */
export function createApi(request: RequestClient, host: string, pace?: Pace) {
  async function send(operation: string, params: Record<string, string> = {}, json?: object): Promise<unknown> {
    const [method, template = ''] = operation.split(' ')
    const url = host + fill(operation, template, params)
    await pace?.patience.wait(operation)
    const response = await request(url, {
      method: toMethod(method),
      json,
      throwHttpErrors: false,
      // Of a cloned response only one half is read, and beyond 16 KB, a page of ten contacts, the other half stops it.
      skipResponseCloning: true
    }).catch((thrown: unknown) => {
      pace?.pacer.done()
      throw toNoAnswer(operation, thrown)
    })
    pace?.pacer.done(response.headers)
    if (response.status === TOO_MANY_REQUESTS && pace) {
      const retryAfterMs = pace.patience.jittered(pace.pacer.toWait(response.headers))
      throw new IntercomFailure({ ...toFailure(operation, response).facts, retryAfterMs })
    }
    if (!response.ok) throw toFailure(operation, response)
    return response.data
  }

  async function sendForContact(operation: string, params: Record<string, string>, json?: object): Promise<Contact> {
    return toContact(await send(operation, params, json)) ?? unreadable(operation)
  }

  async function sendForId(operation: string, params: Record<string, string>, json?: object): Promise<string> {
    return toId(await send(operation, params, json)) ?? unreadable(operation)
  }

  return {
    findMe: async (): Promise<Me> => toMe(await send('GET /me')),

    createContact: (body: UserBody | LeadBody) => sendForContact('POST /contacts', {}, body),
    updateContact: (id: string, body: UserBody | AnyRoleBody) => sendForContact('PUT /contacts/{id}', { id }, body),
    findContact: (id: string) => sendForContact('GET /contacts/{id}', { id }),
    /** Users only; unlike the search it knows a contact from its first moment on. */
    findContactByExternalId: (external_id: string) =>
      sendForContact('GET /contacts/find_by_external_id/{external_id}', { external_id }),
    searchContacts: async (query: SearchQuery, starting_after?: string): Promise<ContactPage> => {
      const pagination = { per_page: SEARCH_PAGE_SIZE, ...withoutUndefined({ starting_after }) }
      return toContactPage(await send('POST /contacts/search', {}, { query, pagination }))
    },
    /** The lead becomes part of the user, with its history. */
    mergeContacts: (lead: string, user: string) =>
      sendForContact('POST /contacts/merge', {}, { from: lead, into: user }),
    unarchiveContact: async (id: string): Promise<void> => {
      await send('POST /contacts/{id}/unarchive', { id })
    },
    deleteContact: async (id: string): Promise<void> => {
      await send('DELETE /contacts/{id}', { id })
    },

    /** Creates or updates, by the customer's own `company_id`; answers Intercom's id. */
    upsertCompany: (body: CompanyBody) => sendForId('POST /companies', {}, body),
    findCompany: (company_id: string) => sendForId('GET /companies?company_id={company_id}', { company_id }),
    attachCompany: async (contact: string, company: string): Promise<void> => {
      await send('POST /contacts/{contact}/companies', { contact }, { id: company })
    },
    detachCompany: async (contact: string, company: string): Promise<void> => {
      await send('DELETE /contacts/{contact}/companies/{company}', { contact, company })
    },

    submitEvent: async (body: EventBody): Promise<void> => {
      await send('POST /events', {}, body)
    },

    /** Finds or creates the tag of this name; answers its id. */
    upsertTag: (name: string) => sendForId('POST /tags', {}, { name }),
    attachTag: async (contact: string, tag: string): Promise<void> => {
      await send('POST /contacts/{contact}/tags', { contact }, { id: tag })
    },
    detachTag: async (contact: string, tag: string): Promise<void> => {
      await send('DELETE /contacts/{contact}/tags/{tag}', { contact, tag })
    },
    attachCompanyTag: async (name: string, company: string): Promise<void> => {
      await send('POST /tags', {}, { name, companies: [{ id: company }] })
    },
    detachCompanyTag: async (name: string, company: string): Promise<void> => {
      await send('POST /tags', {}, { name, companies: [{ id: company, untag: true }] })
    },

    /** The teammates of the workspace. */
    findAdmins: async (): Promise<Named[]> => {
      const { admins } = toRecord(await send('GET /admins')) ?? {}
      return (Array.isArray(admins) ? admins : []).flatMap((item: unknown) => toNamed(item) ?? [])
    },
    findTags: async (): Promise<Named[]> => toList(await send('GET /tags')).flatMap((item) => toNamed(item) ?? []),

    /** The custom attributes that are not archived. */
    findAttributes: async (model: AttributeModel): Promise<DataAttribute[]> =>
      toList(await send('GET /data_attributes?model={model}', { model })).flatMap((item) => toAttribute(item) ?? []),
    createAttribute: async (body: AttributeBody): Promise<void> => {
      await send('POST /data_attributes', {}, body)
    }
  }
}

/** Whether a value can stand in a path: browsers and servers resolve `..` away, also as `%2E%2E`. */
export function isPathValue(value: string): boolean {
  // A half of a surrogate pair cannot be encoded at all.
  return !['', '.', '..'].includes(value) && !/\p{Surrogate}/u.test(value)
}

function fill(operation: string, template: string, params: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (!isPathValue(value)) throw new IntercomFailure({ operation, code: NOT_A_PATH, text: '', field: name })
    return encodeURIComponent(value)
  })
}

function toMethod(method: string | undefined) {
  return (['GET', 'POST', 'PUT', 'DELETE'] as const).find((known) => known === method) ?? 'GET'
}

function unreadable(operation: string): never {
  throw new IntercomFailure({ operation, code: UNREADABLE, text: '' })
}

function toId(data: unknown): string | undefined {
  const id = toText(toRecord(data)?.id)
  return isAbsent(id) ? undefined : id
}

function toContact(data: unknown): Contact | undefined {
  const id = toId(data)
  if (id === undefined) return undefined
  const { role, external_id, email } = toRecord(data) ?? {}
  return {
    id,
    role: role === 'lead' ? 'lead' : 'user',
    ...withoutUndefined({ external_id: toPresentText(external_id), email: toPresentText(email) })
  }
}

function toPresentText(value: unknown): string | undefined {
  return isAbsent(value) ? undefined : toText(value)
}

function toContactPage(answer: unknown): ContactPage {
  const { data, pages } = toRecord(answer) ?? {}
  const contacts = Array.isArray(data) ? data.flatMap((item: unknown) => toContact(item) ?? []) : []
  const next = toPresentText(toRecord(toRecord(pages)?.next)?.starting_after)
  return { contacts, ...withoutUndefined({ next }) }
}

/** The `data` of a list. */
function toList(answer: unknown): unknown[] {
  const data: unknown = toRecord(answer)?.data
  return Array.isArray(data) ? data : []
}

function toNamed(item: unknown): Named | undefined {
  const id = toId(item)
  const name = toPresentText(toRecord(item)?.name)
  return id === undefined || name === undefined ? undefined : { id, name }
}

function toAttribute(item: unknown): DataAttribute | undefined {
  const { name, data_type, custom, archived, api_writable } = toRecord(item) ?? {}
  const text = toPresentText(name)
  if (text === undefined || custom === false || archived === true) return undefined
  return { name: text, data_type: toText(data_type) ?? '', isWritable: api_writable !== false }
}

function toMe(data: unknown): Me {
  const app = toRecord(toRecord(data)?.app) ?? {}
  return withoutUndefined({ name: toText(app.name), id: toText(app.id_code), region: toText(app.region) })
}
