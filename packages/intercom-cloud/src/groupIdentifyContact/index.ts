import type { ActionDefinition } from '@segment/actions-core'
import {
  asText,
  buildCompany,
  companyFields,
  isAbsent,
  readOrLose,
  toBoolean,
  toEmail,
  toRecord,
  toText,
  toUnixSeconds,
  type Loss
} from '@intercom-destinations/shared-mapping'
import { AttributeWriter, toUnknownAttributes } from '../attributes'
import { isYoung } from '../clock'
import { attachCompany, detachFrom, toCompanyBody, upsertCompany } from '../companies'
import { findContact, findContactByExternalId } from '../contacts'
import {
  batch_size,
  company_active,
  contact_id,
  enable_batching,
  event_time,
  group_email,
  group_external_id,
  tags_to_add,
  tags_to_remove,
  unknown_attributes
} from '../delivery-fields'
import type { Environment } from '../environment'
import { personNotYetThere, refusal } from '../errors'
import type { Settings } from '../generated-types'
import { toPerform, type Send } from '../perform'
import type { Session } from '../session'
import { attachCompanyTags } from '../tags'
import type { Payload } from './generated-types'

/** Creates or updates a company and puts a person into it. */
export default function groupIdentifyContact(environment: Environment): ActionDefinition<Settings, Payload> {
  return {
    title: 'Identify Company',
    description: 'Create or update a company in Intercom and put the person into it.',
    defaultSubscription: 'type = "group"',
    fields: {
      company_id: companyFields.company_id,
      name: companyFields.company_name,
      remote_created_at: asText(companyFields.company_created_at),
      plan: companyFields.plan,
      monthly_spend: asText(companyFields.monthly_spend),
      size: asText(companyFields.size),
      website: companyFields.website,
      industry: companyFields.industry,
      custom_attributes: companyFields.company_custom_attributes,
      external_id: group_external_id,
      email: group_email,
      contact_id,
      active: company_active,
      unknown_attributes,
      tags_to_add,
      tags_to_remove,
      enable_batching,
      batch_size,
      event_time
    },
    ...toPerform(environment, 'groupIdentifyContact', send)
  }
}

const send: Send<Payload> = async (session, payload) => {
  const { remote_created_at, custom_attributes, company_id, name, plan, monthly_spend, size, website, industry } =
    payload
  const { company, losses } = buildCompany({
    company_id,
    name,
    created_at: remote_created_at,
    plan,
    monthly_spend,
    size,
    website,
    industry,
    company_custom_traits: custom_attributes,
    remove: toRecord(custom_attributes)?.remove
  })
  if (!company || company.company_id.trim() === '') throw refusal('no-company-id')

  const isRecent = isYoung(toUnixSeconds(payload.event_time), session.clock)
  const isActive = readOrLose(losses, 'active', payload.active, toBoolean, 'not-a-boolean') ?? false
  const body = { ...toCompanyBody(company), ...(isActive && isRecent && { update_last_request_at: true as const }) }
  const attributes = new AttributeWriter(
    session.api,
    'company',
    toUnknownAttributes(payload.unknown_attributes),
    losses
  )
  const companyId = await upsertCompany(session, body, company.custom, attributes)
  await attachCompanyTags(session, companyId, payload)
  const person = await findPerson(session, payload, losses)
  if (person.kind === 'missing') {
    const isNeeded = person.isNamed && !company.remove
    // The company is stored already, and storing it again does no harm.
    if (isNeeded && isRecent) throw personNotYetThere()
    if (isNeeded) losses.push({ path: 'contact', reason: 'missing' })
    return { companyId, losses }
  }
  await (company.remove ? detachFrom : attachCompany)(session, person.id, companyId)
  return { contactId: person.id, companyId, losses }
}

type Person = { kind: 'one'; id: string } | { kind: 'missing'; isNamed: boolean }

/** The contact that the mapping names, else the user with the external ID, else the one contact with the address. */
async function findPerson(session: Session, payload: Payload, losses: Loss[]): Promise<Person> {
  const id = toText(payload.contact_id)
  if (!isAbsent(id)) return { kind: 'one', id }
  const external_id = toText(payload.external_id)
  const email = readOrLose(losses, 'email', payload.email, toEmail, 'not-an-email')
  if (!isAbsent(external_id)) {
    const contact = await findContactByExternalId(session, external_id)
    if (contact) return { kind: 'one', id: contact.id }
  }
  if (email === undefined) return { kind: 'missing', isNamed: !isAbsent(external_id) }
  const match = await findContact(session, { email })
  if (match.kind === 'many') throw refusal('several-users')
  return match.kind === 'one' ? { kind: 'one', id: match.contact.id } : { kind: 'missing', isNamed: true }
}
