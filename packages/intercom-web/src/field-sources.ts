import { MESSENGER_COMPANY_KEYS, toFieldSource, type FieldSource } from '@intercom-destinations/shared-mapping'

/**
 * Where the mapping takes the custom attributes of a company from. In the Messenger they are beside the company's own, so
 * they cannot use a name of the Messenger's own.
 */
export function toCompanySource(mapping: unknown, field: string): FieldSource {
  return toFieldSource(mapping, [field, 'company_custom_traits'], MESSENGER_COMPANY_KEYS)
}
