import {
  buildCompany,
  buildEvent,
  buildIdentified,
  isAbsent,
  toFieldSource,
  toProof,
  toText,
  unnestCompany,
  unnestContact,
  unnestMetadata,
  withoutUndefined,
  type Loss,
  type Mapping
} from '@intercom-destinations/shared-mapping'
import { transform } from '@segment/actions-core/mapping-kit'
import { toMemberships, toSdkTime, type Memberships } from './company'
import type { MobileLoss } from './losses'
import type { EventMetadata, UserAttributes } from './sdk-types'

/** What the builders read of an event of the Segment client. */
export type SourceEvent = object

/** The proof of identity, for `setUserHash` and `setUserJwt`. */
export interface Proof {
  user_hash?: string
  intercom_user_jwt?: string
}

/** A person as an identify call describes them. */
export interface Person {
  userId: string | undefined
  proof: Proof
  attributes: Omit<UserAttributes, 'userId' | 'companies'>
  memberships: Memberships
}

export interface Built<T> {
  built: T
  losses: MobileLoss[]
}

/** Builds the person of an identify or alias call. */
export function buildPerson(event: SourceEvent, mapping: Mapping, collectContext: boolean): Built<Person> {
  const payload = transform(mapping, { ...event })
  const proofLosses: Loss[] = []
  const proof = toProof(payload, event, proofLosses)
  const { losses, ...contact } = buildIdentified(
    { ...payload, include_context: collectContext },
    { event, mapping, toInput: (input, sources, found) => unnestContact(input, payload.nested_values, sources, found) }
  )
  const { identity, custom, company, companies, isPartialName } = contact
  const { name, avatar, signed_up_at, phone, language_override, unsubscribed_from_emails } = contact.attributes
  const mobileLosses: MobileLoss[] = [...proofLosses, ...losses]
  if (isPartialName) mobileLosses.push({ path: 'name', reason: 'partial-name' })
  if (avatar !== undefined) mobileLosses.push({ path: 'avatar', reason: 'not-on-mobile' })
  const named = [
    ...(company ? [{ path: 'company', company }] : []),
    ...companies.map((one, index) => ({ path: `companies[${index}]`, company: one }))
  ]
  return {
    built: {
      userId: identity.kind === 'user' ? identity.external_id : undefined,
      proof,
      attributes: withoutUndefined({
        email: identity.kind === 'unidentified' ? undefined : identity.email,
        name: isPartialName ? undefined : name,
        phone,
        languageOverride: language_override,
        signedUpAt: toSdkTime(signed_up_at, 'signed_up_at', mobileLosses),
        unsubscribedFromEmails: unsubscribed_from_emails,
        customAttributes: Object.keys(custom).length === 0 ? undefined : custom
      }),
      memberships: toMemberships(named, mobileLosses)
    },
    losses: mobileLosses
  }
}

/** Builds the company of a group call. */
export function buildMemberships(event: SourceEvent, mapping: Mapping): Built<Memberships> {
  const payload = transform(mapping, { ...event })
  const source = toFieldSource(mapping, ['company', 'company_custom_traits'])
  const nestedLosses: Loss[] = []
  const single = unnestCompany(payload.company, payload.nested_values, source, nestedLosses)
  const { company, losses } = buildCompany(single, 'company', source)
  const mobileLosses: MobileLoss[] = [...nestedLosses, ...losses]
  return {
    built: toMemberships(company ? [{ path: 'company', company }] : [], mobileLosses),
    losses: mobileLosses
  }
}

export interface Activity {
  name: string
  metadata: EventMetadata | undefined
}

/** Builds the event of a track or screen call. `undefined` if it has no name. */
export function buildActivity(event: SourceEvent, mapping: Mapping): Built<Activity | undefined> {
  const { event_metadata, nested_values, ...fields } = transform(mapping, { ...event })
  const { isPicked } = toFieldSource(mapping, ['event_metadata'])
  const rules = { richLinks: [], isFlat: true, isPicked }
  const nestedLosses: Loss[] = []
  const single = unnestMetadata(event_metadata, nested_values, rules, nestedLosses)
  const { name, metadata, losses } = buildEvent({ ...fields, metadata: single }, rules)
  const mobileLosses: MobileLoss[] = [...nestedLosses, ...losses]
  if (name !== undefined && name.trim() !== '') {
    const flat = toFlat(metadata)
    const hasMetadata = Object.keys(flat).length > 0
    return { built: { name, metadata: hasMetadata ? flat : undefined }, losses: mobileLosses }
  }
  if (isAbsent(fields.event_name) || name !== undefined) mobileLosses.push({ path: 'event_name', reason: 'missing' })
  return { built: undefined, losses: mobileLosses }
}

/** The builder leaves single values only. This tells the compiler. */
function toFlat(metadata: ReturnType<typeof buildEvent>['metadata']): EventMetadata {
  const flat: EventMetadata = {}
  for (const [key, value] of Object.entries(metadata))
    if (typeof value !== 'object' || value === null) flat[key] = value
  return flat
}

/** The user id of an event as the Segment client set it. */
export function toUserId(event: { userId?: unknown }): string | undefined {
  return isAbsent(event.userId) ? undefined : toText(event.userId)
}
