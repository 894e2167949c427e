import {
  companyFields,
  contactFields,
  defaultValues,
  eventFields,
  identifyFields,
  nestedFields,
  path,
  withDefault,
  type Mapping
} from '@intercom-destinations/shared-mapping'

const identifyFieldsOnPhone = {
  ...identifyFields,
  nested_values: nestedFields.nested_values,
  context_attributes: contactFields.context_attributes
}

const groupFields = { company: companyFields.group_company, nested_values: nestedFields.nested_values }

const trackFields = {
  event_name: eventFields.event_name,
  revenue: eventFields.revenue,
  currency: eventFields.currency,
  event_metadata: eventFields.metadata,
  nested_values: nestedFields.nested_metadata
}

const screenFields = { ...trackFields, event_name: withDefault(eventFields.event_name, path('$.name')) }

/** What each call takes from the event unless the app says otherwise. */
export const DEFAULT_MAPPINGS = {
  identify: defaultValues(identifyFieldsOnPhone),
  group: defaultValues(groupFields),
  track: defaultValues(trackFields),
  screen: defaultValues(screenFields)
} satisfies Record<string, Mapping>
