import type { JSONObject } from '@segment/actions-core'
import type { Emulator, Seed } from '@intercom-destinations/emulator'
import type { OPERATIONS } from '../client/operations'
import type { EventPiece } from './workspace'

/** What makes the destination call one operation, and what the workspace holds when it was done. */
export interface Errand {
  /** What was there before. */
  seed?: Seed
  /** Events that are delivered first, without trouble. */
  before?: EventPiece[]
  /** What people do in Intercom then. */
  meanwhile?: (emulator: Emulator) => Promise<void>
  event: EventPiece | 'erase u1' | 'check the connection' | 'offer owners'
  mapping?: JSONObject
  holds: string[]
}

const ADA = 'ada@example.com'
const ada = { email: ADA, name: 'Ada' }
const identify = { type: 'identify', userId: 'u1', traits: ada } as const
const group: EventPiece = { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme' } }
const user = { role: 'user', external_id: 'u1', email: ADA } as const
const inAcme = {
  contacts: [user],
  companies: [{ company_id: 'c1', name: 'Acme' }],
  attachments: [{ contact: 'u1', company: 'c1' }]
}

/** One for each operation; a new one cannot be forgotten, because then this table has a hole. */
export const ERRANDS: Readonly<Record<keyof typeof OPERATIONS, Errand>> = {
  findMe: { event: 'check the connection', holds: [] },
  findAdmins: { event: 'offer owners', holds: [] },

  createContact: { event: identify, holds: [`user u1 ${ADA} Ada`] },
  updateContact: { seed: { contacts: [user] }, event: identify, holds: [`user u1 ${ADA} Ada`] },
  searchContacts: {
    seed: { contacts: [{ role: 'user', email: ADA }] },
    event: { ...identify, userId: undefined },
    holds: [`user - ${ADA} Ada`]
  },
  findContactByExternalId: {
    seed: { contacts: [user] },
    event: group,
    holds: [`user u1 ${ADA} - in c1`, 'company c1 Acme']
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
    holds: [`user u1 ${ADA} Ada`]
  },
  mergeContacts: {
    seed: { contacts: [user, { role: 'lead', email: ADA }] },
    event: identify,
    holds: [`user u1 ${ADA} Ada`]
  },
  unarchiveContact: {
    seed: { contacts: [{ role: 'user', external_id: 'u1', status: 'archived' }] },
    event: { type: 'identify', userId: 'u1', traits: { name: 'Ada' } },
    holds: ['user u1 - Ada']
  },
  deleteContact: { seed: { contacts: [user] }, event: 'erase u1', holds: [] },

  upsertCompany: {
    seed: { contacts: [user] },
    before: [identify],
    event: group,
    holds: [`user u1 ${ADA} Ada in c1`, 'company c1 Acme']
  },
  attachCompany: {
    seed: { contacts: [user], companies: [{ company_id: 'c1', name: 'Acme' }] },
    event: group,
    holds: [`user u1 ${ADA} - in c1`, 'company c1 Acme']
  },
  findCompany: {
    seed: inAcme,
    event: { ...identify, traits: { companies: [{ id: 'c1', remove: true }] } },
    holds: [`user u1 ${ADA} -`, 'company c1 Acme']
  },
  detachCompany: {
    seed: inAcme,
    event: { ...identify, traits: { companies: [{ id: 'c1', remove: true }] } },
    holds: [`user u1 ${ADA} -`, 'company c1 Acme']
  },

  submitEvent: {
    seed: { contacts: [user] },
    event: { type: 'track', userId: 'u1', event: 'Paid', properties: { plan: 'pro' } },
    holds: [`user u1 ${ADA} -`, 'event Paid of u1 {"plan":"pro"}']
  },

  upsertTag: { event: identify, mapping: { tags_to_add: ['vip'] }, holds: [`user u1 ${ADA} Ada tagged vip`] },
  attachTag: { event: identify, mapping: { tags_to_add: ['vip'] }, holds: [`user u1 ${ADA} Ada tagged vip`] },
  findTags: {
    seed: { contacts: [{ ...user, tags: ['vip'] }] },
    event: identify,
    mapping: { tags_to_remove: ['vip'] },
    holds: [`user u1 ${ADA} Ada`]
  },
  detachTag: {
    seed: { contacts: [{ ...user, tags: ['vip'] }] },
    event: identify,
    mapping: { tags_to_remove: ['vip'] },
    holds: [`user u1 ${ADA} Ada`]
  },
  attachCompanyTag: {
    seed: { contacts: [user] },
    event: group,
    mapping: { tags_to_add: ['paying'] },
    holds: [`user u1 ${ADA} - in c1`, 'company c1 Acme tagged paying']
  },
  detachCompanyTag: {
    seed: { contacts: [user], companies: [{ company_id: 'c1', name: 'Acme', tags: ['paying'] }] },
    event: group,
    mapping: { tags_to_remove: ['paying'] },
    holds: [`user u1 ${ADA} - in c1`, 'company c1 Acme']
  },

  findAttributes: {
    event: { ...identify, traits: { ...ada, team: 'blue', unheard_of: 'x' } },
    holds: [`user u1 ${ADA} Ada {"team":"blue"}`]
  },
  createAttribute: {
    event: { ...identify, traits: { ...ada, team: 'blue', unheard_of: 'x' } },
    mapping: { unknown_attributes: 'create' },
    holds: [`user u1 ${ADA} Ada {"team":"blue","unheard_of":"x"}`]
  }
}

/** What a workspace holds, a line for each contact, company and event. */
export function toHoldings({ state }: Emulator): string[] {
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
        toValues(one.custom_attributes) +
        (one.status === 'active' ? '' : ` ${one.status}`)
    ),
    ...state.companies.map(
      (one) => `company ${one.company_id} ${one.name ?? '-'}${toList('tagged', one.tagIds.map(tagOf))}`
    ),
    ...state.events.map((one) => `event ${one.event_name} of ${nameOf(one.contactId)}${toValues(one.metadata)}`)
  ]
}
