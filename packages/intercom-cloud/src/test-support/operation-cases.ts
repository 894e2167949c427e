import type { JSONObject } from '@segment/actions-core'
import type { Emulator, Seed } from '@intercom-destinations/emulator'
import type { OPERATIONS } from '../client/operations'
import type { EventPiece } from './workspace'

/** An event that makes the destination call one operation, and the contents of the workspace afterwards. */
export interface OperationCase {
  /** The workspace before. */
  seed?: Seed
  /** Events that are delivered first, without a fault. */
  before?: EventPiece[]
  /** What changes in Intercom after that. */
  meanwhile?: (emulator: Emulator) => Promise<void>
  event: EventPiece | 'erase u1' | 'check the connection' | 'offer owners'
  mapping?: JSONObject
  /** An action without a preset, which takes the event with this mapping. */
  action?: { name: string; mapping: JSONObject }
  /** One line for each contact, company and event, see `toContents`. */
  contents: string[]
}

const ADA = 'ada@example.com'
const ada = { email: ADA, name: 'Ada' }
const identify = { type: 'identify', userId: 'u1', traits: ada } as const
const NEWS = { id: 'n1', name: 'Newsletter', consent_type: 'opt_out' } as const
const group: EventPiece = { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme' } }
const user = { role: 'user', external_id: 'u1', email: ADA } as const
const inAcme = {
  contacts: [user],
  companies: [{ company_id: 'c1', name: 'Acme' }],
  attachments: [{ contact: 'u1', company: 'c1' }]
}

/** A case for each operation. The type requires one for a new operation. */
export const OPERATION_CASES: Readonly<Record<keyof typeof OPERATIONS, OperationCase>> = {
  findMe: { event: 'check the connection', contents: [] },
  findAdmins: { event: 'offer owners', contents: [] },

  createContact: { event: identify, contents: [`user u1 ${ADA} Ada`] },
  updateContact: { seed: { contacts: [user] }, event: identify, contents: [`user u1 ${ADA} Ada`] },
  searchContacts: {
    seed: { contacts: [{ role: 'user', email: ADA }] },
    event: { ...identify, userId: undefined },
    contents: [`user - ${ADA} Ada`]
  },
  findContactByExternalId: {
    seed: { contacts: [user] },
    event: group,
    contents: [`user u1 ${ADA} - in c1`, 'company c1 Acme']
  },
  findContact: {
    before: [{ type: 'identify', traits: { email: ADA } }],
    meanwhile: async (emulator) => {
      emulator.seed({ contacts: [{ ...user, id: '65a000000000000000000001' }] })
      const from = emulator.state.contacts.find(({ external_id }) => external_id !== 'u1')?.id
      await emulator.fetch('https://api.intercom.io/contacts/merge', {
        method: 'POST',
        headers: { authorization: 'Bearer x', 'intercom-version': '2.16', 'content-type': 'application/json' },
        body: JSON.stringify({ from, into: '65a000000000000000000001', skip_duplicate_validation: true })
      })
    },
    event: { ...identify, userId: undefined },
    mapping: { role: 'lead' },
    contents: [`user u1 ${ADA} Ada`]
  },
  convertVisitor: {
    seed: { contacts: [user], visitors: [{ user_id: 'v1', phone: '+49 30 1234' }] },
    event: { ...identify, context: { intercom: { visitor_id: 'v1' } } },
    mapping: { convert_visitor: 'true' },
    contents: [`user u1 ${ADA} Ada`]
  },
  mergeContacts: {
    seed: { contacts: [user, { role: 'lead', email: ADA }] },
    event: identify,
    contents: [`user u1 ${ADA} Ada`]
  },
  unarchiveContact: {
    seed: { contacts: [{ role: 'user', external_id: 'u1', status: 'archived' }] },
    event: { type: 'identify', userId: 'u1', traits: { name: 'Ada' } },
    contents: ['user u1 - Ada']
  },
  archiveContact: {
    seed: { contacts: [user] },
    event: identify,
    action: { name: 'archiveContact', mapping: { external_id: 'u1' } },
    contents: [`user u1 ${ADA} - archived`]
  },
  deleteContact: { seed: { contacts: [user] }, event: 'erase u1', contents: [] },

  upsertCompany: {
    seed: { contacts: [user] },
    before: [identify],
    event: group,
    contents: [`user u1 ${ADA} Ada in c1`, 'company c1 Acme']
  },
  attachCompany: {
    seed: { contacts: [user], companies: [{ company_id: 'c1', name: 'Acme' }] },
    event: group,
    contents: [`user u1 ${ADA} - in c1`, 'company c1 Acme']
  },
  findCompany: {
    seed: inAcme,
    event: { ...identify, traits: { companies: [{ id: 'c1', remove: true }] } },
    contents: [`user u1 ${ADA} -`, 'company c1 Acme']
  },
  detachCompany: {
    seed: inAcme,
    event: { ...identify, traits: { companies: [{ id: 'c1', remove: true }] } },
    contents: [`user u1 ${ADA} -`, 'company c1 Acme']
  },

  submitEvent: {
    seed: { contacts: [user] },
    event: { type: 'track', userId: 'u1', event: 'Paid', properties: { plan: 'pro' } },
    contents: [`user u1 ${ADA} -`, 'event Paid of u1 {"plan":"pro"}']
  },

  upsertTag: { event: identify, mapping: { tags_to_add: ['vip'] }, contents: [`user u1 ${ADA} Ada tagged vip`] },
  attachTag: { event: identify, mapping: { tags_to_add: ['vip'] }, contents: [`user u1 ${ADA} Ada tagged vip`] },
  findTags: {
    seed: { contacts: [{ ...user, tags: ['vip'] }] },
    event: identify,
    mapping: { tags_to_remove: ['vip'] },
    contents: [`user u1 ${ADA} Ada`]
  },
  detachTag: {
    seed: { contacts: [{ ...user, tags: ['vip'] }] },
    event: identify,
    mapping: { tags_to_remove: ['vip'] },
    contents: [`user u1 ${ADA} Ada`]
  },
  attachCompanyTag: {
    seed: { contacts: [user] },
    event: group,
    mapping: { tags_to_add: ['paying'] },
    contents: [`user u1 ${ADA} - in c1`, 'company c1 Acme tagged paying']
  },
  detachCompanyTag: {
    seed: { contacts: [user], companies: [{ company_id: 'c1', name: 'Acme', tags: ['paying'] }] },
    event: group,
    mapping: { tags_to_remove: ['paying'] },
    contents: [`user u1 ${ADA} - in c1`, 'company c1 Acme']
  },
  tagContacts: {
    seed: { contacts: [user] },
    event: identify,
    action: { name: 'audienceToTag', mapping: { external_id: 'u1', tag_name: 'vip', membership: 'true' } },
    contents: [`user u1 ${ADA} - tagged vip`]
  },
  untagContacts: {
    seed: { contacts: [{ ...user, tags: ['vip'] }] },
    event: identify,
    action: { name: 'audienceToTag', mapping: { external_id: 'u1', tag_name: 'vip', membership: 'false' } },
    contents: [`user u1 ${ADA} -`]
  },

  findSubscriptionTypes: {
    seed: { contacts: [user], subscriptionTypes: [NEWS] },
    event: identify,
    mapping: { subscriptions: { Newsletter: 'opt_out' } },
    contents: [`user u1 ${ADA} Ada opt_out n1`]
  },
  attachSubscription: {
    seed: { contacts: [user], subscriptionTypes: [NEWS] },
    event: identify,
    mapping: { subscriptions: { n1: 'opt_out' } },
    contents: [`user u1 ${ADA} Ada opt_out n1`]
  },
  detachSubscription: {
    seed: { contacts: [user], subscriptionTypes: [NEWS] },
    before: [{ ...identify, context: { consent: 'opt_out' } }],
    event: { ...identify, context: { consent: 'opt_in' } },
    mapping: { subscriptions: { n1: { '@path': '$.context.consent' } } },
    contents: [`user u1 ${ADA} Ada`]
  },

  findAttributes: {
    event: { ...identify, traits: { ...ada, team: 'blue', unheard_of: 'x' } },
    contents: [`user u1 ${ADA} Ada {"team":"blue"}`]
  },
  createAttribute: {
    event: { ...identify, traits: { ...ada, team: 'blue', unheard_of: 'x' } },
    mapping: { unknown_attributes: 'create' },
    contents: [`user u1 ${ADA} Ada {"team":"blue","unheard_of":"x"}`]
  }
}

/** The contents of a workspace, one line for each contact, company and event. */
export function toContents({ state }: Emulator): string[] {
  const live = state.contacts.filter(({ status }) => status === 'active' || status === 'archived')
  const companyOf = (id: string) => state.companies.find((one) => one.id === id)?.company_id ?? '?'
  const tagOf = (id: string) => state.tags.find((one) => one.id === id)?.name ?? '?'
  const nameOf = (id: string) => state.contacts.find((one) => one.id === id)?.external_id ?? '?'
  const toList = (word: string, names: string[]) => (names.length === 0 ? '' : ` ${word} ${names.join(',')}`)
  const toValues = (values: object) => (Object.keys(values).length === 0 ? '' : ` ${JSON.stringify(values)}`)
  return [
    ...live.map(
      (one) =>
        `${one.role} ${(one.role === 'user' ? one.external_id : null) ?? '-'} ${one.email ?? '-'} ${one.name ?? '-'}` +
        toList('in', one.companyIds.map(companyOf)) +
        toList(
          'tagged',
          one.tags.map(({ id }) => tagOf(id))
        ) +
        one.subscriptions.map(({ id, consent_type }) => ` ${consent_type} ${id}`).join('') +
        toValues(one.custom_attributes) +
        (one.status === 'active' ? '' : ` ${one.status}`)
    ),
    ...state.visitors.map(({ user_id }) => `visitor ${user_id}`),
    ...state.companies.map(
      (one) => `company ${one.company_id} ${one.name ?? '-'}${toList('tagged', one.tagIds.map(tagOf))}`
    ),
    ...state.events.map((one) => `event ${one.event_name} of ${nameOf(one.contactId)}${toValues(one.metadata)}`)
  ]
}
