import { bodyOf, isBody, type Answer, type Body, type Call } from '../http/call'
import { blankContact, refuseConflict } from '../model/contact-rules'
import type { Contact, Visitor } from '../model/entities'
import { contactNotFound, parameterInvalid, Refusal } from '../http/errors'
import { formatContact, formatVisitor } from '../model/format'
import { parameterMissing, readEmail, readIdentifier, readText } from '../model/assumed-validation'
import { readAttributes, refuseUnknown } from '../model/validate'
import type { Workspace } from '../model/workspace'
import { ok, route } from './route'

const visitorNotFound = () => new Refusal(404, 'not_found', 'Visitor Not Found')

/** S2.16, update_visitor_request. */
const UPDATE_PARAMETERS = new Map([
  ['id', '2.0'],
  ['user_id', '2.0'],
  ['name', '2.0'],
  ['custom_attributes', '2.0']
])

/** S2.16, convert_visitor_request. */
const CONVERT_PARAMETERS = new Map([
  ['type', '2.0'],
  ['user', '2.0'],
  ['visitor', '2.0']
])

/** The visitor that a body names. GUESS: the first of id, user_id and email that is present counts. */
const namedVisitor = (
  body: Body,
  names: readonly ('id' | 'user_id' | 'email')[],
  { store, unknowns }: Workspace
): Visitor => {
  const by = names.find((name) => Object.hasOwn(body, name))
  if (by === undefined) throw parameterMissing(`A visitor needs one of ${names.join(', ')}`)
  const value = readIdentifier(body[by], by, unknowns)
  const found =
    by === 'id'
      ? store.visitor(value)
      : by === 'user_id'
        ? store.visitorWithUserId(value)
        : store.visitorWithEmail(value)
  if (!found) throw visitorNotFound()
  return found
}

const getVisitor = ({ query }: Call, workspace: Workspace): Answer => {
  const userId = query.get('user_id')
  if (userId === null) throw parameterMissing('user_id not specified')
  const visitor = workspace.store.visitorWithUserId(userId)
  if (!visitor) throw visitorNotFound()
  return ok(formatVisitor(visitor, workspace))
}

const updateVisitor = (call: Call, workspace: Workspace): Answer => {
  const { store, now, unknowns } = workspace
  const body = bodyOf(call)
  refuseUnknown(body, UPDATE_PARAMETERS, call.version)
  const visitor = namedVisitor(body, ['id', 'user_id'], workspace)
  const custom_attributes = { ...visitor.custom_attributes, ...readAttributes(body, 'contact', workspace) }
  const name =
    body.name === undefined ? visitor.name : body.name === null ? null : readText(body.name, 'name', unknowns)
  return ok(formatVisitor(store.putVisitor({ ...visitor, name, custom_attributes, updated_at: now() }), workspace))
}

/** The user that a conversion names, by Intercom's id or else by the external id; undefined if there is none. */
const knownUser = ({ id, user_id }: Body, { store, unknowns }: Workspace): Contact | undefined => {
  if (id !== undefined) {
    const contact = store.contact(readIdentifier(id, 'id', unknowns))
    if (contact?.status !== 'active') throw contactNotFound()
    return contact
  }
  if (user_id === undefined) return undefined
  return store
    .contactsWithExternalId(readIdentifier(user_id, 'user_id', unknowns))
    .find(({ role, status }) => role === 'user' && status === 'active')
}

/**
 * S2.16: "If the User exists, then the Visitor will be merged into it, the Visitor deleted and the User returned. If the
 * User does not exist, the Visitor will be converted to a User". GUESS: the user's values stay, as in a merge; a contact of
 * another role than `type` is refused.
 */
const convertVisitor = (call: Call, workspace: Workspace): Answer => {
  const { store, ids, now, unknowns } = workspace
  const body = bodyOf(call)
  refuseUnknown(body, CONVERT_PARAMETERS, call.version)
  const { type, user, visitor: named } = body
  if (type !== 'user' && type !== 'lead') throw parameterInvalid('type must be user or lead')
  if (!isBody(named)) throw parameterMissing('visitor not specified')
  if (!isBody(user)) throw parameterMissing('user not specified')
  const email = user.email === undefined ? null : readEmail(user.email, 'email', unknowns)
  // The schema requires id or user_id; its own example sends only an e-mail.
  if (type === 'user' && user.id === undefined && user.user_id === undefined && !email) {
    throw parameterMissing('user needs one of id, user_id, email')
  }
  const visitor = namedVisitor(named, ['id', 'user_id', 'email'], workspace)
  const known = knownUser(user, workspace)
  if (known && known.role !== type) throw parameterInvalid(`type is ${type}, but the contact is a ${known.role}`)
  const external_id = user.user_id === undefined ? null : readIdentifier(user.user_id, 'user_id', unknowns)
  if (!known && type === 'user') refuseConflict(external_id, email, workspace)
  const base = known ?? {
    ...blankContact(visitor.id, visitor.created_at, store.calls),
    role: type,
    external_id: type === 'lead' ? ids.leadExternalId() : external_id
  }
  store.removeVisitor(visitor)
  store.eventLog.move(visitor.id, base.id)
  const contact = store.putContact({
    ...base,
    email: base.email || email || visitor.email,
    phone: base.phone ?? visitor.phone,
    name: base.name ?? visitor.name,
    custom_attributes: { ...visitor.custom_attributes, ...base.custom_attributes },
    updated_at: now()
  })
  return ok(formatContact(contact, workspace))
}

export const visitorRoutes = [
  route('GET /visitors', getVisitor),
  route('PUT /visitors', updateVisitor),
  route('POST /visitors/convert', convertVisitor)
]
