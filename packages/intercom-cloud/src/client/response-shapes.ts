import { isAbsent, toRecord, toText, withoutUndefined } from '@intercom-destinations/shared-mapping'
import type { Contact, ContactPage, DataAttribute, Me, Named, StoredCompany, SubscriptionType, Teammate } from './types'

/*
 * The shapes that Intercom documents for its responses (OpenAPI 2.16), as far as they are used here. Each function returns
 * `undefined` for anything else: a response without a list is not an empty list.
 */

/** Intercom's own id of an object. */
export function toId(value: unknown): string | undefined {
  const id: unknown = toRecord(value)?.id
  if (typeof id === 'number') return toText(id)
  return typeof id === 'string' && id.trim() !== '' ? id : undefined
}

export function toContact(value: unknown): Contact | undefined {
  const id = toId(value)
  if (id === undefined) return undefined
  const { role, external_id, email, name } = toRecord(value) ?? {}
  return {
    id,
    role: role === 'lead' ? 'lead' : 'user',
    ...withoutUndefined({
      external_id: toPresentText(external_id),
      email: toPresentText(email),
      name: toPresentText(name)
    })
  }
}

export function toContactPage(value: unknown): ContactPage | undefined {
  const { data, pages } = toRecord(value) ?? {}
  const contacts = toListOf(data, toContact)
  const next = toCursor(pages)
  if (!contacts || !next) return undefined
  return { contacts, ...withoutUndefined(next) }
}

/** The cursor of the next page: `{}` on the last page, `undefined` if `pages` is malformed. */
function toCursor(pages: unknown): { next?: string } | undefined {
  if (isAbsent(pages)) return {}
  const known = toRecord(pages)
  if (!known) return undefined
  if (isAbsent(known.next)) return {}
  const next = toRecord(known.next)
  if (!next) return undefined
  if (isAbsent(next.starting_after)) return {}
  const cursor = toText(next.starting_after)
  return cursor === undefined ? undefined : { next: cursor }
}

export function toStoredCompany(value: unknown): StoredCompany | undefined {
  const id = toId(value)
  return id === undefined ? undefined : { id, ...withoutUndefined({ name: toPresentText(toRecord(value)?.name) }) }
}

/** `GET /companies?company_id=` returns one company by its description, a list by its example (OpenAPI 2.16). */
export function toFoundCompany(value: unknown, company_id: string | undefined): string | undefined {
  const { data } = toRecord(value) ?? {}
  if (!Array.isArray(data)) return toId(value)
  return toId(data.find((item: unknown) => toText(toRecord(item)?.company_id) === company_id))
}

/** The items that have a name. Each item must have an id. */
function toNamedList(list: unknown): Named[] | undefined {
  const items = toListOf(list, (item) => {
    const id = toId(item)
    return id === undefined ? undefined : { id, name: toPresentText(toRecord(item)?.name) }
  })
  return items?.flatMap(({ id, name }) => (name === undefined ? [] : [{ id, name }]))
}

export function toTags(value: unknown): Named[] | undefined {
  return toNamedList(toRecord(value)?.data)
}

/** OpenAPI 2.16, list subscription types. An archived type is left out. */
export function toSubscriptionTypes(value: unknown): SubscriptionType[] | undefined {
  const items = toListOf(toRecord(value)?.data, toSubscriptionType)
  return items?.flatMap(({ state, type }) => (state === 'archived' ? [] : [type]))
}

function toSubscriptionType(value: unknown): { state: unknown; type: SubscriptionType } | undefined {
  const id = toId(value)
  const { state, consent_type, default_translation } = toRecord(value) ?? {}
  if (id === undefined || (consent_type !== 'opt_in' && consent_type !== 'opt_out')) return undefined
  return { state, type: { id, name: toPresentText(toRecord(default_translation)?.name) ?? '', consent_type } }
}

export function toAdmins(value: unknown): Teammate[] | undefined {
  const list: unknown = toRecord(value)?.admins
  const named = toNamedList(list)
  const emails = new Map(toListOf(list, (item) => [toId(item) ?? '', toPresentText(toRecord(item)?.email)] as const))
  return named?.map((admin) => ({ ...admin, ...withoutUndefined({ email: emails.get(admin.id) }) }))
}

/** The custom attributes that are not archived. */
export function toAttributes(value: unknown): DataAttribute[] | undefined {
  const items = toListOf(toRecord(value)?.data, toAttribute)
  return items?.flatMap(({ isListed, attribute }) => (isListed ? [attribute] : []))
}

function toAttribute(value: unknown): { isListed: boolean; attribute: DataAttribute } | undefined {
  const { name, data_type, custom, archived, api_writable } = toRecord(value) ?? {}
  const text = toPresentText(name)
  if (text === undefined) return undefined
  return {
    isListed: custom !== false && archived !== true,
    attribute: { name: text, data_type: toText(data_type) ?? '', isWritable: api_writable !== false }
  }
}

/** An admin, with the workspace if the response contains it. */
export function toMe(value: unknown): Me | undefined {
  const app = toRecord(toRecord(value)?.app)
  if (!app && toId(value) === undefined) return undefined
  return withoutUndefined({ name: toText(app?.name), id: toText(app?.id_code), region: toText(app?.region) })
}

/** Intercom documents both names for the same value (developers.intercom.com, setting-up-oauth). */
export function toAccessToken(value: unknown): string | undefined {
  const { access_token, token } = toRecord(value) ?? {}
  const found = access_token ?? token
  return typeof found === 'string' && found.trim() !== '' ? found : undefined
}

function toPresentText(value: unknown): string | undefined {
  return isAbsent(value) ? undefined : toText(value)
}

/** The items of a list; `undefined` if one of them does not have its shape. */
function toListOf<T>(list: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(list)) return undefined
  const items = list.flatMap((item: unknown) => {
    const known = read(item)
    return known === undefined ? [] : [known]
  })
  return items.length === list.length ? items : undefined
}
