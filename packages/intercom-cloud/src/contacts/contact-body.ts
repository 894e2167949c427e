import { isAbsent, type BuiltContact, type ContactIdentity } from '@intercom-destinations/shared-mapping'
import type { AnyRoleBody, Contact, ContactBody, LeadBody, UserBody } from '../client/types'

/** Somebody who can be written to Intercom. */
export type KnownIdentity = Exclude<ContactIdentity, { kind: 'nobody' }>

/** A built contact in the words of the REST API, custom attributes apart. The language cannot be written there. */
export function toContactBody({ attributes, identity }: Pick<BuiltContact, 'attributes' | 'identity'>): ContactBody {
  const { language_override: _, ...rest } = attributes
  const email = identity.kind === 'nobody' ? undefined : identity.email
  return { ...(email === undefined ? {} : { email }), ...rest }
}

/** What creates the person. */
export function toNewBody(identity: KnownIdentity, body: ContactBody): UserBody | LeadBody {
  if (identity.kind === 'lead') return { role: 'lead', ...body }
  const { external_id } = identity
  return { role: 'user', ...(external_id === undefined ? {} : { external_id }), ...body }
}

/**
 * What updates the contact that was found. Who they are is said only where it changes: a lead becomes the user, a user
 * without an external ID gets one. A lead's update never says a role, because it must leave a user a user.
 */
export function toUpdateBody(identity: KnownIdentity, body: ContactBody, found: Contact): UserBody | AnyRoleBody {
  if (identity.kind === 'lead') return body
  const { external_id } = identity
  const isSettled = found.role === 'user' && (external_id === undefined || !isAbsent(found.external_id))
  return isSettled ? body : { role: 'user', ...(external_id === undefined ? {} : { external_id }), ...body }
}
