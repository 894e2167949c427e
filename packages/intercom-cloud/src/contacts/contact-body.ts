import { isAbsent, type BuiltContact, type ContactIdentity } from '@intercom-destinations/shared-mapping'
import type { AnyRoleBody, Contact, ContactBody, LeadBody, UserBody } from '../client/types'

/** A person who has enough identity to be written to Intercom. */
export type KnownIdentity = Exclude<ContactIdentity, { kind: 'unidentified' }>

/** A built contact as the REST API names its fields, without custom attributes. The API does not accept a language. */
export function toContactBody({ attributes, identity }: Pick<BuiltContact, 'attributes' | 'identity'>): ContactBody {
  const { language_override: _, ...rest } = attributes
  const email = identity.kind === 'unidentified' ? undefined : identity.email
  return { ...(email === undefined ? {} : { email }), ...rest }
}

/** The body that creates the contact. */
export function toNewBody(identity: KnownIdentity, body: ContactBody): UserBody | LeadBody {
  if (identity.kind === 'lead') return { role: 'lead', ...body }
  const { external_id } = identity
  return { role: 'user', ...(external_id === undefined ? {} : { external_id }), ...body }
}

/**
 * The body that updates a contact. Role and external ID are sent only if they change: a lead becomes a user, or a user
 * without an external ID gets one. The update of a lead never contains a role, because a user must stay a user.
 */
export function toUpdateBody(identity: KnownIdentity, body: ContactBody, contact: Contact): UserBody | AnyRoleBody {
  if (identity.kind === 'lead') return body
  const { external_id } = identity
  const isIdentified = contact.role === 'user' && (external_id === undefined || !isAbsent(contact.external_id))
  return isIdentified ? body : { role: 'user', ...(external_id === undefined ? {} : { external_id }), ...body }
}
