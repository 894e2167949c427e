import {
  isAbsent,
  readOrLose,
  readTextOrLose,
  toEmail,
  toText,
  withoutUndefined,
  type Loss
} from '@intercom-destinations/shared-mapping'
import { permanentError } from '../errors'
import type { Person } from './find-people'

/** The fields of `person-fields.ts`, of any type, and ids by their type that count where the fields are empty. */
export interface PersonInput {
  contact_id?: unknown
  external_id?: unknown
  email?: unknown
  listed?: ReadonlyMap<string, unknown>
}

/** Contact ID, else External ID and address, else the address. Throws for an event that names no person. */
export function readPerson(input: PersonInput, losses: Loss[]): Person {
  const id = readTextOrLose(losses, 'contact_id', input.contact_id)
  if (!isAbsent(id)) return { id }
  const own = readTextOrLose(losses, 'external_id', input.external_id)
  const external_id = isAbsent(own) ? toText(input.listed?.get('user_id')) : own
  const email = readOrLose(losses, 'email', input.email, toEmail, 'not-an-email') ?? toEmail(input.listed?.get('email'))
  if (!isAbsent(external_id)) return { external_id, ...withoutUndefined({ email }) }
  if (email !== undefined) return { email }
  throw permanentError('event-without-person')
}
