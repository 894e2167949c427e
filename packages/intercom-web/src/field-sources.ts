import {
  MESSENGER_COMPANY_KEYS,
  MESSENGER_CONTACT_KEYS,
  toFieldSource,
  type FieldSource
} from '@intercom-destinations/shared-mapping'

/**
 * Where the mapping takes a person's custom attributes from. In the Messenger they are at the top level, so they cannot
 * use a name of the Messenger's own.
 */
export function toContactSource(mapping: unknown, field: string): FieldSource {
  return toFieldSource(mapping, [field], MESSENGER_CONTACT_KEYS)
}

/** The same for the custom attributes of a company inside the field. */
export function toCompanySource(mapping: unknown, field: string): FieldSource {
  return toFieldSource(mapping, [field, 'company_custom_traits'], MESSENGER_COMPANY_KEYS)
}
