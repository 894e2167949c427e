import type { EmulatorState } from '@intercom-destinations/emulator'
import type { Company, ShownAttribute } from '../../contract'
import { toIso } from '../iso-time'
import { toCompanyTitle, toPersonTitle } from './titles'

const PEOPLE_SHOWN = 200

/** Everything about one company; `undefined` for an unknown id of Intercom's. */
export function toCompany(id: string, { companies, contacts, tags }: EmulatorState): Company | undefined {
  const company = companies.find((one) => one.id === id)
  if (!company) return undefined
  const people = contacts.filter(({ companyIds, status }) => status === 'active' && companyIds.includes(id))
  return {
    id,
    title: toCompanyTitle(company),
    attributes: [
      ...toStandardAttributes(company),
      ...Object.entries(company.custom_attributes).map(([name, value]) => ({ name, value, custom: true }))
    ],
    tags: company.tagIds.flatMap((tagId) => tags.find((tag) => tag.id === tagId)?.name ?? []),
    people: people
      .slice(0, PEOPLE_SHOWN)
      .map((person) => ({ id: person.id, title: toPersonTitle(person), email: person.email ?? '' })),
    peopleCount: people.length
  }
}

function toStandardAttributes(company: EmulatorState['companies'][number]): ShownAttribute[] {
  const { company_id, name, plan, size, website, industry, monthly_spend } = company
  const values = {
    ...{ company_id, name, plan, size, website, industry, monthly_spend },
    remote_created_at: toIso(company.remote_created_at),
    created_at: toIso(company.created_at),
    last_request_at: toIso(company.last_request_at)
  }
  return Object.entries(values).flatMap(([key, value]) =>
    value === null || value === '' ? [] : [{ name: key, value, custom: false }]
  )
}
