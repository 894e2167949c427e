import type { ActionDefinition } from '@segment/actions-core'
import {
  asText,
  buildContact,
  contactFields,
  isAbsent,
  readOrLose,
  toBoolean,
  toRecord,
  toText,
  toUnixSeconds,
  type Company
} from '@intercom-destinations/shared-mapping'
import { AttributeWriter, toUnknownAttributes } from '../attributes'
import { attachCompanies } from '../companies'
import { toContactBody } from '../contact-body'
import { resolveContact } from '../contacts'
import {
  active,
  batch_size,
  context_attributes,
  enable_batching,
  event_time,
  tags_to_add,
  tags_to_remove,
  unknown_attributes
} from '../delivery-fields'
import type { Environment } from '../environment'
import { refusal } from '../errors'
import type { Settings } from '../generated-types'
import { toPerform, type Send } from '../perform'
import { toTimes } from '../superseded'
import { attachContactTags } from '../tags'
import type { Payload } from './generated-types'

/** Creates or updates a user or a lead. */
export default function identifyContact(environment: Environment): ActionDefinition<Settings, Payload> {
  return {
    title: 'Identify Contact',
    description: 'Create or update a user or a lead in Intercom, with their companies and tags.',
    defaultSubscription: 'type = "identify"',
    fields: {
      role: contactFields.role,
      external_id: contactFields.external_id,
      email: contactFields.email,
      phone: contactFields.phone,
      name: contactFields.name,
      avatar: contactFields.avatar,
      signed_up_at: asText(contactFields.created_at),
      last_seen_at: asText(contactFields.last_seen_at),
      owner_id: asText(contactFields.owner_id),
      unsubscribed_from_emails: asText(contactFields.unsubscribed_from_emails),
      custom_attributes: contactFields.custom_attributes,
      company_traits: contactFields.company_traits,
      include_context: asText(contactFields.include_context),
      context_attributes,
      active,
      unknown_attributes,
      tags_to_add,
      tags_to_remove,
      enable_batching,
      batch_size,
      event_time
    },
    ...toPerform(environment, 'identifyContact', send)
  }
}

const send: Send<Payload> = async (session, payload) => {
  const { company, companies } = toRecord(payload.company_traits) ?? {}
  const built = buildContact({ ...payload, company, companies })
  const { identity } = built
  // Without an identity every event would make a new contact.
  if (identity.kind === 'nobody')
    throw refusal(identity.role === 'lead' ? 'lead-without-email' : 'user-without-identity')
  const losses = [...built.losses]
  const isActive = readOrLose(losses, 'active', payload.active, toBoolean, 'not-a-boolean') ?? true
  const unknown = toUnknownAttributes(payload.unknown_attributes)
  const { last_seen_at: _, ...unseen } = built.attributes

  const body = toContactBody({ identity, attributes: isActive ? built.attributes : unseen })
  const segmentUserId = toText(payload.external_id)
  const { contact } = await resolveContact(session, {
    identity,
    body,
    custom: built.custom,
    times: toTimes(body, built.custom, toUnixSeconds(payload.event_time)),
    attributes: new AttributeWriter(session.api, 'contact', unknown, losses),
    losses,
    ...(identity.kind === 'lead' && !isAbsent(segmentUserId) ? { segmentUserId } : {})
  })
  await attachCompanies(session, contact.id, toOnce(built.company, built.companies), unknown, losses)
  await attachContactTags(session, contact.id, payload)
  return { contactId: contact.id, losses }
}

/** `company` and `companies` often name the same one; the list says it last. */
function toOnce(company: Company | undefined, companies: readonly Company[]): Company[] {
  const all = company ? [company, ...companies] : companies
  return [...new Map(all.map((one) => [one.company_id, one])).values()]
}
