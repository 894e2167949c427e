import type { EmulatorState } from '@intercom-destinations/emulator'
import type { Table, TableName, TableRow } from '../contract'
import { toIso } from './person'
import { toCompanyTitle, toPersonTitle } from './titles'

interface Kind {
  readonly columns: readonly string[]
  /** Oldest first; a row is made when somebody looks at it, because of thousands a page shows a hundred. */
  readonly rows: (state: EmulatorState) => readonly (() => TableRow)[]
}

const text = (value: string | number | null): string => (value === null ? '' : String(value))

/** Custom attributes in one cell, as `plan: pro · seats: 3`. */
const pairs = (values: object): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ')

const isActive = ({ status }: EmulatorState['contacts'][number]): boolean => status === 'active'

/** How often each id is there. */
function count(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

const KINDS: Readonly<Record<TableName, Kind>> = {
  contacts: {
    columns: ['Name', 'E-mail', 'External ID', 'Role', 'Companies', 'Custom attributes', 'Status'],
    rows: ({ contacts, companies }) => {
      const names = new Map(companies.map((company) => [company.id, toCompanyTitle(company)]))
      return contacts.map((contact) => () => ({
        id: contact.id,
        contactId: contact.id,
        cells: [
          text(contact.name),
          text(contact.email),
          // A lead's is Intercom's own, and tells nobody anything.
          contact.role === 'lead' ? '' : text(contact.external_id),
          contact.role,
          contact.companyIds.map((id) => names.get(id) ?? id).join(', '),
          pairs(contact.custom_attributes),
          contact.status
        ]
      }))
    }
  },
  companies: {
    columns: ['Name', 'Company ID', 'Plan', 'Size', 'Monthly spend', 'People', 'Custom attributes'],
    rows: ({ companies, contacts }) => {
      const people = count(contacts.filter(isActive).flatMap(({ companyIds }) => companyIds))
      return companies.map((company) => () => ({
        id: company.id,
        cells: [
          text(company.name),
          company.company_id,
          text(company.plan),
          text(company.size),
          text(company.monthly_spend),
          text(people.get(company.id) ?? 0),
          pairs(company.custom_attributes)
        ]
      }))
    }
  },
  events: {
    columns: ['Event', 'Person', 'Time', 'Metadata'],
    rows: ({ events, contacts }) => {
      const people = new Map(contacts.map((contact) => [contact.id, toPersonTitle(contact)]))
      return events.map(({ event_name, created_at, contactId, metadata }, index) => () => ({
        id: String(index),
        contactId,
        cells: [event_name, people.get(contactId) ?? contactId, text(toIso(created_at)), pairs(metadata)]
      }))
    }
  },
  tags: {
    columns: ['Tag', 'People', 'Companies'],
    rows: ({ tags, contacts, companies }) => {
      const people = count(contacts.flatMap((contact) => contact.tags.map(({ id }) => id)))
      const firms = count(companies.flatMap(({ tagIds }) => tagIds))
      return tags.map(({ id, name }) => () => ({
        id,
        cells: [name, text(people.get(id) ?? 0), text(firms.get(id) ?? 0)]
      }))
    }
  },
  attributes: {
    columns: ['Attribute', 'Of', 'Type', 'Choices', 'Status'],
    rows: ({ dataAttributes }) =>
      dataAttributes.map(({ id, name, model, data_type, options, archived }) => () => ({
        id: String(id),
        cells: [name, model, data_type, (options ?? []).join(', '), archived ? 'archived' : 'in use']
      }))
  }
}

const TABLE_NAMES: readonly TableName[] = ['contacts', 'companies', 'events', 'tags', 'attributes']

export const toTableName = (name: string): TableName | undefined => TABLE_NAMES.find((one) => one === name)

/** One of Intercom's tables, newest first. The search looks into every cell. */
export function toTable(
  name: TableName,
  state: EmulatorState,
  { search, limit }: { readonly search: string; readonly limit: number }
): Table {
  const { columns, rows } = KINDS[name]
  const all = [...rows(state)].reverse()
  const wanted = search.trim().toLowerCase()
  if (wanted === '') {
    return { name, columns, rows: all.slice(0, limit).map((row) => row()), found: all.length, total: all.length }
  }
  const found = all.map((row) => row()).filter(({ cells }) => cells.join('\n').toLowerCase().includes(wanted))
  return { name, columns, rows: found.slice(0, limit), found: found.length, total: all.length }
}

/** How much there is of everything. */
export const countHeld = (state: EmulatorState): Readonly<Record<TableName, number>> => ({
  contacts: state.contacts.length,
  companies: state.companies.length,
  events: state.events.length,
  tags: state.tags.length,
  attributes: state.dataAttributes.length
})
