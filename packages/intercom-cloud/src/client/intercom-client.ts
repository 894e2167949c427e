import type { RequestClient } from '@segment/actions-core'
import { withoutUndefined } from '@intercom-destinations/shared-mapping'
import { toBody, withinTime } from './answer'
import { TOO_MANY_REQUESTS } from './http-status'
import { IntercomApiError, NOT_A_PATH, toApiError, toNoAnswer, unreadable } from './intercom-api-error'
import { OPERATIONS, type Operation, type Params } from './operations'
import type { RateLimitWait } from './rate-limit-wait'
import type {
  AnyRoleBody,
  AttributeBody,
  AttributeModel,
  CompanyBody,
  Contact,
  EventBody,
  LeadBody,
  SearchQuery,
  SubscriptionType,
  UserBody,
  VisitorName
} from './types'

/** OpenAPI 2.16, search contacts: at most 150 on a page. */
export const SEARCH_PAGE_SIZE = 150
/** 7,500 contacts. One search names at most 225 ids and addresses, so a longer list has no end. */
const MAX_PAGES = 50

export interface IntercomClient extends ReturnType<typeof toOperations> {
  /** The client of a turn, whose calls begin only while the turn lasts. */
  guardedBy(guard: CallGuard): IntercomClient
}

/** Asked before each call; throws if it must not be made. */
export interface CallGuard {
  beforeCall(): Promise<void>
}

/**
 * One method for each operation of Intercom's REST API, without decisions. Each throws an `IntercomApiError` if the
 * response is not the one that the operation documents.
 */
export function createIntercomClient(
  request: RequestClient,
  host: string,
  rateLimit?: RateLimitWait,
  guards: readonly CallGuard[] = []
): IntercomClient {
  return {
    ...toOperations(createCall(request, host, rateLimit, guards)),
    guardedBy: (guard) => createIntercomClient(request, host, rateLimit, [...guards, guard])
  }
}

function toOperations(call: Call) {
  const run = async (operation: Operation<true>, params: Params, json?: object): Promise<void> => {
    await call(operation, params, json)
  }
  const on = OPERATIONS
  return {
    findMe: () => call(on.findMe),

    createContact: (body: UserBody | LeadBody) => call(on.createContact, {}, body),
    updateContact: (id: string, body: UserBody | AnyRoleBody) => call(on.updateContact, { id }, body),
    findContact: (id: string) => call(on.findContact, { id }),
    /** Users only. Unlike the search, it finds a contact from the moment it is created. */
    findContactByExternalId: (external_id: string) => call(on.findContactByExternalId, { external_id }),
    /** All contacts in the search index, from every page. */
    searchContacts: (query: SearchQuery) => searchAllPages(call, query),
    /** The lead and its history become part of the user. */
    mergeContacts: (lead: string, user: string) => call(on.mergeContacts, {}, { from: lead, into: user }),
    /** The visitor becomes part of the user with this id of Intercom. */
    convertVisitor: (visitor: VisitorName, user: string) =>
      call(on.convertVisitor, { user }, { visitor, user: { id: user }, type: 'user' }),
    archiveContact: (id: string) => run(on.archiveContact, { id }),
    unarchiveContact: (id: string) => run(on.unarchiveContact, { id }),
    deleteContact: (id: string) => run(on.deleteContact, { id }),

    /** Creates or updates by the customer's `company_id`; returns Intercom's id, and the name if there is one. */
    upsertCompany: (body: CompanyBody) => call(on.upsertCompany, {}, body),
    findCompany: (company_id: string) => call(on.findCompany, { company_id }),
    attachCompany: (contact: string, company: string) => run(on.attachCompany, { contact }, { id: company }),
    detachCompany: (contact: string, company: string) => run(on.detachCompany, { contact, company }),

    submitEvent: (body: EventBody) => run(on.submitEvent, {}, body),

    /** Finds or creates the tag with this name; returns its id. */
    upsertTag: (name: string) => call(on.upsertTag, {}, { name }),
    attachTag: (contact: string, tag: string) => run(on.attachTag, { contact }, { id: tag }),
    detachTag: (contact: string, tag: string) => run(on.detachTag, { contact, tag }),
    attachCompanyTag: (name: string, company: string) =>
      run(on.attachCompanyTag, {}, { name, companies: [{ id: company }] }),
    detachCompanyTag: (name: string, company: string) =>
      run(on.detachCompanyTag, {}, { name, companies: [{ id: company, untag: true }] }),
    /** Tags several people, by Intercom's ids, and creates the tag if there is none. One unknown id fails the call. */
    tagContacts: (name: string, ids: readonly string[]) =>
      run(on.tagContacts, {}, { name, users: ids.map((id) => ({ id })) }),
    untagContacts: (name: string, ids: readonly string[]) =>
      run(on.untagContacts, {}, { name, users: ids.map((id) => ({ id, untag: true })) }),

    findSubscriptionTypes: () => call(on.findSubscriptionTypes),
    /** Records the decision of a person: into an opt-in type, or out of an opt-out type. */
    attachSubscription: (contact: string, { id, consent_type }: SubscriptionType) =>
      run(on.attachSubscription, { contact }, { id, consent_type }),
    /** Takes the decision back, so that the default of the type is in force. */
    detachSubscription: (contact: string, { id }: SubscriptionType) =>
      run(on.detachSubscription, { contact, subscription: id }),
    /** The teammates of the workspace. */
    findAdmins: () => call(on.findAdmins),
    findTags: () => call(on.findTags),

    /** The custom attributes that are not archived. */
    findAttributes: (model: AttributeModel) => call(on.findAttributes, { model }),
    createAttribute: (body: AttributeBody) => run(on.createAttribute, {}, body)
  }
}

type Call = <T>(operation: Operation<T>, params?: Params, json?: object) => Promise<T>

function createCall(
  request: RequestClient,
  host: string,
  rateLimit: RateLimitWait | undefined,
  guards: readonly CallGuard[]
): Call {
  return async ({ name, statuses, read }, params = {}, json) => {
    const [method, template = ''] = name.split(' ')
    const url = host + fillPath(name, template, params)
    await rateLimit?.acquire(name)
    try {
      for (const guard of guards) await guard.beforeCall()
    } catch (thrown) {
      await rateLimit?.release()
      throw thrown
    }
    const response = await withinTime(
      request(url, {
        method: toMethod(method),
        json,
        throwHttpErrors: false,
        // Following a redirect turns a POST into a GET, and the page it leads to looks like a success.
        redirect: 'manual',
        // Only one copy of a cloned response is read. Beyond 16 KB, a page of ten contacts, the unread copy blocks it.
        skipResponseCloning: true
      })
    ).catch(async (thrown: unknown) => {
      await rateLimit?.release()
      throw toNoAnswer(name, thrown)
    })
    await rateLimit?.release(response.headers)
    if (response.status === TOO_MANY_REQUESTS && rateLimit) {
      const retryAfterMs = rateLimit.toRetryAfterMs(response.headers)
      throw new IntercomApiError({ ...toApiError(name, response).details, retryAfterMs })
    }
    if (!response.ok) throw toApiError(name, response)
    const isExpected = statuses.includes(response.status) && !response.redirected
    const result = isExpected ? read(toBody(response), params) : undefined
    if (result === undefined) throw unreadable(name, response.status)
    return result
  }
}

/** The contacts of this page and all later ones. A cursor that comes a second time would page for ever. */
async function searchAllPages(call: Call, query: SearchQuery, cursors: readonly string[] = []): Promise<Contact[]> {
  const starting_after = cursors.at(-1)
  const pagination = { per_page: SEARCH_PAGE_SIZE, ...withoutUndefined({ starting_after }) }
  const { contacts, next } = await call(OPERATIONS.searchContacts, {}, { query, pagination })
  if (next === undefined || contacts.length === 0) return contacts
  if (cursors.includes(next) || cursors.length + 1 >= MAX_PAGES) throw unreadable(OPERATIONS.searchContacts.name)
  return [...contacts, ...(await searchAllPages(call, query, [...cursors, next]))]
}

/** Whether a value can be part of a path: clients and servers resolve `.` and `..` away, also as `%2E%2E`. */
export function isPathValue(value: string): boolean {
  // A lone surrogate cannot be encoded.
  return !['', '.', '..'].includes(value) && !/\p{Surrogate}/u.test(value)
}

function fillPath(operation: string, template: string, params: Params): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? ''
    if (!isPathValue(value)) throw new IntercomApiError({ operation, code: NOT_A_PATH, text: '', field: name })
    return encodeURIComponent(value)
  })
}

function toMethod(method: string | undefined) {
  return (['GET', 'POST', 'PUT', 'DELETE'] as const).find((known) => known === method) ?? 'GET'
}
