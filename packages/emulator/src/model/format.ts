import type { Admin, Company, Contact, DataAttribute, Note, SubscriptionType, Tag, Visitor } from './entities'
import { EMBEDDED_LIST_LENGTH } from './limits'
import { isSince } from '../http/versions'
import type { Workspace } from './workspace'

/** The bodies of Intercom's answers, after the examples of its OpenAPI 2.16. */

const embedded = (contactId: string, what: string, data: readonly unknown[]) => ({
  type: 'list' as const,
  data: data.slice(0, EMBEDDED_LIST_LENGTH),
  url: `/contacts/${contactId}/${what}`,
  total_count: data.length,
  has_more: data.length > EMBEDDED_LIST_LENGTH
})

const subscriptionsOf = ({ subscriptions }: Contact, consent: 'opt_in' | 'opt_out') =>
  subscriptions
    .filter(({ consent_type }) => consent_type === consent)
    .map(({ id }) => ({ id, type: 'subscription', url: `/subscription_types/${id}` }))

/** Fields that only a device or a conversation fills. No emulated operation does. */
const NEVER_SET = {
  last_replied_at: null,
  last_contacted_at: null,
  last_email_opened_at: null,
  last_email_clicked_at: null,
  language_override: null,
  browser: null,
  browser_version: null,
  browser_language: null,
  os: null,
  location: {
    type: 'location',
    country: null,
    region: null,
    city: null,
    country_code: null,
    continent_code: null
  },
  android_app_name: null,
  android_app_version: null,
  android_device: null,
  android_os_version: null,
  android_sdk_version: null,
  android_last_seen_at: null,
  ios_app_name: null,
  ios_app_version: null,
  ios_device: null,
  ios_os_version: null,
  ios_sdk_version: null,
  ios_last_seen_at: null
}

const CAMPAIGN = {
  utm_campaign: null,
  utm_content: null,
  utm_medium: null,
  utm_source: null,
  utm_term: null,
  referrer: null
}

/** The short form of a contact that is deleted, archived or restored (FIX: 2.3; NANGO: 2.15). */
export const contactReference = ({ id, external_id }: Contact, { version }: Workspace) =>
  isSince(version, '2.7') ? { type: 'contact' as const, id, external_id } : { id, object: 'contact' as const }

/** AMP: 2.11 has the first two fields; NANGO: 2.12 added the last. */
const fieldsSince = (version: string) => ({
  ...(isSince(version, '2.11') ? { sms_consent: false, unsubscribed_from_sms: false } : {}),
  ...(isSince(version, '2.12') ? { enabled_push_messaging: null } : {})
})

/** S2.16, PUT /contacts: related objects are listed among the custom attributes. */
const relatedObjects = ({ associations }: Contact, { store }: Workspace) =>
  Object.fromEntries(
    Object.entries(associations).map(([name, ids]) => {
      const instances = store.customObjectsOf(name).filter(({ id }) => ids.includes(id))
      return [name, { type: `${instances[0]?.type ?? name}.list`, instances }]
    })
  )

/** A contact as in GET /contacts/{id}. */
export const formatContact = (contact: Contact, workspace: Workspace) => ({
  type: 'contact' as const,
  id: contact.id,
  workspace_id: workspace.id_code,
  external_id: contact.external_id,
  role: contact.role,
  email: contact.email,
  phone: contact.phone,
  name: contact.name,
  avatar: contact.avatar === null ? null : { type: 'avatar', image_url: contact.avatar },
  owner_id: contact.owner_id,
  social_profiles: { type: 'list', data: [] },
  has_hard_bounced: false,
  marked_email_as_spam: false,
  unsubscribed_from_emails: contact.unsubscribed_from_emails,
  created_at: contact.created_at,
  updated_at: contact.updated_at,
  signed_up_at: contact.signed_up_at,
  last_seen_at: contact.last_seen_at,
  ...NEVER_SET,
  custom_attributes: { ...contact.custom_attributes, ...relatedObjects(contact, workspace) },
  tags: embedded(
    contact.id,
    'tags',
    contact.tags.map(({ id }) => ({ id, type: 'tag', url: `/tags/${id}` }))
  ),
  notes: embedded(
    contact.id,
    'notes',
    workspace.store.notesAbout('contact', contact.id).map(({ id }) => ({ id, type: 'note', url: `/notes/${id}` }))
  ),
  companies: embedded(
    contact.id,
    'companies',
    contact.companyIds.map((id) => ({ id, type: 'company', url: `/companies/${id}` }))
  ),
  opted_out_subscription_types: embedded(contact.id, 'subscriptions', subscriptionsOf(contact, 'opt_out')),
  opted_in_subscription_types: embedded(contact.id, 'subscriptions', subscriptionsOf(contact, 'opt_in')),
  ...CAMPAIGN,
  ...fieldsSince(workspace.version)
})

/** A contact in a list or a search. FIX: a cleared e-mail is null there, and `''` everywhere else. */
export const formatListedContact = (contact: Contact, workspace: Workspace) => ({
  ...formatContact(contact, workspace),
  email: contact.email || null
})

const withoutNulls = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

/** A company. In the examples of 2.16, fields that were never set are left out, except the counts. */
export const formatCompany = (company: Company, { store, id_code }: Workspace) => ({
  type: 'company' as const,
  company_id: company.company_id,
  id: company.id,
  app_id: id_code,
  ...withoutNulls({
    name: company.name,
    remote_created_at: company.remote_created_at,
    last_request_at: company.last_request_at,
    size: company.size,
    website: company.website,
    industry: company.industry
  }),
  created_at: company.created_at,
  updated_at: company.updated_at,
  monthly_spend: company.monthly_spend,
  session_count: 0,
  user_count: store.contactsOfCompany(company.id).filter(({ role, status }) => role === 'user' && status === 'active')
    .length,
  tags: {
    type: 'tag.list',
    tags: company.tagIds.flatMap((id) => {
      const tag = store.tag(id)
      return tag ? [formatTag(tag)] : []
    })
  },
  segments: { type: 'segment.list', segments: [] },
  plan: company.plan === null ? {} : { type: 'plan', id: store.planId(company.plan), name: company.plan },
  custom_attributes: company.custom_attributes
})

/** NANGO: the answer to attaching or detaching a company includes its notes. */
export const formatAttachedCompany = (company: Company, workspace: Workspace) => ({
  ...formatCompany(company, workspace),
  notes: { type: 'note.list' as const, notes: workspace.store.notesAbout('company', company.id).map(formatNote) }
})

export const formatTag = (tag: Tag) => ({ type: 'tag' as const, id: tag.id, name: tag.name })

/** A tag in the operations on a contact, with the time and the admin that applied it. */
export const formatAppliedTag = (tag: Tag, appliedAt: number, { admin_id }: Workspace) => ({
  ...formatTag(tag),
  applied_at: appliedAt,
  applied_by: { type: 'admin', id: admin_id }
})

export const formatAttribute = (attribute: DataAttribute, { admin_id }: Workspace) => ({
  id: attribute.id,
  type: 'data_attribute' as const,
  name: attribute.name,
  full_name: `custom_attributes.${attribute.name}`,
  label: attribute.name,
  ...withoutNulls({ description: attribute.description, options: attribute.options }),
  // S2.16 has five types in answers; a datetime is a date there.
  data_type: attribute.data_type === 'datetime' ? ('date' as const) : attribute.data_type,
  api_writable: true,
  ui_writable: false,
  messenger_writable: attribute.messenger_writable,
  custom: true,
  archived: attribute.archived,
  admin_id,
  created_at: attribute.created_at,
  updated_at: attribute.updated_at,
  model: attribute.model
})

/** S2.16, the examples of the admin operations. */
export const formatAdmin = ({ id, name, email }: Admin) => ({
  type: 'admin' as const,
  id,
  name,
  email,
  away_mode_enabled: false,
  away_mode_reassign: false,
  has_inbox_seat: true,
  team_ids: []
})

/** S2.16: the author of a note has fewer fields than an admin. */
export const formatNote = ({ id, about, author, body, created_at }: Note) => ({
  type: 'note' as const,
  id,
  created_at,
  [about.type]: { type: about.type, id: about.id },
  author: {
    type: 'admin' as const,
    id: author.id,
    name: author.name,
    email: author.email,
    away_mode_enabled: false,
    away_mode_reassign: false
  },
  body
})

export const formatSubscriptionType = ({ id, name, consent_type, content_types, state }: SubscriptionType) => {
  const translation = { name, description: name, locale: 'en' }
  return {
    type: 'subscription' as const,
    id,
    state,
    consent_type,
    default_translation: translation,
    translations: [translation],
    content_types
  }
}

/** S2.16, the examples of the visitor operations: an unknown email is ''. */
export const formatVisitor = (visitor: Visitor, { id_code }: Workspace) => ({
  type: 'visitor' as const,
  id: visitor.id,
  user_id: visitor.user_id,
  anonymous: true,
  email: visitor.email ?? '',
  phone: visitor.phone,
  name: visitor.name,
  pseudonym: null,
  avatar: { type: 'avatar', image_url: null },
  app_id: id_code,
  companies: { type: 'company.list', companies: [] },
  location_data: {},
  last_request_at: null,
  created_at: visitor.created_at,
  remote_created_at: visitor.created_at,
  signed_up_at: visitor.created_at,
  updated_at: visitor.updated_at,
  session_count: 0,
  social_profiles: { type: 'social_profile.list', social_profiles: [] },
  owner_id: null,
  unsubscribed_from_emails: false,
  marked_email_as_spam: false,
  has_hard_bounced: false,
  tags: { type: 'tag.list', tags: [] },
  segments: { type: 'segment.list', segments: [] },
  custom_attributes: visitor.custom_attributes,
  referrer: null,
  utm_campaign: null,
  utm_content: null,
  utm_medium: null,
  utm_source: null,
  utm_term: null,
  do_not_track: null
})
