import type { CustomAttributes, EventMetadata, Role, UnixSeconds } from '@intercom-destinations/shared-mapping'

/*
 * What the destination sends to Intercom's REST API and reads from its answers (OpenAPI 2.16), as far as it is used here.
 * Names with underscores are Intercom's own.
 */

/** What creates or updates a contact of either role. */
export interface ContactBody {
  email?: string
  phone?: string
  name?: string
  avatar?: string
  signed_up_at?: UnixSeconds
  last_seen_at?: UnixSeconds
  owner_id?: number
  unsubscribed_from_emails?: boolean
  custom_attributes?: CustomAttributes
}

export interface UserBody extends ContactBody {
  role: 'user'
  external_id?: string
}

/** Intercom assigns leads a random external ID and ignores one that is sent. */
export interface LeadBody extends ContactBody {
  role: 'lead'
  external_id?: never
}

/** An update that keeps the role of the contact: Intercom refuses to turn a user into a lead. */
export interface AnyRoleBody extends ContactBody {
  role?: never
  external_id?: never
}

export interface CompanyBody {
  company_id: string
  /** Absent when a newer name has been written already. */
  name?: string
  remote_created_at?: UnixSeconds
  plan?: string
  monthly_spend?: number
  size?: number
  website?: string
  industry?: string
  /** Sets the company's "last seen" to the moment of the call. */
  update_last_request_at?: true
  custom_attributes?: CustomAttributes
}

interface EventFields {
  event_name: string
  created_at: UnixSeconds
  metadata?: EventMetadata
}

/** Exactly one identifier: Intercom does not document which of several would win. */
export type EventBody = EventFields & ({ id: string; user_id?: never } | { user_id: string; id?: never })

export interface AttributeBody {
  name: string
  model: AttributeModel
  data_type: AttributeType
}

export type AttributeType = 'string' | 'integer' | 'float' | 'boolean' | 'date' | 'datetime'

/** An attribute that the workspace has. */
export interface DataAttribute {
  name: string
  data_type: string
  /** Whether the API may write it. */
  isWritable: boolean
}

export type AttributeModel = 'contact' | 'company'

export interface SearchFilter {
  field: 'external_id' | 'email'
  operator: '='
  value: string
}

interface AnyOf<T> {
  operator: 'OR'
  value: T[]
}

export type SearchQuery = SearchFilter | AnyOf<SearchFilter> | AnyOf<AnyOf<SearchFilter>>

/** One page of a search, and the cursor of the next page. */
export interface ContactPage {
  contacts: Contact[]
  next?: string
}

/** A contact as Intercom returns it. The `external_id` of a lead is random. */
export interface Contact {
  id: string
  role: Role
  external_id?: string
  email?: string
  name?: string
}

/** A visitor of the Messenger, by Intercom's own id or by the id that the Messenger shows. */
export type VisitorName = { id: string } | { user_id: string }

/** A teammate or a tag. */
export interface Named {
  id: string
  name: string
}

/** A teammate, with the address if Intercom shows it. */
export interface Teammate extends Named {
  email?: string
}

/** Whether a person gets messages of a kind. */
export type Consent = 'opt_in' | 'opt_out'

/** A kind of messages, for example a newsletter. */
export interface SubscriptionType extends Named {
  /** The decision that a person makes: into an opt-in type, out of an opt-out type. The default is the other one. */
  consent_type: Consent
}

/** A company as Intercom returns it. */
export interface StoredCompany {
  /** Intercom's own id. */
  id: string
  name?: string
}

/** The workspace that a token belongs to, from `GET /me`. */
export interface Me {
  name?: string
  id?: string
  region?: string
}
