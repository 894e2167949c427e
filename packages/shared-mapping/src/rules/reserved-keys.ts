import { toSnakeCase } from '../values/text'

/** Keys that could change an object's prototype in code that merges them. */
const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype'] as const

/** Secrets for identity verification between the customer's server and Intercom. They are never stored as attributes. */
const PROOF_KEYS = ['user_hash', 'userHash', 'intercom_user_jwt', 'intercomUserJwt'] as const

/** Settings of the Messenger as the web half names its own. Intercom has the same names in snake case. */
export const MESSENGER_TEXTS = ['alignment', 'themeMode', 'actionColor', 'backgroundColor', 'linkColor'] as const
export const MESSENGER_NUMBERS = ['horizontalPadding', 'verticalPadding', 'zIndex', 'sessionDuration'] as const

/** The Messenger's own settings (developers.intercom.com, web/attributes-objects): at top level, next to a person's attributes. */
const MESSENGER_KEYS = [
  'app_id',
  'api_base',
  'custom_launcher_selector',
  ...[...MESSENGER_TEXTS, ...MESSENGER_NUMBERS].map(toSnakeCase),
  'hide_default_launcher',
  'hide_notifications',
  'page_title',
  'installation_type',
  'widget',
  'auth_tokens'
]

/** Intercom sets the utm_* attributes itself (web/attributes-objects). */
const INTERCOM_FILLED_KEYS = ['utm_campaign', 'utm_content', 'utm_medium', 'utm_source', 'utm_term'] as const

/**
 * Names that custom attributes of a person must not have: they identify the person, prove the identity or configure the
 * Messenger. The fixed list (`rules/fixed-keys.ts`) is applied first, so `email` or `name` in the traits is no loss.
 */
export const RESERVED_CONTACT_KEYS: ReadonlySet<string> = new Set([
  ...PROTOTYPE_KEYS,
  ...PROOF_KEYS,
  ...MESSENGER_KEYS,
  ...INTERCOM_FILLED_KEYS,
  'external_id',
  'role',
  'type',
  'contact_id',
  'workspace_id',
  'owner_id',
  'signed_up_at',
  'last_seen_at',
  'last_request_at',
  'unsubscribed_from_emails',
  'language_override',
  'custom_attributes',
  'custom_traits'
])

/** Names that custom attributes of a company must not have. Intercom computes `user_count` itself. */
export const RESERVED_COMPANY_KEYS: ReadonlySet<string> = new Set([
  ...PROTOTYPE_KEYS,
  ...PROOF_KEYS,
  'company_id',
  'contact_id',
  'type',
  'app_id',
  'user_count',
  'session_count',
  'remote_created_at',
  'updated_at',
  'last_request_at',
  'update_last_request_at',
  'custom_attributes',
  'company_custom_traits'
])

/** Names that metadata of an event must not have. */
export const RESERVED_METADATA_KEYS: ReadonlySet<string> = new Set([...PROTOTYPE_KEYS, ...PROOF_KEYS])

/** The fields of a person that the Messenger reads at top level, next to custom attributes (web/attributes-objects). */
export const MESSENGER_CONTACT_KEYS: ReadonlySet<string> = new Set([
  'id',
  'user_id',
  'name',
  'email',
  'phone',
  'avatar',
  'created_at',
  'company',
  'companies'
])

/** The same for a company. */
export const MESSENGER_COMPANY_KEYS: ReadonlySet<string> = new Set([
  'id',
  'company_id',
  'name',
  'created_at',
  'plan',
  'monthly_spend',
  'size',
  'website',
  'industry',
  'remove'
])
