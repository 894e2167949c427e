import type { CallContext } from '../state/call-context'
import { toEntityName } from '../state/record-names'

/** The ids by which an event names its person. */
export interface PersonKey {
  /** Intercom's own id. */
  id?: string
  external_id?: string
  /** The external ID that the person had before the user id came. */
  anonymous_id?: string
  email?: string
}

/** The records of a person. */
export function toPersonRecords({ cache: { names } }: CallContext, person: PersonKey): string[] {
  const { id, external_id, anonymous_id, email } = person
  return [
    ...(id === undefined ? [] : [toEntityName('contact', id)]),
    ...[external_id, anonymous_id].flatMap((one) => (one === undefined ? [] : [names.of('user', one)])),
    ...(email === undefined ? [] : [names.of('address', email.toLowerCase())])
  ]
}

/** The keys of a person, and of the cached contact. Two events with a common key are about the same person. */
export function toPersonKeys({ cache }: CallContext, person: PersonKey): string[] {
  const { id, external_id, anonymous_id, email } = person
  const external_ids = [external_id, anonymous_id].flatMap((one) => one ?? [])
  const contacts = [
    ...external_ids.map((one) => cache.findContact('external_id', one)),
    email === undefined ? undefined : cache.findContact('email', email)
  ]
  return [
    ...contacts.flatMap((cached) => (cached ? [`id ${cached.contact.id}`] : [])),
    ...(id === undefined ? [] : [`id ${id}`]),
    ...external_ids.map((one) => `external_id ${one}`),
    ...(email === undefined ? [] : [`email ${email.toLowerCase()}`])
  ]
}
