import {
  companyFields,
  contactFields,
  defaultValues,
  eventFields,
  identifyFields,
  path,
  withDefault,
  type Mapping
} from '@intercom-destinations/shared-mapping'

const identifyFieldsOnPhone = { ...identifyFields, context_attributes: contactFields.context_attributes }

const trackFields = {
  event_name: eventFields.event_name,
  revenue: eventFields.revenue,
  currency: eventFields.currency,
  event_metadata: eventFields.metadata
}

const screenFields = { ...trackFields, event_name: withDefault(eventFields.event_name, path('$.name')) }

/** What each call takes from the event unless the app says otherwise. */
export const DEFAULT_MAPPINGS = {
  identify: defaultValues(identifyFieldsOnPhone),
  group: defaultValues({ company: companyFields.group_company }),
  track: defaultValues(trackFields),
  screen: defaultValues(screenFields)
} satisfies Record<string, Mapping>
