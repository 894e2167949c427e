import type { ActionDefinition } from '@segment/actions-core'
import {
  asText,
  buildContact,
  contactFields,
  isAbsent,
  nestedFields,
  readOrLose,
  readTraits,
  toBoolean,
  toEmail,
  toFieldSource,
  toRecord,
  toText,
  unnestContact,
  withoutUndefined,
  type Loss
} from '@intercom-destinations/shared-mapping'
import { toUnknownAttributes } from '../attributes/attribute-writer'
import {
  findAttributeChoices,
  findOwnerChoices,
  findOwnerEmailChoices,
  findSubscriptionChoices,
  toDynamicField,
  withTagChoices
} from '../dynamic-fields'
import { toEventTime } from '../clock'
import { mergeCompanies, toCompanyWrite } from '../companies/memberships'
import { readAnonymousId } from '../contacts/anonymous-user'
import { toContactBody } from '../contacts/contact-body'
import { readVisitorId } from '../contacts/convert-visitor'
import { toSyncMode } from '../contacts/sync-mode'
import {
  active,
  anonymous_id,
  batch_size,
  context_attributes,
  convert_visitor,
  enable_batching,
  event_time,
  owner_email,
  subscriptions,
  sync_mode,
  tags_from_traits,
  tags_in_traits,
  tags_to_add,
  tags_to_remove,
  unchanged_values,
  unknown_attributes,
  use_anonymous_id,
  visitor_id
} from '../fields'
import type { Dependencies } from '../dependencies'
import { permanentError } from '../errors'
import type { Settings } from '../generated-types'
import { identify, mergeIdentifications, toContactKey, type Identification } from '../contacts/identify'
import type { PayloadOrigin } from '../batch/payload-origin'
import { toPerform, type BatchAction } from '../batch/perform-batch'
import type { CallContext } from '../state/call-context'
import { toUnchangedValues } from '../state/known-values'
import { toTimes } from '../state/stale-writes'
import { readConsents } from '../subscriptions/consents'
import { toTagRecords } from '../tags/tags'
import { readTags, withoutTagTraits } from '../tags/trait-tags'
import type { Payload } from './generated-types'

/** Creates or updates a user or a lead. */
export default function identifyContact(dependencies: Dependencies): ActionDefinition<Settings, Payload> {
  return {
    title: 'Identify Contact',
    description: 'Create or update a user or a lead in Intercom, with their companies and tags.',
    defaultSubscription: 'type = "identify"',
    syncMode: sync_mode,
    fields: {
      role: contactFields.role,
      external_id: contactFields.external_id,
      use_anonymous_id,
      anonymous_id,
      email: asText(contactFields.email),
      phone: asText(contactFields.phone),
      name: asText(contactFields.name),
      avatar: asText(contactFields.avatar),
      signed_up_at: asText(contactFields.created_at),
      last_seen_at: asText(contactFields.last_seen_at),
      owner_id: { ...asText(contactFields.owner_id), dynamic: true },
      owner_email,
      unsubscribed_from_emails: asText(contactFields.unsubscribed_from_emails),
      custom_attributes: { ...contactFields.custom_attributes, dynamic: true },
      nested_values: nestedFields.nested_values,
      company_traits: contactFields.company_traits,
      include_context: asText(contactFields.include_context),
      context_attributes,
      active,
      unknown_attributes,
      unchanged_values,
      tags_to_add,
      tags_to_remove,
      tags_from_traits,
      tags_in_traits,
      subscriptions,
      convert_visitor,
      visitor_id,
      enable_batching,
      batch_size,
      event_time
    },
    dynamicFields: withTagChoices(dependencies, {
      owner_id: toDynamicField(dependencies, findOwnerChoices),
      owner_email: toDynamicField(dependencies, findOwnerEmailChoices),
      custom_attributes: { __keys__: toDynamicField(dependencies, findAttributeChoices('contact')) },
      subscriptions: { __keys__: toDynamicField(dependencies, findSubscriptionChoices) }
    }),
    ...toPerform(dependencies, 'identifyContact', action)
  }
}

const action: BatchAction<Payload, Identification> = {
  read,
  toPersonKey: toContactKey,
  toContactKey,
  toRecords: (context, { tags, companies }) => [
    ...toTagRecords(context, tags),
    ...companies.filter(({ remove }) => remove).map(({ company_id }) => context.cache.names.of('company', company_id))
  ],
  prepare: (context, tasks) => {
    context.companies.prepare(
      tasks.flatMap(({ companies, unknown, unchanged, time }) =>
        companies
          .filter(({ remove }) => !remove)
          .map((company) => toCompanyWrite(company, { unknown, unchanged, ...withoutUndefined({ time }) }))
      )
    )
  },
  merge: mergeIdentifications,
  send: identify
}

function read(payload: Payload, { clock }: CallContext, { event, mapping }: PayloadOrigin): Identification {
  const { company, companies, ...unmapped } = toRecord(payload.company_traits) ?? {}
  const source = toFieldSource(mapping, ['custom_attributes'])
  const losses: Loss[] = []
  const traits = readTraits(losses, payload.custom_attributes, { event, mapping, source })
  const custom_attributes = withoutTagTraits(traits, payload, mapping)
  const sources = { custom_attributes: source }
  const anonymousId = payload.role === 'lead' ? undefined : readAnonymousId(losses, payload)
  const external_id = isAbsent(payload.external_id) ? anonymousId : payload.external_id
  const role = toRole(payload.role, external_id)
  const input = { ...payload, external_id, role, custom_attributes, company, companies }
  const built = buildContact(unnestContact(input, payload.nested_values, sources, losses), sources)
  const { identity, custom } = built
  // Without an identity every event would create a new contact.
  if (identity.kind === 'unidentified')
    throw permanentError(payload.role === 'lead' ? 'lead-without-email' : 'user-without-identity')
  losses.push(...built.losses)
  const tags = readTags(losses, payload)
  for (const key of Object.keys(unmapped)) losses.push({ path: `company_traits.${key}`, reason: 'no-field-reads-it' })
  const isActive = readOrLose(losses, 'active', payload.active, toBoolean, 'not-a-boolean') ?? true
  const { last_seen_at: _, ...withoutLastSeen } = built.attributes
  const body = toContactBody({ identity, attributes: isActive ? built.attributes : withoutLastSeen })
  const segmentUserId = identity.kind === 'lead' ? toText(payload.external_id) : undefined
  const ownerEmail = readOrLose(losses, 'owner_email', payload.owner_email, toEmail, 'not-an-email')
  const time = toEventTime(payload.event_time, clock)
  return {
    identity,
    body,
    isPartialName: built.isPartialName,
    custom,
    companies: mergeCompanies(built.company ? [built.company, ...built.companies] : built.companies),
    tags,
    consents: readConsents(losses, payload.subscriptions, time),
    unknown: toUnknownAttributes(payload.unknown_attributes),
    unchanged: toUnchangedValues(payload.unchanged_values),
    times: toTimes(body, custom, time),
    mode: toSyncMode(mapping),
    losses,
    ...withoutUndefined({
      time,
      ownerEmail,
      segmentUserId: isAbsent(segmentUserId) ? undefined : segmentUserId,
      // The user id takes its place.
      anonymousId: identity.kind === 'user' && identity.external_id !== anonymousId ? anonymousId : undefined,
      visitorId: readVisitorId(losses, payload)
    })
  }
}

/** `auto`: a user where there is an id for the External ID, else a lead. */
function toRole(role: string, external_id: string | undefined): string {
  if (role !== 'auto') return role
  return isAbsent(toText(external_id)) ? 'lead' : 'user'
}
