import type { CustomAttributes, Loss } from '@intercom-destinations/shared-mapping'
import type { Contact, ContactBody } from './api'
import type { AttributeWriter } from './attributes'
import { isConflict, resolveConflict } from './conflicts'
import { toNewBody, toUpdateBody, type KnownIdentity } from './contact-body'
import { leadPerhapsThere, refusal } from './errors'
import { isOwn, isSameEmail, isSomebodyElse, noteSearch, search, toMatch } from './find-contact'
import { IntercomFailure, mayHaveSucceeded } from './failure'
import type { ContactKey } from './lookup'
import { mergeLeads } from './merge-leads'
import type { RememberedPerson } from './remembered'
import { toExternalId, toSentEmail, type Address, type Road, type Step, type Who } from './road'
import type { Session } from './session'
import { toFresh, toWritten, type AttributeTimes } from './superseded'

/** Forgotten, create, conflict, without the address, restore, update, merged: no honest road is longer, and a circle must end. */
const MAX_STEPS = 6

export interface ContactWrite extends Who {
  identity: KnownIdentity
  body: ContactBody
  /** The name in the body is one part of a name: it names only a contact that has none. */
  isPartialName?: boolean
  custom: CustomAttributes
  attributes: AttributeWriter
  losses: Loss[]
  /** When each value was true, where the events tell it. */
  times: AttributeTimes
}

/**
 * Creates the person or updates the one who is there. Intercom's `POST /contacts` is no upsert and its search lags
 * behind, so the conflict that it answers is the last word on who is there. Events of one person take turns.
 */
export function resolveContact(session: Session, write: ContactWrite): Promise<RememberedPerson> {
  return session.memory.turns.run(toTurnKeys(write), () => resolve(session, write))
}

function toTurnKeys(who: Who): string[] {
  const { email } = who.identity
  const external_id = toExternalId(who)
  return [
    ...(external_id === undefined ? [] : [`external_id ${external_id}`]),
    ...(email === undefined ? [] : [`email ${email.toLowerCase()}`])
  ]
}

async function resolve(session: Session, write: ContactWrite): Promise<RememberedPerson> {
  let road = await findRoad(session, write, toAddress(session, write))
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const next = await advance(session, write, road)
    if ('contact' in next) return settle(session, write, road, next)
    road = next
  }
  throw refusal('unresolved-conflict')
}

/** Takes one step; answers what came of it, or where to go from there. */
async function advance(session: Session, write: ContactWrite, road: Road): Promise<Taken | Road> {
  let taken: Taken
  try {
    taken = await take(session, road, write)
  } catch (thrown) {
    if (!(thrown instanceof IntercomFailure)) throw thrown
    return findNextRoad(session, thrown, road, write)
  }
  if (!isSomebodyElse(taken.contact, write.identity)) return taken
  // The search showed who they were once. By now the address belongs to another user.
  if (toSentEmail(write, road.address) === undefined) throw refusal('email-of-another-user')
  session.memory.rememberPerson(taken.contact)
  return { ...road, step: { kind: 'create' }, address: { kind: 'taken' }, leads: [] }
}

/** An address that Intercom refused to give this user a short while ago is not tried again. */
function toAddress({ memory }: Session, who: Who): Address {
  const { email } = who.identity
  const external_id = toExternalId(who)
  if (email === undefined || external_id === undefined || !memory.isTaken(email, external_id)) return { kind: 'sent' }
  const isUser = who.identity.kind === 'user' || memory.findPerson('external_id', external_id)?.contact.role === 'user'
  return { kind: isUser ? 'taken' : 'sent' }
}

/** What came of a step. */
interface Taken {
  contact: Contact
  /** The name was left out, because the contact has one of which ours is at most a part. */
  isNameKept: boolean
}

/** Writes down what was learned, and what was lost. */
async function settle(session: Session, write: ContactWrite, road: Road, { contact, isNameKept }: Taken) {
  const { memory } = session
  const { losses } = write
  const { email } = write.identity
  const external_id = toExternalId(write)
  if (email !== undefined && road.address.kind !== 'sent') {
    if (external_id !== undefined) memory.noteTaken(email, external_id)
    losses.push({ path: 'email', reason: 'email-of-another-contact' })
  }
  if (isNameKept && contact.name !== write.body.name) losses.push({ path: 'name', reason: 'partial-name' })
  const person = memory.rememberPerson(contact, write.segmentUserId)
  if (email !== undefined && road.seen) noteSearch(session, email, road.seen, contact)
  const body = toBody(write, road.address)
  const { name: _, ...nameless } = body
  for (const [attribute, time] of toWritten({ ...write, body: isNameKept ? nameless : body }))
    person.wrote(attribute, time)
  try {
    // Leads with an address that belongs to another contact are that contact's.
    await mergeLeads(session, road.address.kind === 'sent' ? road.leads : [], contact)
  } catch (thrown) {
    // Redelivered, the event has to find the leads again, so it may not know the way already.
    memory.forgetPerson(contact.id)
    throw thrown
  }
  return person
}

function toBody({ body }: ContactWrite, { kind }: Address): ContactBody {
  if (kind === 'sent') return body
  const { email: _, ...rest } = body
  return rest
}

function take(session: Session, road: Road, write: ContactWrite): Promise<Taken> {
  const { step } = road
  const body = toBody(write, road.address)
  return step.kind === 'create' ? create(session, write, body) : update(session, write, body, step)
}

async function create({ api, memory }: Session, write: ContactWrite, body: ContactBody): Promise<Taken> {
  const { identity, custom } = write
  const isLead = identity.kind === 'lead'
  if (isLead && memory.isLeadUnsure(identity.email)) throw leadPerhapsThere()
  const contact = await write.attributes.write({ body, custom }, async (known, kept) => {
    try {
      return await api.createContact(toNewBody(identity, withCustom(known, kept)))
    } catch (thrown) {
      // No conflict would say that this lead is there already: many may share an address.
      if (isLead && mayHaveSucceeded(thrown)) memory.noteUnsureLead(identity.email)
      throw thrown
    }
  })
  return { contact, isNameKept: false }
}

async function update(
  session: Session,
  write: ContactWrite,
  all: ContactBody,
  { contact: found, isUnread }: Step & { kind: 'update' }
): Promise<Taken> {
  const { identity, attributes } = write
  const known = session.memory.findPersonById(found.id)
  const { name, ...nameless } = all
  const isPart = write.isPartialName === true && name !== undefined
  const isNameKept = isPart && (isUnread === true || found.name !== undefined)
  const { body, custom, isEmpty } = toFresh({ ...write, body: isNameKept ? nameless : all }, known)
  // Everything in the event is older than what was written since.
  if (isEmpty && Object.keys(toUpdateBody(identity, body, found)).length === 0) return { contact: found, isNameKept }
  const put = (body: ContactBody, custom: CustomAttributes) =>
    attributes.write({ body, custom }, (known, kept) =>
      session.api.updateContact(found.id, toUpdateBody(identity, withCustom(known, kept), found))
    )
  const contact = await put(body, custom)
  // Only the answer tells whether there is a name.
  const isNameless = isNameKept && isUnread && contact.name === undefined
  return isNameless ? { contact: await put({ name }, {}), isNameKept: false } : { contact, isNameKept }
}

function withCustom(body: ContactBody, custom: CustomAttributes | undefined): ContactBody {
  return custom === undefined ? body : { ...body, custom_attributes: custom }
}

/** Where to begin: with a contact that this process remembers, or with what one search shows. */
async function findRoad(session: Session, who: Who, address: Address): Promise<Road> {
  const { memory, lookup } = session
  const { identity } = who
  const isLead = identity.kind === 'lead'
  const email = toSentEmail(who, address)
  const external_id = toExternalId(who)
  const remembered = external_id === undefined ? undefined : memory.findPerson('external_id', external_id)
  // A lead is known by its address alone, and may have another one by now.
  const known = isLead && remembered?.contact.role === 'lead' ? undefined : remembered
  const isWhole =
    known && (isLead || email === undefined || known.contact.role === 'lead' || isSameEmail(known.contact.email, email))
  if (isWhole) return toRoad(known, address)
  // With an external ID alone the conflict names the contact, so that a new person costs one call.
  if (email === undefined) {
    const prepared = external_id === undefined ? undefined : lookup.toPrepared({ external_id })
    const found = prepared?.find((one) => isOwn(one, external_id))
    const step: Step = found ? { kind: 'update', contact: found } : { kind: 'create' }
    return { step, seen: undefined, leads: [], address }
  }
  if (!known) {
    const byEmail = memory.findPerson('email', email)
    // A user with the lead's user id comes before the contact with the address, and only a search tells of one.
    const isSure = !isLead || external_id === undefined || byEmail?.contact.id === remembered?.contact.id
    if (byEmail && isSure && !isSomebodyElse(byEmail.contact, identity)) return toRoad(byEmail, address)
  }
  const key: ContactKey = external_id === undefined ? { email } : { external_id, email }
  const seen = await search(session, key)
  const match = known ? { kind: 'one' as const, contact: known.contact } : toMatch(key, seen)
  if (match.kind === 'many' && (isLead || external_id === undefined)) throw refusal('several-users')
  const step: Step =
    match.kind === 'one' && !isSomebodyElse(match.contact, identity)
      ? { kind: 'update', contact: match.contact, ...(known ? { isRemembered: true } : {}) }
      : { kind: 'create' }
  const leads = isLead ? [] : seen.filter((one) => one.role === 'lead' && isSameEmail(one.email, email))
  return { step, seen, leads, address }
}

function toRoad({ contact }: RememberedPerson, address: Address): Road {
  return { step: { kind: 'update', contact, isRemembered: true }, seen: undefined, leads: [], address }
}

async function findNextRoad(session: Session, failure: IntercomFailure, road: Road, who: Who): Promise<Road> {
  const { facts } = failure
  const { step } = road
  if (isConflict(failure)) return resolveConflict(session, failure, road, who)
  if (step.kind === 'create') throw failure
  if (failure.has(410) || failure.has(404)) {
    session.memory.forgetPerson(step.contact.id)
    session.lookup.forget()
  }
  if (failure.has(410) && facts.canonicalId !== undefined) {
    // The contact that they became part of has to be seen before anything is written: it may be another person.
    const contact = await session.api.findContact(facts.canonicalId)
    if (!isSomebodyElse(contact, who.identity)) return { ...road, step: { kind: 'update', contact } }
    if (step.contact.role === 'user') throw refusal('email-of-another-user')
    // Another person turned out to be the lead.
    return { ...road, step: { kind: 'create' } }
  }
  if (failure.has(404)) {
    // What was remembered is looked up again; what only the search still showed is gone.
    return step.isRemembered ? findRoad(session, who, road.address) : { ...road, step: { kind: 'create' } }
  }
  throw failure
}
