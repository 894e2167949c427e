import { withoutUndefined, type Company, type CustomAttributes, type Loss } from '@intercom-destinations/shared-mapping'
import type { ContactBody } from '../client/types'
import { AttributeWriter, type UnknownAttributes } from '../attributes/attribute-writer'
import { toPast, type Clock } from '../clock'
import { attachCompanies, mergeCompanies } from '../companies/memberships'
import { ANONYMOUS_ID } from './anonymous-user'
import type { KnownIdentity } from './contact-body'
import { convertVisitor, VISITOR_ID } from './convert-visitor'
import { isSameEmail } from './find-contact'
import { findOwner } from './find-owner'
import { PersonSkipped, type SyncMode } from './sync-mode'
import { upsertContact } from './upsert-contact'
import type { DeliveryReport } from '../delivery-report'
import type { ContactKey } from './contact-search'
import type { Merged } from '../batch/perform-batch'
import type { CallContext } from '../state/call-context'
import type { UnchangedValues } from '../state/known-values'
import { toCustomName, toLaterTimes } from '../state/stale-writes'
import { toConsentPath, updateConsents, type Consents } from '../subscriptions/consents'
import { hasTagsToAdd, TAGS, updateContactTags, toLaterTags, type TagInput } from '../tags/tags'

/** One identify, or several of one person merged into one. */
export interface Identification {
  identity: KnownIdentity
  body: ContactBody
  /** The name in the body is a first or last name only. It is written only to a contact without a name. */
  isPartialName?: boolean
  custom: CustomAttributes
  companies: readonly Company[]
  tags: TagInput
  consents: Consents
  /** Whose contact it is, if the mapping names the teammate by the address. */
  ownerEmail?: string
  unknown: UnknownAttributes
  unchanged: UnchangedValues
  /** Time of the event in Unix seconds. Mappings saved before the field existed do not have it. */
  time?: number
  times: ReadonlyMap<string, number>
  segmentUserId?: string
  /** The external ID that the user may have had before the user id came. */
  anonymousId?: string
  /** The visitor of the Messenger that the user takes over. */
  visitorId?: string
  mode?: SyncMode
  losses: readonly Loss[]
  /** It combines several events. */
  isMerged?: boolean
}

/** The path of a loss that is about the whole person. */
const CONTACT = 'contact'
const OWNER = 'owner_email'

/** Writes the contact, then joins the visitor, then writes the consents, the companies and the tags. */
export async function identify(context: CallContext, task: Identification): Promise<DeliveryReport> {
  try {
    return await write(context, task)
  } catch (thrown) {
    if (!(thrown instanceof PersonSkipped)) throw thrown
    return { skipped: true, losses: [...task.losses, { path: CONTACT, reason: thrown.reason }] }
  }
}

async function write(context: CallContext, task: Identification): Promise<DeliveryReport> {
  const losses = [...task.losses]
  const { identity, unknown, isMerged = false } = task
  const isByEmail = identity.kind === 'lead' || identity.external_id === undefined
  const owned = await withOwner(context, task, losses)
  const { contact } = await upsertContact(context, {
    identity,
    body: toPastBody(owned.body, context.clock),
    isPartialName: task.isPartialName ?? false,
    custom: task.custom,
    times: owned.times,
    unchanged: task.unchanged,
    attributes: new AttributeWriter(context, {
      model: 'contact',
      unknown,
      losses,
      isMerged,
      identity: isByEmail ? ['email'] : []
    }),
    losses,
    ...withoutUndefined({
      segmentUserId: task.segmentUserId,
      anonymousId: task.anonymousId,
      time: task.time,
      mode: task.mode
    })
  })
  if (task.visitorId !== undefined) await convertVisitor(context, contact, task.visitorId, losses)
  await updateConsents(context, contact.id, task.consents, { unchanged: task.unchanged, losses })
  await attachCompanies(context, contact.id, task.companies, { ...task, losses })
  await updateContactTags(context, contact.id, task.tags, losses)
  return { contactId: contact.id, losses }
}

/** Adds the teammate with the mapped address as the owner. An id in the mapping takes precedence. */
async function withOwner(
  context: CallContext,
  { body, times, time, ownerEmail }: Identification,
  losses: Loss[]
): Promise<Pick<Identification, 'body' | 'times'>> {
  if (ownerEmail === undefined || body.owner_id !== undefined) return { body, times }
  const owner_id = await findOwner(context, ownerEmail)
  if (owner_id === undefined) {
    losses.push({ path: OWNER, reason: 'unknown-teammate' })
    return { body, times }
  }
  return { body: { ...body, owner_id }, times: time === undefined ? times : new Map([...times, ['owner_id', time]]) }
}

/** A `last_seen_at` in the future, from a wrong clock, must not make later values look stale. */
function toPastBody(body: ContactBody, clock: Clock): ContactBody {
  const { last_seen_at } = body
  return last_seen_at === undefined ? body : { ...body, last_seen_at: toPast(last_seen_at, clock) }
}

/** What to search the person by. A lead may already be a user whose external ID is the lead's user id. */
export function toContactKey({
  identity,
  segmentUserId,
  anonymousId
}: Pick<Identification, 'identity' | 'segmentUserId' | 'anonymousId'>): ContactKey {
  if (identity.kind === 'lead')
    return segmentUserId === undefined
      ? { email: identity.email }
      : { external_id: segmentUserId, email: identity.email }
  const { external_id, email } = identity
  if (external_id !== undefined) return { external_id, ...withoutUndefined({ email, anonymous_id: anonymousId }) }
  return { email: identity.email }
}

/**
 * Merges consecutive identifies of one person into one write with the last value of every attribute: in the order of the
 * event times if all events have one, else in their own order.
 */
export function mergeIdentifications(group: readonly Identification[]): Merged<Identification>[] {
  const isTimed = group.every(({ time }) => time !== undefined)
  const ordered = isTimed ? [...group].sort((a, b) => (a.time ?? 0) - (b.time ?? 0)) : group
  const runs: [Identification, ...Identification[]][] = []
  for (const task of ordered) {
    const run = runs.at(-1)
    if (run && isSamePerson(run[0].identity, task.identity) && isSameDevice(run, task)) run.push(task)
    else runs.push([task])
  }
  return runs.map((run) => {
    const unused = findUnusedNames(run)
    const toReport = (report: DeliveryReport, task: Identification) => toOwnReport(report, task, unused.has(task))
    return { task: run.reduce(mergeTwo), from: run, toReport: run.length === 1 ? (report) => report : toReport }
  })
}

/** The identifies whose partial name is not used, because an earlier one has the full name. */
function findUnusedNames(run: readonly Identification[]): ReadonlySet<Identification> {
  const first = run.findIndex(({ body, isPartialName }) => body.name !== undefined && !isPartialName)
  return new Set(first === -1 ? [] : run.slice(first).filter(({ isPartialName }) => isPartialName))
}

function isSamePerson(a: KnownIdentity, b: KnownIdentity): boolean {
  if (a.kind === 'lead' || b.kind === 'lead') return a.kind === b.kind && isSameEmail(a.email, b.email)
  if (a.external_id !== undefined || b.external_id !== undefined) return a.external_id === b.external_id
  return isSameEmail(a.email, b.email)
}

/** Each visitor and each anonymous id is joined on its own, so a write has one of them at most. */
function isSameDevice(run: readonly Identification[], { anonymousId, visitorId }: Identification): boolean {
  const isSame = (a: string | undefined, b: string | undefined) => a === undefined || b === undefined || a === b
  return run.every((one) => isSame(one.anonymousId, anonymousId) && isSame(one.visitorId, visitorId))
}

function mergeTwo(earlier: Identification, later: Identification): Identification {
  // A partial name never replaces a full one.
  const isNameKept = later.isPartialName === true && earlier.body.name !== undefined && earlier.isPartialName !== true
  const named = isNameKept || later.body.name === undefined ? earlier : later
  const { owner_id: _, ...unowned } = earlier.body
  // A later owner by the address replaces an earlier one by the id.
  const earlierBody = later.ownerEmail === undefined ? earlier.body : unowned
  const body = { ...earlierBody, ...later.body, ...withoutUndefined({ name: named.body.name }) }
  const latest = Math.max(earlier.body.last_seen_at ?? 0, later.body.last_seen_at ?? 0)
  const last_seen_at = [earlier, later].map(({ body }) => body.last_seen_at).find((time) => time === latest)
  return {
    ...later,
    identity: toLaterIdentity(earlier.identity, later.identity),
    body: last_seen_at === undefined ? body : { ...body, last_seen_at },
    isPartialName: named.isPartialName ?? false,
    isMerged: true,
    custom: { ...earlier.custom, ...later.custom },
    companies: mergeCompanies([...earlier.companies, ...later.companies]),
    times: toLaterTimes(earlier.times, later.times, later),
    tags: toLaterTags(earlier.tags, later.tags),
    consents: new Map([...earlier.consents, ...later.consents]),
    ...withoutUndefined({
      segmentUserId: later.segmentUserId ?? earlier.segmentUserId,
      ownerEmail: later.ownerEmail ?? earlier.ownerEmail,
      anonymousId: later.anonymousId ?? earlier.anonymousId,
      visitorId: later.visitorId ?? earlier.visitorId
    }),
    // Each event reports its own losses.
    losses: []
  }
}

/** An event without an address does not remove that of an earlier one. */
function toLaterIdentity(earlier: KnownIdentity, later: KnownIdentity): KnownIdentity {
  if (later.email !== undefined || earlier.email === undefined) return later
  return { ...later, email: earlier.email }
}

/** The report of one event of a merged write: its own losses, and those of the write for values that it sent. */
function toOwnReport(report: DeliveryReport, task: Identification, isNameLost: boolean): DeliveryReport {
  const { losses, body, custom, companies, consents, ownerEmail, anonymousId, visitorId, tags } = task
  const sentPaths = new Set([
    ...Object.keys(body),
    ...(ownerEmail === undefined ? [] : [OWNER]),
    ...(anonymousId === undefined ? [] : [ANONYMOUS_ID]),
    ...(visitorId === undefined ? [] : [VISITOR_ID]),
    ...(hasTagsToAdd(tags) ? [TAGS] : []),
    ...Object.keys(custom).map(toCustomName),
    ...[...consents.values()].map(({ name }) => toConsentPath(name))
  ])
  const isOwn = ({ path }: Loss) =>
    path === CONTACT || sentPaths.has(path) || (companies.length > 0 && path.startsWith('company'))
  const others = report.losses.filter((loss) => isOwn(loss) && !losses.includes(loss))
  const name: Loss[] = isNameLost ? [{ path: 'name', reason: 'partial-name' }] : []
  return { ...report, losses: [...losses, ...name, ...others] }
}
