/**
 * What a workspace keeps. Names in snake_case are Intercom's own words; names in camelCase are the emulator's notes.
 * Entities are never changed in place: an update puts a new one into the store, so a view handed out stays true.
 */

export type Scalar = string | number | boolean | null

/** Custom attributes or event metadata as they were sent. Read own keys only: the names come from the client. */
export type Attributes = Readonly<Record<string, Scalar>>

export type Role = 'user' | 'lead'

/** `deleted` and `merged` contacts are remembered, because Intercom still answers for them (409, 410). */
export type ContactStatus = 'active' | 'archived' | 'blocked' | 'deleted' | 'merged'

export interface Tagging {
  readonly id: string
  readonly applied_at: number
}

export type Consent = 'opt_in' | 'opt_out'

/** A decision about a subscription type: out of an opt-out type, or into an opt-in type. */
export interface Subscription {
  readonly id: string
  readonly consent_type: Consent
}

/** Ids of custom object instances by the name of the attribute that relates to them: `{ order: ['21'] }`. */
export type Associations = Readonly<Record<string, readonly string[]>>

/** An instance of a custom object; it comes from the seed only. */
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
  /** A lead has one too: a random UUID that its owner never chose. */
  readonly external_id: string | null
  /** `''` after it was cleared, `null` when there never was one. */
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
  /** Only what the contact decided; a subscription in its default state is not here. */
  readonly subscriptions: readonly Subscription[]
  readonly status: ContactStatus
  readonly mergedInto: string | null
  readonly mergedAt: number | null
  readonly deletedAt: number | null
  /** How many calls the workspace had answered when this contact was born: the search index lags by calls. */
  readonly bornAtCall: number
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
  /** Intercom's id of the contact it was filed under. */
  readonly contactId: string
  readonly metadata: Readonly<Record<string, MetadataValue>>
  /** Keys beyond the limit, in sent order. Intercom drops them without a word; a test should be able to see them. */
  readonly ignoredKeys: readonly string[]
  /** How often the same event of the same second came again and was answered 202 without being kept. */
  readonly duplicates: number
}

/** How often something happened to a contact, told without the single events. Times in seconds. */
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
  /** A segment, a message or the like uses it, so that it cannot be archived. */
  readonly hasDependants: boolean
  readonly created_at: number
  readonly updated_at: number
}

/** Somebody who works in the workspace. */
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

/** Somebody the Messenger has seen and nobody knows yet. */
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
