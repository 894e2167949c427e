import type { Contact } from './entities'
import { contactConflict, contactMerged, contactNotFound } from '../http/errors'
import { DELETED_LOCK_SECONDS } from './limits'
import { notRestorable } from './assumed-validation'
import type { ContactChange } from './validate'
import { isSince } from '../http/versions'
import type { Workspace } from './workspace'

/** Rules about contacts that several operations share. */

/** `next`, or `current` if `next` was not sent. */
export const kept = <T>(next: T | undefined, current: T): T => (next === undefined ? current : next)

/** `createdAtCall` of a seeded contact: before every call, so that the search index has it from the start. */
export const SEEDED_AT_CALL = Number.NEGATIVE_INFINITY

/** The contact, if it is active. Throws Intercom's 404 or 410 otherwise. */
export const activeContact = (id: string, version: string, { store }: Workspace): Contact => {
  const contact = store.contact(id)
  if (contact?.mergedInto && isSince(version, '2.16')) throw contactMerged(contact.mergedInto)
  if (contact?.status !== 'active') throw contactNotFound()
  return contact
}

/** Whether the details of an inactive contact are still reserved. */
const isLocked = (contact: Contact, now: number): boolean =>
  contact.status !== 'deleted' || contact.deletedAt === null || now - contact.deletedAt < DELETED_LOCK_SECONDS

/**
 * The contacts with this email address that conflict with a contact of this external id. If addresses may be shared, they
 * conflict only if one of the two has no external id.
 */
export const holdersOfEmail = (email: string, externalId: string | null, { store, unknowns }: Workspace): Contact[] => {
  const holders = store.contactsWithEmail(email)
  if (!unknowns.sharedEmails || externalId === null) return holders
  return holders.filter(({ external_id }) => external_id === null || external_id === externalId)
}

/** Throws 409 if another user has the external_id or e-mail: active, archived or recently deleted (DEV:2.3, FIX). */
export const refuseConflict = (
  externalId: string | null,
  email: string | null,
  workspace: Workspace,
  self?: string
): void => {
  const { store, now } = workspace
  const holders = [
    ...(externalId ? store.contactsWithExternalId(externalId) : []),
    ...(email ? holdersOfEmail(email, externalId, workspace) : [])
  ].filter(({ id, role, status }) => id !== self && role === 'user' && status !== 'merged')
  const live = holders.find(({ status }) => status === 'active')
  if (live) throw contactConflict(live.id, true)
  if (holders.some(({ status }) => status === 'blocked')) throw notRestorable()
  const gone = holders.find((contact) => isLocked(contact, now()))
  if (gone) throw contactConflict(gone.id, false)
}

/** Applies a write to a contact, except for external_id and role. */
export const withChange = (contact: Contact, change: ContactChange, now: number): Contact => ({
  ...contact,
  // FIX: an e-mail that is set to null is returned as ''.
  email: change.email === null ? '' : kept(change.email, contact.email),
  email_verified: kept(change.email_verified, contact.email_verified),
  phone: kept(change.phone, contact.phone),
  name: kept(change.name, contact.name),
  avatar: kept(change.avatar, contact.avatar),
  owner_id: kept(change.owner_id, contact.owner_id),
  signed_up_at: kept(change.signed_up_at, contact.signed_up_at),
  last_seen_at: kept(change.last_seen_at, contact.last_seen_at),
  unsubscribed_from_emails: change.unsubscribed_from_emails ?? contact.unsubscribed_from_emails,
  custom_attributes: { ...contact.custom_attributes, ...change.custom_attributes },
  associations: { ...contact.associations, ...change.associations },
  updated_at: now
})

/** A contact without any data. */
export const blankContact = (id: string, now: number, createdAtCall: number): Contact => ({
  id,
  role: 'user',
  external_id: null,
  email: null,
  email_verified: null,
  phone: null,
  name: null,
  avatar: null,
  owner_id: null,
  signed_up_at: null,
  last_seen_at: null,
  unsubscribed_from_emails: false,
  created_at: now,
  updated_at: now,
  custom_attributes: {},
  associations: {},
  tags: [],
  companyIds: [],
  subscriptions: [],
  status: 'active',
  mergedInto: null,
  mergedAt: null,
  deletedAt: null,
  createdAtCall
})
