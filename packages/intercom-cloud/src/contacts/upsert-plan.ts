import type { Contact } from '../client/types'
import type { KnownIdentity } from './contact-body'

/** Who is written, as far as it is known before Intercom is asked. */
export interface Who {
  identity: KnownIdentity
  /** Segment's user id of a lead, by which its events will come, and by which a user may be there already. */
  segmentUserId?: string
  /** Unix seconds of the event; absent in mappings that were saved before there was such a field. */
  time?: number
}

/** What to try next on the way to one contact. */
export type Attempt =
  | { kind: 'create' }
  /** `isUnread`: only the id is sure, from a conflict that named it; Intercom has not shown the contact itself. */
  | { kind: 'update'; contact: Contact; isRemembered?: true; isUnread?: true }

/** What becomes of the e-mail address of a user who has an external ID as well. */
export type Address =
  | { kind: 'sent' }
  /** Left out to see whether it is to blame for a conflict; `id`: the archived contact that the conflict named. */
  | { kind: 'in-doubt'; id?: string }
  /** It belongs to another contact, and costs itself only. */
  | { kind: 'taken' }

/** Where a write stands, and which contacts were seen on the way. */
export interface UpsertPlan {
  attempt: Attempt
  /** The contacts that the search showed; `undefined` where nothing was asked. */
  seen: readonly Contact[] | undefined
  /** Leads who turned out to be the user who is written; they are merged into them. */
  leads: readonly Contact[]
  address: Address
}

/** The external ID by which Intercom may know the person. Intercom gives its leads ids of their own. */
export function toExternalId({ identity, segmentUserId }: Who): string | undefined {
  return identity.kind === 'user' ? identity.external_id : segmentUserId
}

/** The address that is sent at this point of the way. */
export function toSentEmail({ identity }: Who, { kind }: Address): string | undefined {
  return kind === 'sent' ? identity.email : undefined
}
