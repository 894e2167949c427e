import type { CustomAttributes, Loss } from '@intercom-destinations/shared-mapping'
import type { Contact, ContactBody } from '../client/types'
import type { AttributeWriter } from '../attributes/attribute-writer'
import { isConflict, resolveConflict } from './conflicts'
import { toNewBody, toUpdateBody, type KnownIdentity } from './contact-body'
import { leadCreationUncertain, permanentError } from '../errors'
import { isOwn, isSameEmail, isAnotherContact, noteSearch, search, toMatch } from './find-contact'
import { IntercomApiError, mayHaveSucceeded } from '../client/intercom-api-error'
import type { ContactKey } from './contact-search'
import { mergeLeads } from './merge-leads'
import type { CachedContact } from '../state/cached-entities'
import { toExternalId, toSentEmail, type Address, type UpsertPlan, type Attempt, type Who } from './upsert-plan'
import type { CallContext } from '../state/call-context'
import { withoutStaleValues, toWritten, type AttributeTimes } from '../state/stale-writes'

/** Forgotten, create, conflict, without the address, restore, update, merged: no honest road is longer, and a circle must end. */
const MAX_ATTEMPTS = 6

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
export function upsertContact(context: CallContext, write: ContactWrite): Promise<CachedContact> {
  return context.cache.mutex.runExclusive(toMutexKeys(write), () => resolve(context, write))
}

function toMutexKeys(who: Who): string[] {
  const { email } = who.identity
  const external_id = toExternalId(who)
  return [
    ...(external_id === undefined ? [] : [`external_id ${external_id}`]),
    ...(email === undefined ? [] : [`email ${email.toLowerCase()}`])
  ]
}

async function resolve(context: CallContext, write: ContactWrite): Promise<CachedContact> {
  let plan = await planUpsert(context, write, toAddress(context, write))
  for (let steps = 0; steps < MAX_ATTEMPTS; steps++) {
    const next = await advance(context, write, plan)
    if ('contact' in next) return recordResult(context, write, plan, next)
    plan = next
  }
  throw permanentError('unresolved-conflict')
}

/** Takes one step; answers what came of it, or where to go from there. */
async function advance(context: CallContext, write: ContactWrite, plan: UpsertPlan): Promise<Written | UpsertPlan> {
  let taken: Written
  try {
    taken = await execute(context, plan, write)
  } catch (thrown) {
    if (!(thrown instanceof IntercomApiError)) throw thrown
    return planNextAttempt(context, thrown, plan, write)
  }
  if (!isAnotherContact(taken.contact, write.identity)) return taken
  // The search showed who they were once. By now the address belongs to another user.
  if (toSentEmail(write, plan.address) === undefined) throw permanentError('email-of-another-user')
  context.cache.cacheContact(taken.contact)
  return { ...plan, attempt: { kind: 'create' }, address: { kind: 'taken' }, leads: [] }
}

/** An address that Intercom refused to give this user a short while ago is not tried again. */
function toAddress({ cache }: CallContext, who: Who): Address {
  const { email } = who.identity
  const external_id = toExternalId(who)
  if (email === undefined || external_id === undefined || !cache.isEmailTaken(email, external_id))
    return { kind: 'sent' }
  const isUser = who.identity.kind === 'user' || cache.findContact('external_id', external_id)?.contact.role === 'user'
  return { kind: isUser ? 'taken' : 'sent' }
}

/** What came of a step. */
interface Written {
  contact: Contact
  /** The name was left out, because the contact has one of which ours is at most a part. */
  isNameKept: boolean
}

/** Writes down what was learned, and what was lost. */
async function recordResult(
  context: CallContext,
  write: ContactWrite,
  plan: UpsertPlan,
  { contact, isNameKept }: Written
) {
  const { cache } = context
  const { losses } = write
  const { email } = write.identity
  const external_id = toExternalId(write)
  if (email !== undefined && plan.address.kind !== 'sent') {
    if (external_id !== undefined) cache.markEmailTaken(email, external_id)
    losses.push({ path: 'email', reason: 'email-of-another-contact' })
  }
  if (isNameKept && contact.name !== write.body.name) losses.push({ path: 'name', reason: 'partial-name' })
  const person = cache.cacheContact(contact, write.segmentUserId)
  if (email !== undefined && plan.seen) noteSearch(context, email, plan.seen, contact)
  const body = toBody(write, plan.address)
  const { name: _, ...nameless } = body
  for (const [attribute, time] of toWritten({ ...write, body: isNameKept ? nameless : body }))
    person.markWritten(attribute, time)
  try {
    // Leads with an address that belongs to another contact are that contact's.
    await mergeLeads(context, plan.address.kind === 'sent' ? plan.leads : [], contact)
  } catch (thrown) {
    // Redelivered, the event has to find the leads again, so it may not know the way already.
    cache.evictContact(contact.id)
    throw thrown
  }
  return person
}

function toBody({ body }: ContactWrite, { kind }: Address): ContactBody {
  if (kind === 'sent') return body
  const { email: _, ...rest } = body
  return rest
}

function execute(context: CallContext, plan: UpsertPlan, write: ContactWrite): Promise<Written> {
  const { attempt } = plan
  const body = toBody(write, plan.address)
  return attempt.kind === 'create' ? create(context, write, body) : update(context, write, body, attempt)
}

async function create({ client, cache }: CallContext, write: ContactWrite, body: ContactBody): Promise<Written> {
  const { identity, custom } = write
  const isLead = identity.kind === 'lead'
  if (isLead && cache.isLeadUncertain(identity.email)) throw leadCreationUncertain()
  const contact = await write.attributes.write({ body, custom }, async (known, kept) => {
    try {
      return await client.createContact(toNewBody(identity, withCustom(known, kept)))
    } catch (thrown) {
      // No conflict would say that this lead is there already: many may share an address.
      if (isLead && mayHaveSucceeded(thrown)) cache.markLeadUncertain(identity.email)
      throw thrown
    }
  })
  return { contact, isNameKept: false }
}

async function update(
  context: CallContext,
  write: ContactWrite,
  all: ContactBody,
  { contact: found, isUnread }: Attempt & { kind: 'update' }
): Promise<Written> {
  const { identity, attributes } = write
  const known = context.cache.findContactById(found.id)
  const { name, ...nameless } = all
  const isPart = write.isPartialName === true && name !== undefined
  const isNameKept = isPart && (isUnread === true || found.name !== undefined)
  const { body, custom, isEmpty } = withoutStaleValues({ ...write, body: isNameKept ? nameless : all }, known)
  // Everything in the event is older than what was written since.
  if (isEmpty && Object.keys(toUpdateBody(identity, body, found)).length === 0) return { contact: found, isNameKept }
  const put = (body: ContactBody, custom: CustomAttributes) =>
    attributes.write({ body, custom }, (known, kept) =>
      context.client.updateContact(found.id, toUpdateBody(identity, withCustom(known, kept), found))
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
async function planUpsert(context: CallContext, who: Who, address: Address): Promise<UpsertPlan> {
  const { cache, contactSearch } = context
  const { identity } = who
  const isLead = identity.kind === 'lead'
  const email = toSentEmail(who, address)
  const external_id = toExternalId(who)
  const remembered = external_id === undefined ? undefined : cache.findContact('external_id', external_id)
  // A lead is known by its address alone, and may have another one by now.
  const known = isLead && remembered?.contact.role === 'lead' ? undefined : remembered
  const isWhole =
    known && (isLead || email === undefined || known.contact.role === 'lead' || isSameEmail(known.contact.email, email))
  if (isWhole) return toUpdatePlan(known, address)
  // With an external ID alone the conflict names the contact, so that a new person costs one call.
  if (email === undefined) {
    const prepared = external_id === undefined ? undefined : contactSearch.findPrefetched({ external_id })
    const found = prepared?.find((one) => isOwn(one, external_id))
    const attempt: Attempt = found ? { kind: 'update', contact: found } : { kind: 'create' }
    return { attempt, seen: undefined, leads: [], address }
  }
  if (!known) {
    const byEmail = cache.findContact('email', email)
    // A user with the lead's user id comes before the contact with the address, and only a search tells of one.
    const isSure = !isLead || external_id === undefined || byEmail?.contact.id === remembered?.contact.id
    if (byEmail && isSure && !isAnotherContact(byEmail.contact, identity)) return toUpdatePlan(byEmail, address)
  }
  const key: ContactKey = external_id === undefined ? { email } : { external_id, email }
  const seen = await search(context, key)
  const match = known ? { kind: 'one' as const, contact: known.contact } : toMatch(key, seen)
  if (match.kind === 'many' && (isLead || external_id === undefined)) throw permanentError('several-users')
  const attempt: Attempt =
    match.kind === 'one' && !isAnotherContact(match.contact, identity)
      ? { kind: 'update', contact: match.contact, ...(known ? { isRemembered: true } : {}) }
      : { kind: 'create' }
  const leads = isLead ? [] : seen.filter((one) => one.role === 'lead' && isSameEmail(one.email, email))
  return { attempt, seen, leads, address }
}

function toUpdatePlan({ contact }: CachedContact, address: Address): UpsertPlan {
  return { attempt: { kind: 'update', contact, isRemembered: true }, seen: undefined, leads: [], address }
}

async function planNextAttempt(
  context: CallContext,
  error: IntercomApiError,
  plan: UpsertPlan,
  who: Who
): Promise<UpsertPlan> {
  const { details } = error
  const { attempt } = plan
  if (isConflict(error)) return resolveConflict(context, error, plan, who)
  if (attempt.kind === 'create') throw error
  if (error.status === 410 || error.status === 404) {
    context.cache.evictContact(attempt.contact.id)
    context.contactSearch.forget()
  }
  if (error.status === 410 && details.canonicalId !== undefined) {
    // The contact that they became part of has to be seen before anything is written: it may be another person.
    const contact = await context.client.findContact(details.canonicalId)
    if (!isAnotherContact(contact, who.identity)) return { ...plan, attempt: { kind: 'update', contact } }
    if (attempt.contact.role === 'user') throw permanentError('email-of-another-user')
    // Another person turned out to be the lead.
    return { ...plan, attempt: { kind: 'create' } }
  }
  if (error.status === 404) {
    // What was remembered is looked up again; what only the search still showed is gone.
    return attempt.isRemembered ? planUpsert(context, who, plan.address) : { ...plan, attempt: { kind: 'create' } }
  }
  throw error
}
