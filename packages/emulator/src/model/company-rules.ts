import { kept } from './contact-rules'
import type { Company, DataAttribute } from './entities'
import { CREATION_SOURCE_ID } from './ids'
import type { CompanyChange } from './validate'

/** The custom attribute in which Intercom stores how a company was created. */
export const CREATION_SOURCE = 'creation_source'

/** AIRB, HULL: the only custom attribute that needs no declaration; it appears with the first company made by the API. */
export const creationSource = (now: number): DataAttribute => ({
  id: CREATION_SOURCE_ID,
  name: CREATION_SOURCE,
  model: 'company',
  data_type: 'string',
  description: null,
  options: null,
  messenger_writable: true,
  archived: false,
  hasDependants: false,
  created_at: now,
  updated_at: now
})

/** A company without any data. */
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

/** Applies a write to a company. */
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
