import type { InputField } from '@segment/actions-core'
import { companyDefaults, companyProperties } from '../company/fields'
import { existing, firstOf, orOption, path } from '../input-field'

export const role = {
  label: 'Role',
  description:
    'Whether the person is one of your users or still a lead. Automatic makes a person with an External ID a user, and one with an address only a lead; the lead becomes the user as soon as both come together. A person who is already a user stays a user.',
  type: 'string',
  required: true,
  choices: [
    { label: 'Lead', value: 'lead' },
    { label: 'User', value: 'user' },
    { label: 'Automatic', value: 'auto' }
  ],
  default: 'user'
} as const satisfies InputField

export const user_id = {
  label: 'User ID',
  description: 'Your own id for the person. Intercom calls it the external ID.',
  type: 'string',
  default: path('$.userId')
} as const satisfies InputField

export const external_id = {
  ...user_id,
  label: 'External ID',
  description: 'Your own id for the person. Leads do not have one: Intercom assigns them ids of its own.',
  depends_on: { conditions: [{ fieldKey: 'role', operator: 'is_not', value: 'lead' }] }
} as const satisfies InputField

export const email = {
  label: 'Email Address',
  description: 'The e-mail address of the person. A text that is not an address is left out; the rest is still sent.',
  type: 'string',
  default: firstOf('$.traits.email', '$.context.traits.email')
} as const satisfies InputField

export const phone = {
  label: 'Phone Number',
  description: 'The phone number of the person.',
  type: 'string',
  default: firstOf('$.traits.phone', '$.context.traits.phone')
} as const satisfies InputField

export const name = {
  label: 'Name',
  description:
    'The full name of the person. If it is missing, first and last name from the custom traits are combined; one of the two alone never renames a person.',
  type: 'string',
  default: firstOf('$.traits.name', '$.context.traits.name')
} as const satisfies InputField

export const avatar = {
  label: 'Avatar',
  description:
    'The web address of a picture of the person. It starts with http:// or https://. From an object such as `{ image_url }` the address is used.',
  type: 'string',
  default: firstOf('$.traits.avatar.image_url', '$.traits.avatar', '$.context.traits.avatar')
} as const satisfies InputField

export const created_at = {
  label: 'Signed Up At',
  description: 'When the person signed up with you: ISO 8601 (UTC if no zone is given) or Unix seconds.',
  type: 'datetime',
  // The builder reads the other names, because each nested condition doubles the time that the mapping kit needs.
  default: firstOf('$.traits.createdAt', '$.traits.created_at', '$.traits.signedUpAt')
} as const satisfies InputField

export const last_seen_at = {
  label: 'Last Seen At',
  description: 'When the person was last active with you.',
  type: 'datetime',
  default: firstOf('$.traits.lastRequestAt', '$.timestamp')
} as const satisfies InputField

export const last_request_at = {
  label: 'Last Request At',
  description:
    'Lets Intercom process an update that contains only the identity of the person. If it is not mapped, it is added to exactly those updates.',
  type: 'datetime',
  default: firstOf('$.traits.lastRequestAt', '$.timestamp')
} as const satisfies InputField

export const owner_id = {
  label: 'Owner',
  description: "The id of the teammate who owns this person in Intercom. It is an admin's numeric id.",
  type: 'number'
} as const satisfies InputField

export const unsubscribed_from_emails = {
  label: 'Unsubscribed From Emails',
  description: 'Whether the person has unsubscribed from your e-mails.',
  type: 'boolean',
  default: orOption('$.context.Intercom.unsubscribedFromEmails', 'unsubscribed')
} as const satisfies InputField

/** Pages and phones look for the other spellings in the event: a condition for each would cost time on every call. */
export const unsubscribed_on_client = {
  ...unsubscribed_from_emails,
  default: path('$.context.Intercom.unsubscribedFromEmails')
} as const satisfies InputField

export const language_override = {
  label: 'Language Override',
  description: "The language of the Messenger for this person, instead of the browser's.",
  type: 'string',
  default: path('$.integrations.Intercom.language_override')
} as const satisfies InputField

export const custom_attributes = {
  label: 'Custom Attributes',
  description:
    'Everything else that is known about the person: texts, numbers, true or false. From a whole object such as `$.traits`, values that have their own field are removed; a name that you map yourself is stored under that name.',
  type: 'object',
  defaultObjectUI: 'keyvalue',
  default: existing('$.traits', '$.context.traits')
} as const satisfies InputField

export const custom_traits = { ...custom_attributes, label: 'Custom Traits' } as const satisfies InputField

export const include_context = {
  label: 'Include Device And App',
  description: 'Store the device, system and app of the event with the custom attributes.',
  type: 'boolean'
} as const satisfies InputField

export const context_attributes = {
  label: 'Device And App',
  description: 'What is stored when the device and app are included.',
  type: 'object',
  defaultObjectUI: 'keyvalue',
  depends_on: { conditions: [{ fieldKey: 'include_context', operator: 'is', value: true }] },
  default: {
    device_type: path('$.context.device.type'),
    device_manufacturer: path('$.context.device.manufacturer'),
    device_model: path('$.context.device.model'),
    os_name: path('$.context.os.name'),
    os_version: path('$.context.os.version'),
    app_name: path('$.context.app.name'),
    app_version: path('$.context.app.version')
  }
} as const satisfies InputField

export const user_hash = {
  label: 'User Hash',
  description:
    'The HMAC that your server computes from the user id, for Intercom’s identity verification. It is sent with the user id and never stored as an attribute.',
  type: 'string',
  default: firstOf('$.integrations.Intercom.user_hash', '$.integrations.Intercom.userHash')
} as const satisfies InputField

export const intercom_user_jwt = {
  label: 'Intercom User JWT',
  description:
    'The JWT that your server creates for the person, for Intercom’s identity verification. It is sent with the user id and never stored as an attribute.',
  type: 'string',
  default: firstOf('$.integrations.Intercom.intercom_user_jwt', '$.integrations.Intercom.intercomUserJwt')
} as const satisfies InputField

export const hide_default_launcher = {
  label: 'Hide Default Launcher',
  description: 'Hide the round button that opens the Messenger.',
  type: 'boolean',
  default: firstOf('$.context.Intercom.hideDefaultLauncher', '$.context.Intercom.hide_default_launcher')
} as const satisfies InputField

export const company = {
  label: 'Company',
  description: 'The company that the person belongs to.',
  type: 'object',
  properties: companyProperties,
  default: companyDefaults('$.traits.company')
} satisfies InputField

export const companies = {
  label: 'Companies',
  description: 'The companies that the person belongs to, if there are several.',
  type: 'object',
  multiple: true,
  properties: companyProperties,
  default: { '@arrayPath': ['$.traits.companies', companyDefaults('$')] }
} satisfies InputField

export const company_traits = {
  label: 'Company Traits',
  description:
    'The companies in the traits of the person: one as `company`, several as `companies`. Each is stored and attached; one with `remove: true` is detached.',
  type: 'object',
  default: {
    company: existing('$.traits.company', '$.context.traits.company'),
    companies: existing('$.traits.companies', '$.context.traits.companies')
  }
} as const satisfies InputField

export const active = {
  label: 'Active',
  description: 'Whether this event shows that the person is active. If false, "last seen" does not change.',
  type: 'boolean',
  default: path('$.context.active')
} as const satisfies InputField
