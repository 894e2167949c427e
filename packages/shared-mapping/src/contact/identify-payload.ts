import type { Loss } from '../losses'
import { readTraits, toFieldSource } from '../field-source'
import { buildContact, type BuiltContact, type ContactInput, type ContactSources } from './build-contact'
import { toPersonOptions } from './event-options'
import * as contactFields from './fields'

/** The fields that an identify call has on a page and on a phone, under the catalog's keys of the web half. */
export const identifyFields = {
  user_id: contactFields.user_id,
  custom_traits: contactFields.custom_traits,
  name: contactFields.name,
  phone: contactFields.phone,
  unsubscribed_from_emails: contactFields.unsubscribed_on_client,
  language_override: contactFields.language_override,
  email: contactFields.email,
  created_at: contactFields.created_at,
  avatar_image_url: contactFields.avatar,
  user_hash: contactFields.user_hash,
  intercom_user_jwt: contactFields.intercom_user_jwt,
  company: contactFields.company,
  companies: contactFields.companies
}

type IdentifyPayload = {
  readonly [Field in keyof typeof identifyFields | 'include_context' | 'context_attributes']?: unknown
}

interface IdentifyOrigin {
  event: unknown
  mapping: unknown
  /** Changes what the contact is built from. */
  toInput?: (input: ContactInput, sources: ContactSources, losses: Loss[]) => ContactInput
  /** Names that custom attributes cannot have where they stand beside Intercom's own. */
  taken?: { readonly contact: ReadonlySet<string>; readonly company: ReadonlySet<string> }
}

/** Builds the contact of a mapped identify call. Options that the mapping does not have are read from the event. */
export function buildIdentified(
  payload: IdentifyPayload,
  { event, mapping, taken, toInput = (input) => input }: IdentifyOrigin
): BuiltContact {
  const source = toFieldSource(mapping, ['custom_traits'], taken?.contact)
  const toCompanySource = (field: string) => toFieldSource(mapping, [field, 'company_custom_traits'], taken?.company)
  const optionLosses: Loss[] = []
  const sources = {
    custom_attributes: source,
    company: toCompanySource('company'),
    companies: toCompanySource('companies')
  }
  const input = {
    external_id: payload.user_id,
    email: payload.email,
    phone: payload.phone,
    name: payload.name,
    avatar: payload.avatar_image_url,
    signed_up_at: payload.created_at,
    ...toPersonOptions(payload, event, optionLosses),
    custom_attributes: readTraits(optionLosses, payload.custom_traits, { event, mapping, source }),
    include_context: payload.include_context,
    context_attributes: payload.context_attributes,
    company: payload.company,
    companies: payload.companies
  }
  const { losses, ...contact } = buildContact(toInput(input, sources, optionLosses), sources)
  return { ...contact, losses: [...optionLosses, ...losses] }
}
