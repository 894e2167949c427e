/**
 * The entities of a workspace. Names in snake_case are Intercom's; names in camelCase are internal to the emulator.
 * Entities are immutable: an update puts a new one into the store, so an entity that was read earlier never changes.
 */

export type Scalar = string | number | boolean | null

/** Custom attributes or event metadata as they were sent. The client chooses the keys, so read own keys only. */
export type Attributes = Readonly<Record<string, Scalar>>

export type Role = 'user' | 'lead'

/** `deleted` and `merged` contacts are kept, because Intercom still answers 409 or 410 for them. */
export type ContactStatus = 'active' | 'archived' | 'blocked' | 'deleted' | 'merged'

export interface Tagging {
  readonly id: string
  readonly applied_at: number
}

export type Consent = 'opt_in' | 'opt_out'

/** A decision about a subscription type: opted out of an opt-out type, or into an opt-in type. */
export interface Subscription {
  readonly id: string
  readonly consent_type: Consent
}

/** Ids of custom object instances by the name of the attribute that relates to them: `{ order: ['21'] }`. */
export type Associations = Readonly<Record<string, readonly string[]>>

/** An instance of a custom object. Only the seed creates it. */
export interface CustomObject {
  readonly id: string
  /** The name of the type, `Order`. */
  readonly type: string
  readonly external_id: string
  readonly custom_attributes: Attributes
}

export interface Contact {
  readonly id: string
  readonly role: Role
  /** A lead has a random UUID. */
  readonly external_id: string | null
  /** `''` after it was cleared, `null` if it was never set. */
  readonly email: string | null
  readonly email_verified: boolean | null
  readonly phone: string | null
  readonly name: string | null
  readonly avatar: string | null
  readonly owner_id: string | null
  readonly signed_up_at: number | null
  readonly last_seen_at: number | null
  readonly unsubscribed_from_emails: boolean
  readonly created_at: number
  readonly updated_at: number
  readonly custom_attributes: Attributes
  readonly associations: Associations
  readonly tags: readonly Tagging[]
  /** Intercom's ids of the companies this contact is attached to. */
  readonly companyIds: readonly string[]
  /** Only the decisions of the contact; a subscription in its default state is not included. */
  readonly subscriptions: readonly Subscription[]
  readonly status: ContactStatus
  readonly mergedInto: string | null
  readonly mergedAt: number | null
  readonly deletedAt: number | null
  /** How many calls the workspace had answered when the contact was created: the search index lags by calls. */
  readonly createdAtCall: number
}

export interface Company {
  readonly id: string
  readonly company_id: string
  readonly name: string | null
  readonly plan: string | null
  readonly size: number | null
  readonly website: string | null
  readonly industry: string | null
  readonly monthly_spend: number
  readonly remote_created_at: number | null
  readonly created_at: number
  readonly updated_at: number
  readonly last_request_at: number | null
  readonly custom_attributes: Attributes
  readonly tagIds: readonly string[]
}

export interface RichLink {
  readonly url: string
  readonly value: string
}

export interface MonetaryAmount {
  readonly amount: number
  readonly currency: string
}

export type MetadataValue = Scalar | RichLink | MonetaryAmount

export interface DataEvent {
  readonly event_name: string
  readonly created_at: number
  /** Intercom's id of the contact. */
  readonly contactId: string
  readonly metadata: Readonly<Record<string, MetadataValue>>
  /** Keys beyond the limit, in the order sent. Intercom drops them silently; here a test can read them. */
  readonly ignoredKeys: readonly string[]
  /** How often the same event of the same second was sent again, answered 202 and not stored. */
  readonly duplicates: number
}

/** How often an event happened for a contact, sent without the single events. Times in seconds. */
export interface EventSummary {
  readonly event_name: string
  readonly count: number
  readonly first: number
  readonly last: number
}

export interface Tag {
  readonly id: string
  readonly name: string
}

export type Model = 'contact' | 'company'

export type DataType = 'string' | 'integer' | 'float' | 'boolean' | 'date' | 'datetime'

/** A custom data attribute. Standard ones are the same in every workspace and live in `standard-attributes.ts`. */
export interface DataAttribute {
  readonly id: number
  readonly name: string
  readonly model: Model
  readonly data_type: DataType
  readonly description: string | null
  readonly options: readonly string[] | null
  readonly messenger_writable: boolean
  readonly archived: boolean
  /** A segment, a message or the like uses it, so it cannot be archived. */
  readonly hasDependants: boolean
  readonly created_at: number
  readonly updated_at: number
}

/** A teammate of the workspace. */
export interface Admin {
  readonly id: string
  readonly name: string
  readonly email: string
}

export interface SubscriptionType {
  readonly id: string
  readonly name: string
  readonly consent_type: Consent
  readonly content_types: readonly ('email' | 'sms_message')[]
  readonly state: 'live' | 'draft' | 'archived'
}

/** A note about a contact or about a company, never about both. */
export interface Note {
  readonly id: string
  readonly about: { readonly type: 'contact' | 'company'; readonly id: string }
  readonly author: Admin
  readonly body: string
  readonly created_at: number
}

/** A person in the Messenger who is not identified yet. */
export interface Visitor {
  readonly id: string
  readonly user_id: string
  readonly email: string | null
  readonly phone: string | null
  readonly name: string | null
  readonly custom_attributes: Attributes
  readonly created_at: number
  readonly updated_at: number
}
