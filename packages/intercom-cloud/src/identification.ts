import { withoutUndefined, type Company, type CustomAttributes, type Loss } from '@intercom-destinations/shared-mapping'
import type { ContactBody } from './api'
import { AttributeWriter, type UnknownAttributes } from './attributes'
import { attachCompanies, mergeCompanies } from './companies'
import type { KnownIdentity } from './contact-body'
import { resolveContact } from './contacts'
import type { DeliveryReport } from './delivery-report'
import type { ContactKey } from './lookup'
import type { Merged } from './perform'
import type { Session } from './session'
import { toCustomName, toLaterTimes } from './superseded'
import { attachContactTags, toLaterTags, type TagInput } from './tags'

/** What one identify, or several of one person, say. */
export interface Identification {
  identity: KnownIdentity
  body: ContactBody
  custom: CustomAttributes
  companies: readonly Company[]
  tags: TagInput
  unknown: UnknownAttributes
  /** Unix seconds; absent in mappings that were saved before there was such a field. */
  time?: number
  times: ReadonlyMap<string, number>
  segmentUserId?: string
  losses: readonly Loss[]
}

/** Writes the person, then the companies, then the tags. */
export async function deliverIdentification(session: Session, one: Identification): Promise<DeliveryReport> {
  const losses = [...one.losses]
  const { contact } = await resolveContact(session, {
    identity: one.identity,
    body: one.body,
    custom: one.custom,
    times: one.times,
    attributes: new AttributeWriter(session, 'contact', one.unknown, losses),
    losses,
    ...(one.segmentUserId === undefined ? {} : { segmentUserId: one.segmentUserId })
  })
  await attachCompanies(session, contact.id, one.companies, { ...one, losses })
  await attachContactTags(session, contact.id, one.tags)
  return { contactId: contact.id, losses }
}

/** By what the person of an identify is looked up. */
export function toKey({ identity }: Pick<Identification, 'identity'>): ContactKey {
  if (identity.kind === 'lead') return { email: identity.email }
  const { external_id, email } = identity
  if (external_id !== undefined) return { external_id, ...(email === undefined ? {} : { email }) }
  return { email: identity.email }
}

/**
 * One write in the place of several of one person, with the last value of every attribute: by the events' own times
 * where all of them tell one, else in the order they came.
 */
export function mergeIdentifications(lane: readonly Identification[]): Merged<Identification>[] {
  const isTimed = lane.every(({ time }) => time !== undefined)
  const ordered = isTimed ? [...lane].sort((a, b) => (a.time ?? 0) - (b.time ?? 0)) : lane
  const runs: [Identification, ...Identification[]][] = []
  for (const one of ordered) {
    const run = runs.at(-1)
    if (run && isSamePerson(run[0].identity, one.identity)) run.push(one)
    else runs.push([one])
  }
  return runs.map((run) => ({
    task: run.reduce(merged),
    from: run,
    toReport: run.length === 1 ? (whole) => whole : toReport
  }))
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
  const body = { ...earlier.body, ...later.body }
  const seen = Math.max(earlier.body.last_seen_at ?? 0, later.body.last_seen_at ?? 0)
  const last_seen_at = [earlier, later].map((one) => one.body.last_seen_at).find((at) => at === seen)
  return {
    ...later,
    identity: toLaterIdentity(earlier.identity, later.identity),
    body: last_seen_at === undefined ? body : { ...body, last_seen_at },
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
function toReport(whole: DeliveryReport, { losses, body, custom, companies }: Identification): DeliveryReport {
  const sent = new Set([...Object.keys(body), ...Object.keys(custom).map(toCustomName)])
  const isMine = ({ path }: Loss) => sent.has(path) || (companies.length > 0 && path.startsWith('company'))
  return { ...whole, losses: [...losses, ...whole.losses.filter((loss) => isMine(loss) && !losses.includes(loss))] }
}
