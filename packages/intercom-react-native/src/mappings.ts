import {
  companyFields,
  contactFields,
  defaultValues,
  eventFields,
  path,
  withDefault,
  type Mapping
} from '@intercom-destinations/shared-mapping'

/** The fields of a person: those of the web half, without those that Intercom's mobile SDK has no place for. */
const identifyFields = {
  user_id: contactFields.user_id,
  custom_traits: contactFields.custom_traits,
  name: contactFields.name,
  phone: contactFields.phone,
  // `toPersonOptions` looks for the other spellings in the event.
  unsubscribed_from_emails: withDefault(
    contactFields.unsubscribed_from_emails,
    path('$.context.Intercom.unsubscribedFromEmails')
  ),
  language_override: contactFields.language_override,
  email: contactFields.email,
  created_at: contactFields.created_at,
  avatar_image_url: contactFields.avatar,
  user_hash: contactFields.user_hash,
  intercom_user_jwt: contactFields.intercom_user_jwt,
  company: contactFields.company,
  companies: contactFields.companies,
  context_attributes: contactFields.context_attributes
}

const trackFields = {
  event_name: eventFields.event_name,
  revenue: eventFields.revenue,
  currency: eventFields.currency,
  event_metadata: eventFields.metadata
}

const screenFields = { ...trackFields, event_name: withDefault(eventFields.event_name, path('$.name')) }

/** What each call takes from the event unless the app says otherwise. */
export const DEFAULT_MAPPINGS = {
  identify: defaultValues(identifyFields),
  group: defaultValues({ company: companyFields.group_company }),
  track: defaultValues(trackFields),
  screen: defaultValues(screenFields)
} satisfies Record<string, Mapping>
