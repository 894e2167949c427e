/** Keys that would reach an object's prototype if somebody merged them carelessly further on. */
const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype'] as const

/** Proof of identity is a secret between the customer's server and Intercom: it is never stored as data. */
const PROOF_KEYS = ['user_hash', 'userHash', 'intercom_user_jwt', 'intercomUserJwt'] as const

/** The Messenger's own settings (developers.intercom.com, web/attributes-objects): at top level, beside a person's attributes. */
const MESSENGER_KEYS = [
  'app_id',
  'api_base',
  'custom_launcher_selector',
  'alignment',
  'vertical_padding',
  'horizontal_padding',
  'z_index',
  'hide_default_launcher',
  'hide_notifications',
  'theme_mode',
  'session_duration',
  'action_color',
  'background_color',
  'link_color',
  'page_title',
  'installation_type',
  'widget',
  'auth_tokens'
] as const

/** utm_* are filled in by Intercom and not overridable (web/attributes-objects). */
const INTERCOM_FILLED_KEYS = ['utm_campaign', 'utm_content', 'utm_medium', 'utm_source', 'utm_term'] as const

/**
 * Names that a person's own attributes may never set: they say who the person is, prove it, or steer the Messenger.
 * Names of the fixed list (`rules/fixed-keys.ts`) come first, so `email` or `name` in the traits is no loss.
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

/** Names that a company's own attributes may never set. `user_count` is Intercom's own count. */
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

/** Names that an event's metadata may never hold. */
export const RESERVED_METADATA_KEYS: ReadonlySet<string> = new Set([...PROTOTYPE_KEYS, ...PROOF_KEYS])

/** What the Messenger reads of a person at top level, beside the custom attributes (web/attributes-objects). */
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
