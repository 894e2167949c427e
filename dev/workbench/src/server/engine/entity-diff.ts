import type {
  Company,
  Contact,
  DataAttribute,
  DataEvent,
  EmulatorState,
  Tag,
  Visitor
} from '@intercom-destinations/emulator'
import type { Held, HeldValue, Json, JsonObject } from '../../contract'
import { toCompanyTitle, toPersonTitle, toVisitorTitle } from '../api/titles'
import { toIso } from '../iso-time'
import { isJson } from './json'
import type { AffectedEntity } from './affected-entities'

/** Names for Intercom's ids. */
interface Names {
  readonly company: (id: string) => string
  readonly tag: (id: string) => string
}

/** What an event affected, for display: every value by its name, and whether the event changed it. */
export function toEntityDiffs(touched: readonly AffectedEntity[], state: EmulatorState): Held[] {
  const { companies, tags } = state
  const names: Names = {
    company: (id) => {
      const found = companies.find((company) => company.id === id)
      return found ? toCompanyTitle(found) : id
    },
    tag: (id) => tags.find((tag) => tag.id === id)?.name ?? id
  }
  return touched.map((one) => toHeldOne(one, names))
}

function toHeldOne(touched: AffectedEntity, names: Names): Held {
  const { kind, id, before, after } = touched
  const values = toValues(toText(touched, 'before', names), toText(touched, 'after', names))
  const isGone = after === undefined || ('status' in after && (after.status === 'deleted' || after.status === 'merged'))
  return {
    kind,
    id,
    title: toTitle(touched),
    isNew: before === undefined,
    isGone: isGone && before !== undefined,
    values
  }
}

function toTitle(touched: AffectedEntity): string {
  switch (touched.kind) {
    case 'contact': {
      const contact = touched.after ?? touched.before
      return contact ? toPersonTitle(contact) : touched.id
    }
    case 'company': {
      const company = touched.after ?? touched.before
      return company ? toCompanyTitle(company) : touched.id
    }
    case 'visitor':
      return toVisitorTitle(touched.after ?? touched.before ?? { user_id: touched.id, name: null })
    case 'event':
      return (touched.after ?? touched.before)?.event_name ?? touched.id
    case 'tag':
    case 'attribute':
      return (touched.after ?? touched.before)?.name ?? touched.id
  }
}

function toText(touched: AffectedEntity, when: 'before' | 'after', names: Names): JsonObject {
  switch (touched.kind) {
    case 'contact':
      return touched[when] ? contactValues(touched[when], names) : {}
    case 'company':
      return touched[when] ? companyValues(touched[when], names) : {}
    case 'event':
      return touched[when] ? eventValues(touched[when]) : {}
    case 'tag':
      return touched[when] ? tagValues(touched[when]) : {}
    case 'visitor':
      return touched[when] ? visitorValues(touched[when]) : {}
    case 'attribute':
      return touched[when] ? attributeValues(touched[when]) : {}
  }
}

const contactValues = (contact: Contact, names: Names): JsonObject => ({
  name: contact.name,
  email: contact.email,
  phone: contact.phone,
  external_id: contact.external_id,
  role: contact.role,
  avatar: contact.avatar,
  owner_id: contact.owner_id,
  signed_up_at: toIso(contact.signed_up_at),
  last_seen_at: toIso(contact.last_seen_at),
  unsubscribed_from_emails: contact.unsubscribed_from_emails || null,
  status: contact.status === 'active' ? null : contact.status,
  companies: toList(contact.companyIds.map(names.company)),
  tags: toList(contact.tags.map(({ id }) => names.tag(id))),
  ...flat('custom_attributes', contact.custom_attributes)
})

const visitorValues = ({ user_id, name, phone, custom_attributes }: Visitor): JsonObject => ({
  ...{ user_id, name, phone, role: 'visitor' },
  ...flat('custom_attributes', custom_attributes)
})

const companyValues = (company: Company, names: Names): JsonObject => ({
  name: company.name,
  company_id: company.company_id,
  plan: company.plan,
  monthly_spend: company.monthly_spend || null,
  size: company.size,
  website: company.website,
  industry: company.industry,
  remote_created_at: toIso(company.remote_created_at),
  last_request_at: toIso(company.last_request_at),
  tags: toList(company.tagIds.map(names.tag)),
  ...flat('custom_attributes', company.custom_attributes)
})

const eventValues = ({ event_name, created_at, metadata, ignoredKeys, duplicates }: DataEvent): JsonObject => ({
  event_name,
  created_at: toIso(created_at),
  ...flat('metadata', metadata),
  ignored_keys: toList(ignoredKeys),
  sent_again: duplicates || null
})

const tagValues = ({ name }: Tag): JsonObject => ({ name })

const attributeValues = ({ name, model, data_type, archived }: DataAttribute): JsonObject => ({
  name,
  model,
  data_type,
  archived: archived || null
})

const toList = (names: readonly string[]): Json => (names.length === 0 ? null : [...names])

const flat = (prefix: string, attributes: Readonly<Record<string, unknown>>): JsonObject =>
  Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [`${prefix}.${key}`, isJson(value) ? value : null])
  )

/** Values that are unset both before and after are left out. */
function toValues(before: JsonObject, after: JsonObject): HeldValue[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)])
  const isNew = Object.keys(before).length === 0
  return [...names].flatMap((name): HeldValue[] => {
    const [then, now] = [before[name] ?? null, after[name] ?? null]
    if (then === null && now === null) return []
    const changed = JSON.stringify(then) !== JSON.stringify(now)
    return [{ name, value: now, changed, ...(changed && !isNew ? { before: then } : {}) }]
  })
}
