import { withoutUndefined, type CustomAttributes, type Loss } from '@intercom-destinations/shared-mapping'
import type { Contact, ContactBody } from '../client/types'
import type { AttributeWriter } from '../attributes/attribute-writer'
import { AnonymousUser } from './anonymous-user'
import { isConflict, resolveConflict } from './conflicts'
import { toNewBody, toUpdateBody, type KnownIdentity } from './contact-body'
import { leadCreationUncertain, permanentError } from '../errors'
import { hasExternalId, isAnotherContact, isSameEmail, recordSearch, searchContacts, toMatch } from './find-contact'
import { GONE, NOT_FOUND } from '../client/http-status'
import { IntercomApiError, mayHaveSucceeded } from '../client/intercom-api-error'
import type { ContactKey } from './contact-search'
import { mergeLeads } from './merge-leads'
import { toPermittedPlan } from './permitted-plan'
import type { CachedContact } from '../state/cached-entities'
import {
  toExternalId,
  toSentEmail,
  type Attempt,
  type EmailDecision,
  type UpsertPlan,
  type UpsertTarget
} from './upsert-plan'
import { toPersonRecords } from '../batch/person-keys'
import { runTurn, type CallContext } from '../state/call-context'
import { KnownValues, type UnchangedValues } from '../state/known-values'
import { withoutStaleValues, toWriteTimes, type AttributeTimes } from '../state/stale-writes'

/**
 * The longest legitimate chain: cached contact no longer exists, create, conflict, without the address, unarchive and update,
 * merged. Prevents endless attempts.
 */
const MAX_ATTEMPTS = 6

export interface ContactWrite extends UpsertTarget {
  identity: KnownIdentity
  body: ContactBody
  /** The name in the body is a first or last name only. It is written only to a contact without a name. */
  isPartialName?: boolean
  custom: CustomAttributes
  attributes: AttributeWriter
  /** What is left out is added here. */
  losses: Loss[]
  /** The event time of each value, for events that have one. */
  times: AttributeTimes
  unchanged: UnchangedValues
}

/**
 * Creates the contact or updates the existing one. Intercom's `POST /contacts` is not an upsert and its search index lags
 * behind, so the 409 is authoritative about which contact exists. Events of one person run one at a time.
 */
export function upsertContact(context: CallContext, write: ContactWrite): Promise<CachedContact> {
  const { email } = write.identity
  const person = withoutUndefined({ external_id: toExternalId(write), anonymous_id: write.anonymousId, email })
  return runTurn(context, { locked: toPersonRecords(context, person) }, (turn) => runAttempts(turn, write))
}

async function runAttempts(context: CallContext, write: ContactWrite): Promise<CachedContact> {
  const anonymous = new AnonymousUser(context, write)
  let plan = await planUpsert(context, write, toEmailDecision(context, write))
  for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts++) {
    plan = await toPermittedPlan(context, write, await anonymous.toPlan(plan))
    const next = await runAttempt(context, write, plan)
    if ('contact' in next) {
      const cached = await recordResult(context, write, plan, next)
      await anonymous.settle(cached.contact)
      return cached
    }
    plan = next
  }
  throw permanentError('unresolved-conflict')
}

/** Runs the next attempt; returns the contact, or the plan after a failure. */
async function runAttempt(
  context: CallContext,
  write: ContactWrite,
  plan: UpsertPlan
): Promise<WrittenContact | UpsertPlan> {
  let written: WrittenContact
  try {
    written = await execute(context, plan, write)
  } catch (thrown) {
    if (!(thrown instanceof IntercomApiError)) throw thrown
    return planNextAttempt(context, thrown, plan, write)
  }
  if (!isAnotherContact(written.contact, write.identity)) return written
  // The search index was outdated: the user has got another external ID, or the address belongs to another user by now.
  const { attempt, email } = plan
  const isRenamed = attempt.kind === 'update' && hasExternalId(attempt.contact, toExternalId(write))
  if (!isRenamed && toSentEmail(write, email) === undefined) throw permanentError('email-of-another-user')
  context.cache.cacheContact(written.contact)
  return { ...plan, attempt: { kind: 'create' }, email: isRenamed ? email : { kind: 'taken' }, leads: [] }
}

/** An address that Intercom refused for this user within the last hour is not tried again. */
function toEmailDecision({ cache }: CallContext, target: UpsertTarget): EmailDecision {
  const { email } = target.identity
  const external_id = toExternalId(target)
  if (email === undefined || external_id === undefined || !cache.isEmailTaken(email, external_id))
    return { kind: 'sent' }
  const isUser =
    target.identity.kind === 'user' || cache.findContact('external_id', external_id)?.contact.role === 'user'
  return { kind: isUser ? 'taken' : 'sent' }
}

/** The result of a successful attempt. */
interface WrittenContact {
  contact: Contact
  /** The partial name was not sent, because the contact has a name. */
  isNameKept: boolean
  /** What Intercom accepted; absent if nothing was sent. */
  values?: KnownValues
}

/** Records losses and caches the contact, then merges leads into it. */
async function recordResult(
  context: CallContext,
  write: ContactWrite,
  plan: UpsertPlan,
  { contact, isNameKept, values }: WrittenContact
): Promise<CachedContact> {
  const { cache } = context
  const { losses } = write
  const { email } = write.identity
  const external_id = toExternalId(write)
  if (email !== undefined && plan.email.kind !== 'sent') {
    if (external_id !== undefined) cache.markEmailTaken(email, external_id)
    losses.push({ path: 'email', reason: 'email-of-another-contact' })
  }
  if (isNameKept && contact.name !== write.body.name) losses.push({ path: 'name', reason: 'partial-name' })
  const cached = cache.cacheContact(contact, write.segmentUserId)
  if (email !== undefined && plan.found) recordSearch(context, email, plan.found, contact)
  const body = toSentBody(write, plan.email)
  const { name: _, ...nameless } = body
  for (const [attribute, time] of toWriteTimes({ ...write, body: isNameKept ? nameless : body }))
    cached.markWritten(attribute, time)
  values?.confirm(cached)
  try {
    // If the address belongs to another contact, so do the leads that have it.
    await mergeLeads(context, plan.email.kind === 'sent' ? plan.leads : [], contact)
  } catch (thrown) {
    // The retried event must search again to find the leads, so it must not find the contact in the cache.
    cache.evictContact(contact.id)
    throw thrown
  }
  return cached
}

function toSentBody({ body }: ContactWrite, { kind }: EmailDecision): ContactBody {
  if (kind === 'sent') return body
  const { email: _, ...rest } = body
  return rest
}

function execute(context: CallContext, plan: UpsertPlan, write: ContactWrite): Promise<WrittenContact> {
  const { attempt } = plan
  const body = toSentBody(write, plan.email)
  return attempt.kind === 'create' ? create(context, write, body) : update(context, write, body, attempt)
}

async function create({ client, cache }: CallContext, write: ContactWrite, body: ContactBody): Promise<WrittenContact> {
  const { identity, custom } = write
  const isLead = identity.kind === 'lead'
  if (isLead && cache.isLeadUncertain(identity.email)) throw leadCreationUncertain()
  const created = await write.attributes.write({ body, custom }, async (fields, attributes) => {
    try {
      const contact = await client.createContact(toNewBody(identity, withCustom(fields, attributes)))
      return { contact, values: new KnownValues(cache.names.hashes, fields, attributes ?? {}, write) }
    } catch (thrown) {
      // Several leads may share an address, so a second creation would not conflict with the first one.
      if (isLead && mayHaveSucceeded(thrown)) cache.markLeadUncertain(identity.email)
      throw thrown
    }
  })
  return { ...created, isNameKept: false }
}

async function update(
  context: CallContext,
  write: ContactWrite,
  fullBody: ContactBody,
  { contact: target, isIdOnly, isCached }: Attempt & { kind: 'update' }
): Promise<WrittenContact> {
  const { identity, attributes } = write
  const cached = context.cache.findContactById(target.id)
  const { name, ...nameless } = fullBody
  const isPartial = write.isPartialName === true && name !== undefined
  const isNameKept = isPartial && (isIdOnly === true || target.name !== undefined)
  const fresh = withoutStaleValues({ ...write, body: isNameKept ? nameless : fullBody }, cached)
  // Every value of the event is older than the one written since.
  if (fresh.isEmpty && Object.keys(toUpdateBody(identity, fresh.body, target)).length === 0)
    return { contact: target, isNameKept }
  const put = (body: ContactBody, custom: CustomAttributes) =>
    attributes.write({ body, custom }, async (fields, accepted) => {
      const sent = toUpdateBody(identity, withCustom(fields, accepted), target)
      const { hashes } = context.cache.names
      const values = new KnownValues(hashes, toUpdateBody(identity, fields, target), accepted ?? {}, write)
      // Only a contact from the cache is known to be as this process, or one that shares the state, left it.
      if (isCached && cached && values.areKnown(cached)) return { contact: target, values }
      if (cached) values.forget(cached)
      return { contact: await context.client.updateContact(target.id, sent), values }
    })
  const { contact, values } = await put(fresh.body, fresh.custom)
  // If only the id was known, the response shows whether the contact has a name.
  const isNameless = isNameKept && isIdOnly && contact.name === undefined
  return isNameless ? { ...(await put({ name }, {})), isNameKept: false } : { contact, isNameKept, values }
}

function withCustom(body: ContactBody, custom: CustomAttributes | undefined): ContactBody {
  return custom === undefined ? body : { ...body, custom_attributes: custom }
}

/** The first attempt: for a cached contact, else for the result of one search. */
async function planUpsert(context: CallContext, target: UpsertTarget, decision: EmailDecision): Promise<UpsertPlan> {
  const { cache, contactSearch } = context
  const { identity } = target
  const isLead = identity.kind === 'lead'
  const email = toSentEmail(target, decision)
  const external_id = toExternalId(target)
  const byExternalId = external_id === undefined ? undefined : cache.findContact('external_id', external_id)
  // A lead is identified by its address only, and its address may have changed.
  const cached = isLead && byExternalId?.contact.role === 'lead' ? undefined : byExternalId
  const needsNoSearch =
    cached &&
    (isLead || email === undefined || cached.contact.role === 'lead' || isSameEmail(cached.contact.email, email))
  if (needsNoSearch) return toUpdatePlan(cached, decision)
  // A conflict by external ID alone names the contact, so a new user needs a single call.
  if (email === undefined) {
    const prefetched = external_id === undefined ? undefined : contactSearch.findPrefetched({ external_id })
    const contact = prefetched?.find((candidate) => hasExternalId(candidate, external_id))
    const attempt: Attempt = contact ? { kind: 'update', contact } : { kind: 'create' }
    return { attempt, found: undefined, leads: [], email: decision }
  }
  if (!cached) {
    const byEmail = cache.findContact('email', email)
    // A user whose external ID is the lead's user id takes precedence, and only a search finds that user.
    const isCertain = !isLead || external_id === undefined || byEmail?.contact.id === byExternalId?.contact.id
    if (byEmail && isCertain && !isAnotherContact(byEmail.contact, identity)) return toUpdatePlan(byEmail, decision)
  }
  const key: ContactKey = external_id === undefined ? { email } : { external_id, email }
  const found = await searchContacts(context, key)
  const match = cached ? { kind: 'one' as const, contact: cached.contact } : toMatch(key, found)
  if (match.kind === 'many' && (isLead || external_id === undefined)) throw permanentError('several-users')
  const attempt: Attempt =
    match.kind === 'one' && !isAnotherContact(match.contact, identity)
      ? { kind: 'update', contact: match.contact, ...(cached ? { isCached: true } : {}) }
      : { kind: 'create' }
  const leads = isLead ? [] : found.filter((contact) => contact.role === 'lead' && isSameEmail(contact.email, email))
  return { attempt, found, leads, email: decision }
}

function toUpdatePlan({ contact }: CachedContact, email: EmailDecision): UpsertPlan {
  return { attempt: { kind: 'update', contact, isCached: true }, found: undefined, leads: [], email }
}

async function planNextAttempt(
  context: CallContext,
  error: IntercomApiError,
  plan: UpsertPlan,
  target: UpsertTarget
): Promise<UpsertPlan> {
  const { details } = error
  const { attempt } = plan
  if (isConflict(error)) return resolveConflict(context, error, plan, target)
  if (attempt.kind === 'create') throw error
  if (error.status === GONE || error.status === NOT_FOUND) {
    context.cache.evictContact(attempt.contact.id)
    context.contactSearch.clear()
  }
  if (error.status === GONE && details.canonicalId !== undefined) {
    // The contact into which it was merged may be another person, so it is read before anything is written.
    const contact = await context.client.findContact(details.canonicalId)
    if (!isAnotherContact(contact, target.identity)) return { ...plan, attempt: { kind: 'update', contact } }
    if (attempt.contact.role === 'user') throw permanentError('email-of-another-user')
    // The lead was merged into another person.
    return { ...plan, attempt: { kind: 'create' } }
  }
  if (error.status === NOT_FOUND) {
    // An outdated cached contact is searched again. One that only the search index still contains does not exist.
    return attempt.isCached ? planUpsert(context, target, plan.email) : { ...plan, attempt: { kind: 'create' } }
  }
  throw error
}
