import type { CallContext } from '../state/call-context'

/** The ids by which an event names its person. */
export interface PersonKey {
  /** Intercom's own id. */
  id?: string
  external_id?: string
  email?: string
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
