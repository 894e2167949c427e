import type { EmulatorState } from '@intercom-destinations/emulator'
import type { JsonObject, Person, ShownAttribute } from '../../contract'
import { toIso } from '../iso-time'
import { toCompanyTitle, toPersonTitle } from './titles'

type Contact = EmulatorState['contacts'][number]

/** Everything about one contact; `undefined` for an unknown id. */
export function toPerson(id: string, { contacts, companies, tags, events }: EmulatorState): Person | undefined {
  const contact = contacts.find((one) => one.id === id)
  if (!contact) return undefined
  return {
    id,
    title: toPersonTitle(contact),
    status: contact.status,
    attributes: [
      ...toStandardAttributes(contact),
      ...Object.entries(contact.custom_attributes).map(([name, value]) => ({ name, value, custom: true }))
    ],
    companies: contact.companyIds.flatMap((companyId) => {
      const company = companies.find((one) => one.id === companyId)
      return company ? [{ id: company.id, name: toCompanyTitle(company) }] : []
    }),
    tags: contact.tags.flatMap((tagging) => tags.find((tag) => tag.id === tagging.id)?.name ?? []),
    timeline: events
      .filter(({ contactId }) => contactId === id)
      .map(({ created_at, event_name, metadata, ignoredKeys }) => ({
        at: created_at,
        name: event_name,
        metadata: toJsonObject(metadata),
        ignored: ignoredKeys
      }))
      // Within one second, Intercom's resolution, the later one in the list is the newer.
      .reverse()
      .sort((one, other) => other.at - one.at)
  }
}

function toStandardAttributes(contact: Contact): ShownAttribute[] {
  const { role, external_id, email, phone, name, avatar, unsubscribed_from_emails } = contact
  const values = {
    ...{ role, external_id, email, phone, name, avatar },
    signed_up_at: toIso(contact.signed_up_at),
    last_seen_at: toIso(contact.last_seen_at),
    unsubscribed_from_emails
  }
  return Object.entries(values).flatMap(([key, value]) =>
    value === null || value === '' ? [] : [{ name: key, value, custom: false }]
  )
}

/** The emulator's values are JSON, because it has parsed them from requests. */
const toJsonObject = (values: object): JsonObject => Object.fromEntries(Object.entries(values))
