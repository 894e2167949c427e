import type { RequestClient } from '@segment/actions-core'
import {
  withoutUndefined,
  type CustomAttributes,
  type EventMetadata,
  type Role,
  type UnixSeconds
} from '@intercom-destinations/shared-mapping'
import { isTaken, toBody, withinTime, type Body } from './answer'
import { IntercomApiError, NOT_A_PATH, toApiError, toNoAnswer, unreadable } from './intercom-api-error'
import type { RateLimiter } from './rate-limiter'
import type { RateLimitWait } from './rate-limit-wait'
import {
  toAdmins,
  toAttributes,
  toContact,
  toContactPage,
  toFoundCompany,
  toId,
  toMe,
  toStoredCompany,
  toTags
} from './response-shapes'

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
  data_type: 'string' | 'integer' | 'float' | 'boolean' | 'date' | 'datetime'
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
  name?: string
}

/** A teammate or a tag. */
export interface Named {
  id: string
  name: string
}

/** A company as Intercom answers. */
export interface StoredCompany {
  /** Intercom's own. */
  id: string
  name?: string
}

/** The workspace behind a token, as `GET /me` tells it. */
export interface Me {
  name?: string
  id?: string
  region?: string
}

/** OpenAPI 2.16, search contacts: at most 150 on a page. */
const SEARCH_PAGE_SIZE = 150
/** A question names 225 ids and addresses at most; 7,500 contacts that carry them are a list that does not end. */
const MAX_PAGES = 50

const TOO_MANY_REQUESTS = 429

/** What an operation answers when it succeeded. Any other answer is no answer: nothing is concluded from it. */
export interface Operation<T> {
  /** As Intercom's reference writes it. */
  readonly name: string
  readonly statuses: readonly number[]
  /** What the answer tells; `undefined` where it has not the shape that is promised. */
  readonly read: (body: Body, params: Params) => T | undefined
}

type Params = Readonly<Record<string, string>>

/** For an operation whose answer is read: the shape is the proof, so a neighbouring status would do no harm. */
function reads<T>(name: string, read: (value: unknown, params: Params) => T | undefined): Operation<T> {
  return {
    name,
    statuses: [200, 201, 202],
    read: (body, params) => (body.kind === 'json' ? read(body.value, params) : undefined)
  }
}

/** For one whose answer tells nothing that is needed: OpenAPI 2.16 has 200 for all of them, and 202 for an event. */
function takes(name: string): Operation<true> {
  return { name, statuses: [200, 202], read: (body) => (isTaken(body) ? true : undefined) }
}

/** Every call that is made to Intercom, under the name of its function in `createApi`. */
export const OPERATIONS = {
  findMe: reads('GET /me', toMe),

  createContact: reads('POST /contacts', toContact),
  updateContact: reads('PUT /contacts/{id}', toContact),
  findContact: reads('GET /contacts/{id}', toContact),
  findContactByExternalId: reads('GET /contacts/find_by_external_id/{external_id}', toContact),
  searchContacts: reads('POST /contacts/search', toContactPage),
  mergeContacts: reads('POST /contacts/merge', toContact),
  unarchiveContact: takes('POST /contacts/{id}/unarchive'),
  deleteContact: takes('DELETE /contacts/{id}'),

  upsertCompany: reads('POST /companies', toStoredCompany),
  findCompany: reads('GET /companies?company_id={company_id}', (value, { company_id }) =>
    toFoundCompany(value, company_id)
  ),
  attachCompany: takes('POST /contacts/{contact}/companies'),
  detachCompany: takes('DELETE /contacts/{contact}/companies/{company}'),

  submitEvent: takes('POST /events'),

  upsertTag: reads('POST /tags', toId),
  attachTag: takes('POST /contacts/{contact}/tags'),
  detachTag: takes('DELETE /contacts/{contact}/tags/{tag}'),
  attachCompanyTag: takes('POST /tags'),
  detachCompanyTag: takes('POST /tags'),

  findAdmins: reads('GET /admins', toAdmins),
  findTags: reads('GET /tags', toTags),

  findAttributes: reads('GET /data_attributes?model={model}', toAttributes),
  createAttribute: takes('POST /data_attributes')
} satisfies Record<string, Operation<unknown>>

/** What keeps the calls within Intercom's rate limit. */
export interface RateLimiting {
  pacer: RateLimiter
  patience: RateLimitWait
}

export type IntercomClient = ReturnType<typeof createIntercomClient>

/**
 * Intercom's operations; no decisions. The only file that knows a path.
 * Each throws an `IntercomFailure` when Intercom does not answer what the operation promises.
 */
export function createIntercomClient(request: RequestClient, host: string, pace?: RateLimiting) {
  async function send<T>({ name, statuses, read }: Operation<T>, params: Params = {}, json?: object): Promise<T> {
    const [method, template = ''] = name.split(' ')
    const url = host + fill(name, template, params)
    await pace?.patience.wait(name)
    const response = await withinTime(
      request(url, {
        method: toMethod(method),
        json,
        throwHttpErrors: false,
        // A redirect would make a GET of a POST, and its page look like success.
        redirect: 'manual',
        // Of a cloned response only one half is read, and beyond 16 KB, a page of ten contacts, the other half stops it.
        skipResponseCloning: true
      })
    ).catch((thrown: unknown) => {
      pace?.pacer.release()
      throw toNoAnswer(name, thrown)
    })
    pace?.pacer.release(response.headers)
    if (response.status === TOO_MANY_REQUESTS && pace) {
      const retryAfterMs = pace.patience.jittered(pace.pacer.toRetryAfterMs(response.headers))
      throw new IntercomApiError({ ...toApiError(name, response).details, retryAfterMs })
    }
    if (!response.ok) throw toApiError(name, response)
    const isPromised = statuses.includes(response.status) && !response.redirected
    const answer = isPromised ? read(toBody(response), params) : undefined
    if (answer === undefined) throw unreadable(name, response.status)
    return answer
  }

  async function take(operation: Operation<true>, params: Params, json?: object): Promise<void> {
    await send(operation, params, json)
  }

  /** The contacts of this page and of those behind it. A cursor that was there before would turn in a circle. */
  async function searchFrom(query: SearchQuery, cursors: readonly string[] = []): Promise<Contact[]> {
    const starting_after = cursors.at(-1)
    const pagination = { per_page: SEARCH_PAGE_SIZE, ...withoutUndefined({ starting_after }) }
    const { contacts, next } = await send(OPERATIONS.searchContacts, {}, { query, pagination })
    if (next === undefined || contacts.length === 0) return contacts
    if (cursors.includes(next) || cursors.length + 1 >= MAX_PAGES) throw unreadable(OPERATIONS.searchContacts.name)
    return [...contacts, ...(await searchFrom(query, [...cursors, next]))]
  }

  const on = OPERATIONS
  return {
    findMe: () => send(on.findMe),

    createContact: (body: UserBody | LeadBody) => send(on.createContact, {}, body),
    updateContact: (id: string, body: UserBody | AnyRoleBody) => send(on.updateContact, { id }, body),
    findContact: (id: string) => send(on.findContact, { id }),
    /** Users only; unlike the search it knows a contact from its first moment on. */
    findContactByExternalId: (external_id: string) => send(on.findContactByExternalId, { external_id }),
    /** Every contact that the index shows, page by page. */
    searchContacts: (query: SearchQuery) => searchFrom(query),
    /** The lead becomes part of the user, with its history. */
    mergeContacts: (lead: string, user: string) => send(on.mergeContacts, {}, { from: lead, into: user }),
    unarchiveContact: (id: string) => take(on.unarchiveContact, { id }),
    deleteContact: (id: string) => take(on.deleteContact, { id }),

    /** Creates or updates, by the customer's own `company_id`; answers Intercom's id, and the name where there is one. */
    upsertCompany: (body: CompanyBody) => send(on.upsertCompany, {}, body),
    findCompany: (company_id: string) => send(on.findCompany, { company_id }),
    attachCompany: (contact: string, company: string) => take(on.attachCompany, { contact }, { id: company }),
    detachCompany: (contact: string, company: string) => take(on.detachCompany, { contact, company }),

    submitEvent: (body: EventBody) => take(on.submitEvent, {}, body),

    /** Finds or creates the tag of this name; answers its id. */
    upsertTag: (name: string) => send(on.upsertTag, {}, { name }),
    attachTag: (contact: string, tag: string) => take(on.attachTag, { contact }, { id: tag }),
    detachTag: (contact: string, tag: string) => take(on.detachTag, { contact, tag }),
    attachCompanyTag: (name: string, company: string) =>
      take(on.attachCompanyTag, {}, { name, companies: [{ id: company }] }),
    detachCompanyTag: (name: string, company: string) =>
      take(on.detachCompanyTag, {}, { name, companies: [{ id: company, untag: true }] }),

    /** The teammates of the workspace. */
    findAdmins: () => send(on.findAdmins),
    findTags: () => send(on.findTags),

    /** The custom attributes that are not archived. */
    findAttributes: (model: AttributeModel) => send(on.findAttributes, { model }),
    createAttribute: (body: AttributeBody) => take(on.createAttribute, {}, body)
  }
}

/** Whether a value can stand in a path: browsers and servers resolve `..` away, also as `%2E%2E`. */
export function isPathValue(value: string): boolean {
  // A half of a surrogate pair cannot be encoded at all.
  return !['', '.', '..'].includes(value) && !/\p{Surrogate}/u.test(value)
}

function fill(operation: string, template: string, params: Params): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (!isPathValue(value)) throw new IntercomApiError({ operation, code: NOT_A_PATH, text: '', field: name })
    return encodeURIComponent(value)
  })
}

function toMethod(method: string | undefined) {
  return (['GET', 'POST', 'PUT', 'DELETE'] as const).find((known) => known === method) ?? 'GET'
}
