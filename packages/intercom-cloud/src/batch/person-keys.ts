import type { CallContext } from '../state/call-context'

/** Everything by which an event may name its person. */
export interface PersonKey {
  /** Intercom's own. */
  id?: string
  external_id?: string
  email?: string
}

/** Names for whoever is meant; two events with one of them in common are about the same person. */
export function toPersonKeys({ cache }: CallContext, { id, external_id, email }: PersonKey): string[] {
  const people = [
    external_id === undefined ? undefined : cache.findContact('external_id', external_id),
    email === undefined ? undefined : cache.findContact('email', email)
  ]
  return [
    ...people.flatMap((person) => (person ? [`id ${person.contact.id}`] : [])),
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(external_id === undefined ? [] : [`external_id ${external_id}`]),
    ...(email === undefined ? [] : [`email ${email.toLowerCase()}`])
  ]
}
