import type { Contact } from '../client/types'
import type { KnownIdentity } from './contact-body'
import type { SyncMode } from './sync-mode'

/** The person to write, as the event describes them. */
export interface UpsertTarget {
  identity: KnownIdentity
  /** Segment's user id of a lead. Its events carry it, and it may be the external ID of an existing user. */
  segmentUserId?: string
  /** The external ID under which Intercom may have the user, from the time before there was a user id. */
  anonymousId?: string
  /** Whether the person may be created or changed; both by default. */
  mode?: SyncMode
  /** Time of the event in Unix seconds. Mappings saved before the field existed do not have it. */
  time?: number
}

/** The next call to try. */
export type Attempt =
  | { kind: 'create' }
  /**
   * `isCached`: the contact comes from the cache, so it may be outdated. `isIdOnly`: only its id is known, from a conflict
   * that named it.
   */
  | { kind: 'update'; contact: Contact; isCached?: true; isIdOnly?: true }

/** Whether the e-mail address is sent. Only a user who has an external ID, too, can be written without it. */
export type EmailDecision =
  | { kind: 'sent' }
  /** Left out to find out whether it causes the conflict. `id`: the archived contact that the conflict named. */
  | { kind: 'withheld'; id?: string }
  /** It belongs to another contact, so it is left out as a loss. */
  | { kind: 'taken' }

/** The next attempt to write one contact, and what the earlier ones showed. */
export interface UpsertPlan {
  attempt: Attempt
  /** The contacts that the search returned; `undefined` without a search. */
  found: readonly Contact[] | undefined
  /** Leads to merge into the user after the write. */
  leads: readonly Contact[]
  email: EmailDecision
}

/** The external ID under which Intercom may have the person. Leads get a random one from Intercom. */
export function toExternalId({ identity, segmentUserId }: UpsertTarget): string | undefined {
  return identity.kind === 'user' ? identity.external_id : segmentUserId
}

/** The e-mail address that the next attempt sends. */
export function toSentEmail({ identity }: UpsertTarget, { kind }: EmailDecision): string | undefined {
  return kind === 'sent' ? identity.email : undefined
}

/** A lead that cannot become the user, because the user exists already, is merged into the user later. */
export function toLeads({ attempt, leads }: UpsertPlan): readonly Contact[] {
  return attempt.kind === 'update' && attempt.contact.role === 'lead' ? [...leads, attempt.contact] : leads
}
