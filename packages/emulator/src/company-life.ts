import { kept } from './contact-life'
import type { Company } from './entities'
import type { CompanyChange } from './validate'

/** A company nobody has said anything about yet. */
export const blankCompany = (id: string, company_id: string, now: number): Company => ({
  id,
  company_id,
  name: null,
  plan: null,
  size: null,
  website: null,
  industry: null,
  monthly_spend: 0,
  remote_created_at: null,
  created_at: now,
  updated_at: now,
  last_request_at: null,
  custom_attributes: {},
  tagIds: []
})

/** What a write changes. */
export const withCompanyChange = (company: Company, change: CompanyChange, now: number): Company => ({
  ...company,
  name: kept(change.name, company.name),
  plan: kept(change.plan, company.plan),
  size: kept(change.size, company.size),
  website: kept(change.website, company.website),
  industry: kept(change.industry, company.industry),
  monthly_spend: kept(change.monthly_spend, company.monthly_spend) ?? 0,
  remote_created_at: kept(change.remote_created_at, company.remote_created_at),
  last_request_at: change.update_last_request_at ? now : company.last_request_at,
  custom_attributes: { ...company.custom_attributes, ...change.custom_attributes },
  updated_at: now
})
