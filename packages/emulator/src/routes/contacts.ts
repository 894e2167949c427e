import { bodyOf, param, type Answer, type Call } from '../http/call'
import {
  activeContact,
  blankContact,
  holdersOfEmail,
  refuseConflict,
  SEEDED_AT_CALL,
  withChange
} from '../model/contact-rules'
import type { Contact } from '../model/entities'
import { contactConflict, contactMerged, contactNotFound, parameterInvalid, Refusal } from '../http/errors'
import { contactReference, formatContact, formatListedContact } from '../model/format'
import { CONTACT_LIST_PER_PAGE, MERGE_HISTORY_PER_PAGE, UNARCHIVE_FAILS_UNTIL } from '../model/limits'
import { cursorPage, readPerPage } from '../http/paging'
import { candidatesOf, readSearch } from '../model/search'
import { notRestorable, parameterMissing, readBoolean, readIdentifier } from '../model/assumed-validation'
import { readAssociations, readContact, refuseUnknown } from '../model/validate'
import { isSince } from '../http/versions'
import type { Workspace } from '../model/workspace'
import { ok, route } from './route'

const createContact = (call: Call, workspace: Workspace): Answer => {
  const { store, ids, now } = workspace
  const body = bodyOf(call)
  const change = readContact(body, workspace)
  // S2.16: email, external_id or role is required; DEV:2.3: a user needs one of the first two.
  const role = change.role ?? 'user'
  if (role === 'user' && !change.external_id && !change.email) {
    throw parameterMissing('A contact with user role needs an external_id or an email')
  }
  if (role === 'user') refuseConflict(change.external_id ?? null, change.email ?? null, workspace)
  const blank = blankContact(ids.contact(), now(), store.calls)
  // FIX: the external_id of a lead is ignored; it gets a random UUID.
  const external_id = role === 'lead' ? ids.leadExternalId() : (change.external_id ?? null)
  const email = change.email ?? undefined
  const contact = store.putContact({ ...withChange(blank, { ...change, email }, now()), role, external_id })
  return ok(formatContact(contact, workspace))
}

const getContact = (call: Call, workspace: Workspace): Answer =>
  ok(formatContact(activeContact(param(call, 'id'), call.version, workspace), workspace))

const findByExternalId = (call: Call, workspace: Workspace): Answer => {
  const found = workspace.store.contactsWithExternalId(param(call, 'external_id'))
  const user = found.find(({ role, status }) => role === 'user' && status === 'active')
  if (user) return ok(formatContact(user, workspace))
  const merged = found.find(({ mergedInto }) => mergedInto !== null)
  if (merged?.mergedInto && isSince(call.version, '2.16')) throw contactMerged(merged.mergedInto)
  throw contactNotFound()
}

/** The external_id after an update: null changes nothing, and a lead's cannot be set (FIX). */
const nextExternalId = (contact: Contact, role: Contact['role'], sent: string | null | undefined) =>
  role === 'lead' ? contact.external_id : (sent ?? contact.external_id)

const updateContact = (call: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const { associations, rest } = isSince(call.version, '2.13')
    ? readAssociations(bodyOf(call), workspace)
    : { associations: {}, rest: bodyOf(call) }
  const change = { ...readContact(rest, workspace), associations }
  if (contact.role === 'user' && change.role === 'lead') {
    throw new Refusal(400, 'client_error', "Contact with user role can't be converted to a lead")
  }
  const role = change.role ?? contact.role
  const external_id = nextExternalId(contact, role, change.external_id)
  const next = { ...withChange(contact, change, now()), role, external_id }
  if (role === 'user') refuseTaken(contact, next, workspace)
  return ok(formatContact(store.putContact(next), workspace))
}

/**
 * FIX: a user may get the e-mail of another user, and the external_id of an archived one. GUESS: not the external_id of
 * an active one, and a lead may become a user only if no user has its details.
 */
const refuseTaken = (before: Contact, next: Contact, workspace: Workspace): void => {
  const holders = [
    ...(next.external_id && next.external_id !== before.external_id
      ? workspace.store.contactsWithExternalId(next.external_id)
      : []),
    ...(next.email && before.role === 'lead' ? holdersOfEmail(next.email, next.external_id, workspace) : [])
  ]
  const taken = holders.find(({ id, role, status }) => id !== before.id && role === 'user' && status === 'active')
  if (taken) throw contactConflict(taken.id, true)
}

const deleteContact = (call: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const { id, role, external_id, email, created_at, createdAtCall } = contact
  // Only external id and email stay, because they stay reserved.
  const rest = blankContact(id, created_at, createdAtCall)
  store.removeNotesAbout('contact', id)
  store.putContact({ ...rest, role, external_id, email, updated_at: now(), status: 'deleted', deletedAt: now() })
  return ok({ ...contactReference(contact, workspace), deleted: true })
}

/** Archiving, unarchiving and blocking may be repeated (FIX: archiving an archived contact is a 200). */
const existingContact = (call: Call, workspace: Workspace): Contact => {
  const contact = workspace.store.contact(param(call, 'id'))
  if (contact?.mergedInto && isSince(call.version, '2.16')) throw contactMerged(contact.mergedInto)
  if (!contact || contact.status === 'merged') throw contactNotFound()
  return contact
}

const archiveContact = (call: Call, workspace: Workspace): Answer => {
  const contact = existingContact(call, workspace)
  if (contact.status !== 'active' && contact.status !== 'archived') throw contactNotFound()
  workspace.store.putContact({ ...contact, status: 'archived' })
  return ok({ ...contactReference(contact, workspace), archived: true })
}

const unarchiveContact = (call: Call, workspace: Workspace): Answer => {
  const contact = existingContact(call, workspace)
  if (contact.status === 'deleted') {
    if (workspace.now() <= UNARCHIVE_FAILS_UNTIL) throw new Refusal(500, 'server_error', 'Server Error')
    const message = 'User has been marked for permanent deletion and is not restorable.'
    throw new Refusal(400, 'bad_request', message)
  }
  if (contact.status === 'blocked') throw notRestorable()
  // GUESS: another user may have the external_id by now; two active users cannot share it.
  if (contact.role === 'user') {
    const taken = workspace.store
      .contactsWithExternalId(contact.external_id ?? '')
      .find(({ id, role, status }) => id !== contact.id && role === 'user' && status === 'active')
    if (taken) throw contactConflict(taken.id, true)
  }
  workspace.store.putContact({ ...contact, status: 'active' })
  return ok({ ...contactReference(contact, workspace), archived: false })
}

const blockContact = (call: Call, workspace: Workspace): Answer => {
  const contact = existingContact(call, workspace)
  if (contact.status === 'deleted') throw contactNotFound()
  workspace.store.putContact({ ...contact, status: 'blocked' })
  return ok({ ...contactReference(contact, workspace), blocked: true })
}

const MERGE_PARAMETERS = new Map([
  ['from', '2.0'],
  ['into', '2.0'],
  ['skip_duplicate_validation', '2.16']
])

const haveSame = (a: string | null, b: string | null) => Boolean(a) && a?.toLowerCase() === b?.toLowerCase()

const mergeContacts = (call: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const body = bodyOf(call)
  refuseUnknown(body, MERGE_PARAMETERS, call.version)
  const named = (name: 'from' | 'into') => {
    if (!Object.hasOwn(body, name)) throw parameterMissing(`${name} not specified`)
    return activeContact(readIdentifier(body[name], name, workspace.unknowns), call.version, workspace)
  }
  const lead = named('from')
  const user = named('into')
  if (lead.role !== 'lead') throw parameterInvalid('from must be a contact with lead role')
  if (user.role !== 'user') throw parameterInvalid('into must be a contact with user role')
  const skip =
    'skip_duplicate_validation' in body && readBoolean(body.skip_duplicate_validation, 'skip_duplicate_validation')
  const duplicates = haveSame(lead.email, user.email) || haveSame(lead.phone, user.phone)
  if (isSince(call.version, '2.16') && !skip && !duplicates) {
    throw new Refusal(
      400,
      'invalid_merge',
      'Contacts can only be merged when they are duplicates (matching email or phone). ' +
        'Pass skip_duplicate_validation=true to override this check.'
    )
  }
  return ok(formatContact(merge(lead, user, store, now()), workspace))
}

/** GUESS: the user's values stay, missing ones come from the lead; S2.16 does not say which side wins. */
const merge = (lead: Contact, user: Contact, store: Workspace['store'], now: number): Contact => {
  store.putContact({ ...lead, status: 'merged', mergedInto: user.id, mergedAt: now, tags: [], companyIds: [] })
  store.eventLog.move(lead.id, user.id)
  store.moveNotes(lead.id, user.id)
  const tagIds = new Set(user.tags.map(({ id }) => id))
  return store.putContact({
    ...user,
    email: user.email || lead.email,
    phone: user.phone ?? lead.phone,
    name: user.name ?? lead.name,
    avatar: user.avatar ?? lead.avatar,
    custom_attributes: { ...lead.custom_attributes, ...user.custom_attributes },
    tags: [...user.tags, ...lead.tags.filter(({ id }) => !tagIds.has(id))],
    companyIds: [...new Set([...user.companyIds, ...lead.companyIds])],
    updated_at: now
  })
}

/** S2.16, GET /contacts/{id}/merge_history: by default newest first; a lead has none. */
const listMergeHistory = (call: Call, workspace: Workspace): Answer => {
  const contact = workspace.store.contact(param(call, 'id'))
  if (contact?.status !== 'active' || contact.role !== 'user') throw new Refusal(404, 'not_found', 'Contact not found')
  const order = call.query.get('order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc') throw parameterInvalid('order must be asc or desc')
  const merged = workspace.store.contacts.filter(({ mergedInto }) => mergedInto === contact.id)
  merged.sort((a, b) => (a.mergedAt ?? 0) - (b.mergedAt ?? 0))
  if (order === 'desc') merged.reverse()
  const perPage = readPerPage(call.query.get('per_page'), MERGE_HISTORY_PER_PAGE)
  const { data, pages } = cursorPage(merged, perPage, call.query.get('cursor') ?? undefined)
  const next = 'next' in pages ? pages.next : undefined
  return ok({
    type: 'list',
    data: data.map(({ id, role, mergedAt }) => ({
      type: 'merge_history',
      source_contact_id: id,
      source_contact_role: role,
      merged_at: mergedAt
    })),
    ...(next ? { next_cursor: next.starting_after } : {}),
    has_more: next !== undefined
  })
}

/** Segments are created in Intercom's own pages; here no contact is in one. */
const listSegments = (call: Call, workspace: Workspace): Answer => {
  activeContact(param(call, 'id'), call.version, workspace)
  return ok({ type: 'list', data: [] })
}

const searchContacts = (call: Call, workspace: Workspace): Answer => {
  const { store, searchLag } = workspace
  const search = readSearch(bodyOf(call), store)
  const { matches, compare, per_page, starting_after } = search
  // Seeded contacts are in the index from the start.
  const isIndexed = ({ createdAtCall }: Contact) =>
    createdAtCall === SEEDED_AT_CALL || store.calls - createdAtCall > searchLag
  const found = candidatesOf(search, store).filter((contact) => isIndexed(contact) && matches(contact))
  if (compare) found.sort(compare)
  const page = cursorPage(found, per_page, starting_after)
  return ok({ type: 'list', ...page, data: page.data.map((contact) => formatListedContact(contact, workspace)) })
}

const listContacts = (call: Call, workspace: Workspace): Answer => {
  const perPage = readPerPage(call.query.get('per_page'), CONTACT_LIST_PER_PAGE)
  const page = cursorPage(workspace.store.activeContacts, perPage, call.query.get('starting_after') ?? undefined)
  return ok({ type: 'list', ...page, data: page.data.map((contact) => formatListedContact(contact, workspace)) })
}

export const contactRoutes = [
  route('POST /contacts', createContact),
  route('GET /contacts', listContacts),
  route('GET /contacts/find_by_external_id/{external_id}', findByExternalId, { since: '2.13' }),
  route('POST /contacts/search', searchContacts),
  route('POST /contacts/merge', mergeContacts),
  route('GET /contacts/{id}', getContact),
  route('PUT /contacts/{id}', updateContact),
  route('DELETE /contacts/{id}', deleteContact),
  route('POST /contacts/{id}/archive', archiveContact),
  route('POST /contacts/{id}/unarchive', unarchiveContact),
  route('POST /contacts/{id}/block', blockContact, { since: '2.13' }),
  route('GET /contacts/{id}/merge_history', listMergeHistory, { since: '2.16' }),
  route('GET /contacts/{id}/segments', listSegments)
]
