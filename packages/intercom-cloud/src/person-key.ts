import type { Session } from './session'

/** Everything by which an event may name its person. */
export interface PersonKey {
  /** Intercom's own. */
  id?: string
  external_id?: string
  email?: string
}

/** Names for whoever is meant; two events with one of them in common are about the same person. */
export function toPersonKeys({ memory }: Session, { id, external_id, email }: PersonKey): string[] {
  const people = [
    external_id === undefined ? undefined : memory.findPerson('external_id', external_id),
    email === undefined ? undefined : memory.findPerson('email', email)
  ]
  return [
    ...people.flatMap((person) => (person ? [`id ${person.contact.id}`] : [])),
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(external_id === undefined ? [] : [`external_id ${external_id}`]),
    ...(email === undefined ? [] : [`email ${email.toLowerCase()}`])
  ]
}
