import { isEmptySuccess, type Body } from './answer'
import {
  toAdmins,
  toAttributes,
  toContact,
  toContactPage,
  toFoundCompany,
  toId,
  toMe,
  toStoredCompany,
  toSubscriptionTypes,
  toTags
} from './response-shapes'

/**
 * One call of Intercom's REST API, and which responses count as a success. Any other response is treated as unreadable,
 * so that a proxy's page is never taken for Intercom's answer.
 */
export interface Operation<T> {
  /** As Intercom's reference writes it: `PUT /contacts/{id}`. */
  readonly name: string
  readonly statuses: readonly number[]
  /** The part of the response that is used; `undefined` if the response does not have the documented shape. */
  readonly read: (body: Body, params: Params) => T | undefined
}

export type Params = Readonly<Record<string, string>>

/** An operation whose response is used. Its shape proves the success, so 201 and 202 are accepted as well. */
function withResult<T>(name: string, read: (value: unknown, params: Params) => T | undefined): Operation<T> {
  return {
    name,
    statuses: [200, 201, 202],
    read: (body, params) => (body.kind === 'json' ? read(body.value, params) : undefined)
  }
}

/** An operation whose response is not used. OpenAPI 2.16 documents 200 for all of them, and 202 for an event. */
function withoutResult(name: string): Operation<true> {
  return { name, statuses: [200, 202], read: (body) => (isEmptySuccess(body) ? true : undefined) }
}

/** Every call to Intercom, under the name of its method in `createIntercomClient`. The only file that knows a path. */
export const OPERATIONS = {
  findMe: withResult('GET /me', toMe),

  createContact: withResult('POST /contacts', toContact),
  updateContact: withResult('PUT /contacts/{id}', toContact),
  findContact: withResult('GET /contacts/{id}', toContact),
  findContactByExternalId: withResult('GET /contacts/find_by_external_id/{external_id}', toContact),
  searchContacts: withResult('POST /contacts/search', toContactPage),
  /** The user takes over the visitor. Any other contact in the answer is not believed. */
  convertVisitor: withResult('POST /visitors/convert', (value, { user }) => {
    const contact = toContact(value)
    return contact?.id === user ? contact : undefined
  }),
  mergeContacts: withResult('POST /contacts/merge', toContact),
  archiveContact: withoutResult('POST /contacts/{id}/archive'),
  unarchiveContact: withoutResult('POST /contacts/{id}/unarchive'),
  deleteContact: withoutResult('DELETE /contacts/{id}'),

  upsertCompany: withResult('POST /companies', toStoredCompany),
  findCompany: withResult('GET /companies?company_id={company_id}', (value, { company_id }) =>
    toFoundCompany(value, company_id)
  ),
  attachCompany: withoutResult('POST /contacts/{contact}/companies'),
  detachCompany: withoutResult('DELETE /contacts/{contact}/companies/{company}'),

  submitEvent: withoutResult('POST /events'),

  upsertTag: withResult('POST /tags', toId),
  attachTag: withoutResult('POST /contacts/{contact}/tags'),
  detachTag: withoutResult('DELETE /contacts/{contact}/tags/{tag}'),
  attachCompanyTag: withoutResult('POST /tags'),
  detachCompanyTag: withoutResult('POST /tags'),
  tagContacts: withoutResult('POST /tags'),
  untagContacts: withoutResult('POST /tags'),

  findSubscriptionTypes: withResult('GET /subscription_types', toSubscriptionTypes),
  attachSubscription: withoutResult('POST /contacts/{contact}/subscriptions'),
  detachSubscription: withoutResult('DELETE /contacts/{contact}/subscriptions/{subscription}'),

  findAdmins: withResult('GET /admins', toAdmins),
  findTags: withResult('GET /tags', toTags),

  findAttributes: withResult('GET /data_attributes?model={model}', toAttributes),
  createAttribute: withoutResult('POST /data_attributes')
} satisfies Record<string, Operation<unknown>>
