import {
  MESSENGER_COMPANY_KEYS,
  MESSENGER_CONTACT_KEYS,
  toFieldSource,
  type FieldSource
} from '@intercom-destinations/shared-mapping'

/**
 * Where the mapping takes a person's own attributes from. In the Messenger they stand at top level, so a name that is
 * the Messenger's own cannot be picked for one of them.
 */
export function toContactSource(mapping: unknown, field: string): FieldSource {
  return toFieldSource(mapping, [field], MESSENGER_CONTACT_KEYS)
}

/** The same for the attributes of a company inside the field. */
export function toCompanySource(mapping: unknown, field: string): FieldSource {
  return toFieldSource(mapping, [field, 'company_custom_traits'], MESSENGER_COMPANY_KEYS)
}
