import type { CallContext } from '../state/call-context'
import { toEntityName } from '../state/record-names'

/** The ids by which an event names its person. */
export interface PersonKey {
  /** Intercom's own id. */
  id?: string
  external_id?: string
  email?: string
}

/** The records of a person. */
export function toPersonRecords({ cache: { names } }: CallContext, { id, external_id, email }: PersonKey): string[] {
  return [
    ...(id === undefined ? [] : [toEntityName('contact', id)]),
    ...(external_id === undefined ? [] : [names.of('user', external_id)]),
    ...(email === undefined ? [] : [names.of('address', email.toLowerCase())])
  ]
}

/** The keys of a person, and of the cached contact. Two events with a common key are about the same person. */
export function toPersonKeys({ cache }: CallContext, { id, external_id, email }: PersonKey): string[] {
  const contacts = [
    external_id === undefined ? undefined : cache.findContact('external_id', external_id),
    email === undefined ? undefined : cache.findContact('email', email)
  ]
  return [
    ...contacts.flatMap((cached) => (cached ? [`id ${cached.contact.id}`] : [])),
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(external_id === undefined ? [] : [`external_id ${external_id}`]),
    ...(email === undefined ? [] : [`email ${email.toLowerCase()}`])
  ]
}
