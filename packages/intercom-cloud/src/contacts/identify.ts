import { withoutUndefined, type Company, type CustomAttributes, type Loss } from '@intercom-destinations/shared-mapping'
import type { ContactBody } from '../client/types'
import { AttributeWriter, type UnknownAttributes } from '../attributes/attribute-writer'
import { toPast, type Clock } from '../clock'
import { attachCompanies, mergeCompanies } from '../companies/memberships'
import type { KnownIdentity } from './contact-body'
import { upsertContact } from './upsert-contact'
import type { DeliveryReport } from '../delivery-report'
import type { ContactKey } from './contact-search'
import type { Merged } from '../batch/perform-batch'
import type { CallContext } from '../state/call-context'
import { toCustomName, toLaterTimes } from '../state/stale-writes'
import { attachContactTags, toLaterTags, type TagInput } from '../tags/tags'

/** What one identify, or several of one person, say. */
export interface Identification {
  identity: KnownIdentity
  body: ContactBody
  /** The name in the body is one part of a name: it names only a contact that has none. */
  isPartialName?: boolean
  custom: CustomAttributes
  companies: readonly Company[]
  tags: TagInput
  unknown: UnknownAttributes
  /** Unix seconds; absent in mappings that were saved before there was such a field. */
  time?: number
  times: ReadonlyMap<string, number>
  segmentUserId?: string
  losses: readonly Loss[]
  /** What several events say. */
  isMerged?: boolean
}

/** Writes the person, then the companies, then the tags. */
export async function identify(context: CallContext, one: Identification): Promise<DeliveryReport> {
  const losses = [...one.losses]
  const { identity, unknown, isMerged = false } = one
  const isByEmail = identity.kind === 'lead' || identity.external_id === undefined
  const { contact } = await upsertContact(context, {
    identity,
    body: toPastBody(one.body, context.clock),
    isPartialName: one.isPartialName ?? false,
    custom: one.custom,
    times: one.times,
    attributes: new AttributeWriter(context, {
      model: 'contact',
      unknown,
      losses,
      isMerged,
      identity: isByEmail ? ['email'] : []
    }),
    losses,
    ...withoutUndefined({ segmentUserId: one.segmentUserId, time: one.time })
  })
  await attachCompanies(context, contact.id, one.companies, { ...one, losses })
  await attachContactTags(context, contact.id, one.tags)
  return { contactId: contact.id, losses }
}

/** A clock that is ahead must not make later, true times look old. */
function toPastBody(body: ContactBody, clock: Clock): ContactBody {
  const { last_seen_at } = body
  return last_seen_at === undefined ? body : { ...body, last_seen_at: toPast(last_seen_at, clock) }
}

/** By what the person of an identify is looked up: a lead may be a user already, under the user id that Segment knows. */
export function toKey({ identity, segmentUserId }: Pick<Identification, 'identity' | 'segmentUserId'>): ContactKey {
  if (identity.kind === 'lead')
    return segmentUserId === undefined
      ? { email: identity.email }
      : { external_id: segmentUserId, email: identity.email }
  const { external_id, email } = identity
  if (external_id !== undefined) return { external_id, ...(email === undefined ? {} : { email }) }
  return { email: identity.email }
}

/**
 * One write in the place of several of one person, with the last value of every attribute: by the events' own times
 * where all of them tell one, else in the order they came.
 */
export function mergeIdentifications(group: readonly Identification[]): Merged<Identification>[] {
  const isTimed = group.every(({ time }) => time !== undefined)
  const ordered = isTimed ? [...group].sort((a, b) => (a.time ?? 0) - (b.time ?? 0)) : group
  const runs: [Identification, ...Identification[]][] = []
  for (const one of ordered) {
    const run = runs.at(-1)
    if (run && isSamePerson(run[0].identity, one.identity)) run.push(one)
    else runs.push([one])
  }
  return runs.map((run) => {
    const parts = toPartsBehindNames(run)
    const toReport = (whole: DeliveryReport, one: Identification) => toOwnReport(whole, one, parts.has(one))
    return { task: run.reduce(merged), from: run, toReport: run.length === 1 ? (whole) => whole : toReport }
  })
}

/** Those of one person that tell a part of a name after another told the whole: the part is left out. */
function toPartsBehindNames(run: readonly Identification[]): ReadonlySet<Identification> {
  const first = run.findIndex(({ body, isPartialName }) => body.name !== undefined && !isPartialName)
  return new Set(first === -1 ? [] : run.slice(first).filter(({ isPartialName }) => isPartialName))
}

function isSamePerson(a: KnownIdentity, b: KnownIdentity): boolean {
  if (a.kind === 'lead' || b.kind === 'lead') return a.kind === b.kind && isSameEmail(a.email, b.email)
  if (a.external_id !== undefined || b.external_id !== undefined) return a.external_id === b.external_id
  return isSameEmail(a.email, b.email)
}

function isSameEmail(a: string | undefined, b: string | undefined): boolean {
  return a?.toLowerCase() === b?.toLowerCase()
}

function merged(earlier: Identification, later: Identification): Identification {
  // One part of a name never takes the place of a whole one.
  const isNameKept = later.isPartialName === true && earlier.body.name !== undefined && earlier.isPartialName !== true
  const named = isNameKept || later.body.name === undefined ? earlier : later
  const body = { ...earlier.body, ...later.body, ...withoutUndefined({ name: named.body.name }) }
  const seen = Math.max(earlier.body.last_seen_at ?? 0, later.body.last_seen_at ?? 0)
  const last_seen_at = [earlier, later].map((one) => one.body.last_seen_at).find((at) => at === seen)
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
    ...withoutUndefined({ segmentUserId: later.segmentUserId ?? earlier.segmentUserId }),
    // Each event's own losses stay its own.
    losses: []
  }
}

/** An event that tells no address does not take away the one that another tells. */
function toLaterIdentity(earlier: KnownIdentity, later: KnownIdentity): KnownIdentity {
  if (later.email !== undefined || earlier.email === undefined) return later
  return { ...later, email: earlier.email }
}

/** What was lost on the way is told to every event that had sent it. */
function toOwnReport(whole: DeliveryReport, one: Identification, isNameLost: boolean): DeliveryReport {
  const { losses, body, custom, companies } = one
  const sent = new Set([...Object.keys(body), ...Object.keys(custom).map(toCustomName)])
  const isMine = ({ path }: Loss) => sent.has(path) || (companies.length > 0 && path.startsWith('company'))
  const others = whole.losses.filter((loss) => isMine(loss) && !losses.includes(loss))
  const name: Loss[] = isNameLost ? [{ path: 'name', reason: 'partial-name' }] : []
  return { ...whole, losses: [...losses, ...name, ...others] }
}
