import type { ActionDefinition } from '@segment/actions-core'
import {
  asText,
  buildCompany,
  companyFields,
  isAbsent,
  nestedFields,
  readOrLose,
  readTextOrLose,
  toBoolean,
  toEmail,
  toFieldSource,
  toText,
  unnestCompany,
  withoutUndefined,
  type Loss
} from '@intercom-destinations/shared-mapping'
import { toUnknownAttributes } from '../attributes/attribute-writer'
import { findAttributeChoices, toDynamicField, withTagChoices } from '../dynamic-fields'
import { isWithinRetryWindow, toEventTime } from '../clock'
import { attachCompany, detachCompany, upsertAndRun, toCompanyBody } from '../companies/memberships'
import type { CompanyWrite } from '../companies/company-coalescer'
import { readAnonymousId } from '../contacts/anonymous-user'
import { findPerson } from '../contacts/find-people'
import {
  anonymous_id,
  batch_size,
  company_active,
  contact_id,
  enable_batching,
  event_time,
  group_email,
  group_external_id,
  tags_from_traits,
  tags_in_company_traits,
  tags_to_add,
  tags_to_remove,
  unchanged_values,
  unknown_attributes,
  use_anonymous_id
} from '../fields'
import type { DeliveryReport } from '../delivery-report'
import type { Dependencies } from '../dependencies'
import { contactNotFoundYet, permanentError } from '../errors'
import { isContactMissing } from '../client/intercom-api-error'
import type { Settings } from '../generated-types'
import type { PayloadOrigin } from '../batch/payload-origin'
import { toPerform, type BatchAction } from '../batch/perform-batch'
import { toPersonRecords, type PersonKey } from '../batch/person-keys'
import type { CallContext } from '../state/call-context'
import { toUnchangedValues } from '../state/known-values'
import { updateCompanyTags, type TagInput } from '../tags/tags'
import { readTags, withoutTagTraits } from '../tags/trait-tags'
import type { Payload } from './generated-types'

/** Creates or updates a company and attaches a contact to it. */
export default function groupIdentifyContact(dependencies: Dependencies): ActionDefinition<Settings, Payload> {
  return {
    title: 'Identify Company',
    description: 'Create or update a company in Intercom and put the person into it.',
    defaultSubscription: 'type = "group"',
    fields: {
      company_id: companyFields.company_id,
      name: asText(companyFields.company_name),
      remote_created_at: asText(companyFields.company_created_at),
      plan: asText(companyFields.plan),
      monthly_spend: asText(companyFields.monthly_spend),
      size: asText(companyFields.size),
      website: asText(companyFields.website),
      industry: asText(companyFields.industry),
      custom_attributes: { ...companyFields.company_custom_attributes, dynamic: true },
      nested_values: nestedFields.nested_values,
      external_id: group_external_id,
      use_anonymous_id,
      anonymous_id,
      email: asText(group_email),
      contact_id,
      active: company_active,
      unknown_attributes,
      unchanged_values,
      tags_to_add,
      tags_to_remove,
      tags_from_traits,
      tags_in_traits: tags_in_company_traits,
      enable_batching,
      batch_size,
      event_time
    },
    dynamicFields: withTagChoices(dependencies, {
      custom_attributes: { __keys__: toDynamicField(dependencies, findAttributeChoices('company')) }
    }),
    ...toPerform(dependencies, 'groupIdentifyContact', action)
  }
}

/** One group call. */
interface Membership extends CompanyWrite {
  /** The person leaves the company. */
  isRemoved: boolean
  isRecent: boolean
  person: PersonKey
  tags: TagInput
}

const action: BatchAction<Payload, Membership> = {
  read,
  toPersonKey: ({ person }) => person,
  toContactKey: ({ person: { id, external_id, email } }) => {
    if (id !== undefined) return undefined
    if (external_id !== undefined) return { external_id, ...withoutUndefined({ email }) }
    return email === undefined ? undefined : { email }
  },
  toRecords: (context, task) => [...toPersonRecords(context, task.person), toRetryRecord(context, task)],
  prepare: (context, tasks) => {
    context.companies.prepare(tasks)
  },
  send
}

function read(payload: Payload, { clock }: CallContext, { mapping }: PayloadOrigin): Membership {
  const { remote_created_at, company_id, name, plan, monthly_spend, size, website, industry } = payload
  const input = {
    company_id,
    name,
    created_at: remote_created_at,
    plan,
    monthly_spend,
    size,
    website,
    industry,
    company_custom_traits: withoutTagTraits(payload.custom_attributes, payload, mapping)
  }
  const source = toFieldSource(mapping, ['custom_attributes'])
  const nestedLosses: Loss[] = []
  const single = unnestCompany(input, payload.nested_values, source, nestedLosses)
  const { company, losses } = buildCompany(single, 'company', source)
  losses.unshift(...nestedLosses)
  const tags = readTags(losses, payload, 'company.')
  if (!company) throw permanentError('no-company-id')
  const time = toEventTime(payload.event_time, clock)
  const isRecent = isWithinRetryWindow(time, clock)
  const isActive = readOrLose(losses, 'active', payload.active, toBoolean, 'not-a-boolean') ?? false
  return {
    body: { ...toCompanyBody(company), ...(isActive && isRecent && { update_last_request_at: true as const }) },
    custom: company.custom,
    unknown: toUnknownAttributes(payload.unknown_attributes),
    unchanged: toUnchangedValues(payload.unchanged_values),
    losses,
    isRemoved: company.remove,
    isRecent,
    person: readPerson(payload, losses),
    tags,
    ...withoutUndefined({ time })
  }
}

/** Intercom's contact ID if the mapping has one, else external ID and e-mail address. */
function readPerson(payload: Payload, losses: Loss[]): PersonKey {
  const id = toText(payload.contact_id)
  if (!isAbsent(id)) return { id }
  const anonymousId = readAnonymousId(losses, payload)
  const own = readTextOrLose(losses, 'external_id', payload.external_id)
  const external_id = isAbsent(payload.external_id) ? anonymousId : own
  const email = readOrLose(losses, 'email', payload.email, toEmail, 'not-an-email')
  return withoutUndefined({ external_id, email })
}

async function send(context: CallContext, task: Membership): Promise<DeliveryReport> {
  const { companyId, contactId, tagLosses } = await upsertAndRun(context, task, async (id) => {
    const tagLosses: Loss[] = []
    await updateCompanyTags(context, id, task.tags, tagLosses)
    return { companyId: id, contactId: await updateMembership(context, task, id), tagLosses }
  })
  const losses = [...task.losses, ...tagLosses]
  if (contactId === undefined) {
    const isNeeded = !task.isRemoved && Object.keys(task.person).length > 0
    // The company is written already. A retry writes it again, which does no harm.
    if (isNeeded && (task.isRecent || isFirstRetryWithoutTime(context, task))) throw contactNotFoundYet()
    return { companyId, losses: isNeeded ? [...losses, { path: 'contact', reason: 'unknown-contact' }] : losses }
  }
  return { contactId, companyId, losses }
}

/** Without an event time the age of the event is unknown, so it is retried only once. */
function isFirstRetryWithoutTime(context: CallContext, task: Membership): boolean {
  return task.time === undefined && context.cache.isFirstRetry(toRetryRecord(context, task))
}

function toRetryRecord({ cache }: CallContext, { person, body }: Membership): string {
  return cache.names.of('retry', JSON.stringify([person, body.company_id]))
}

/** Attaches or detaches the contact; returns its id, or `undefined` if there is no such contact. */
async function updateMembership(context: CallContext, { person, isRemoved }: Membership, companyId: string) {
  const update = async (contactId: string | undefined) => {
    if (contactId !== undefined) await (isRemoved ? detachCompany : attachCompany)(context, contactId, companyId)
    return contactId
  }
  const found = await findPerson(context, person)
  try {
    return await update(found)
  } catch (thrown) {
    // A contact that the mapping names by Intercom's id cannot be searched by anything else.
    if (found === undefined || person.id !== undefined || !isContactMissing(thrown)) throw thrown
    context.cache.evictContact(found)
    context.contactSearch.clear()
    const again = await findPerson(context, person)
    return again === found ? undefined : update(again)
  }
}
