import type { InputField } from '@segment/actions-core'
import { firstOf, path } from '../input-field'

export const company_id = {
  label: 'Company ID',
  description: 'Your own id for the company. Intercom never lets it change.',
  type: 'string',
  required: true,
  default: path('$.groupId')
} as const satisfies InputField

export const company_name = {
  label: 'Company Name',
  description: 'The name of the company. If it is missing, a company that has a name keeps it.',
  type: 'string',
  default: path('$.traits.name')
} as const satisfies InputField

export const company_created_at = {
  label: 'Company Created At',
  description: 'When the company became your customer: ISO 8601 (UTC if no zone is given) or Unix seconds.',
  type: 'datetime',
  default: createdAt('$.traits')
} as const satisfies InputField

export const plan = {
  label: 'Company Plan',
  description: 'The plan that the company is on.',
  type: 'string',
  default: path('$.traits.plan')
} as const satisfies InputField

export const monthly_spend = {
  label: 'Monthly Spend',
  description: 'How much the company pays you a month. Intercom keeps whole numbers, so fractions are rounded.',
  type: 'number',
  default: monthlySpend('$.traits')
} as const satisfies InputField

export const size = {
  label: 'Company Size',
  description: 'How many people work there: one whole number, not a range.',
  type: 'number',
  default: employees('$.traits')
} as const satisfies InputField

export const website = {
  label: 'Company Website',
  description: "The company's web site.",
  type: 'string',
  default: path('$.traits.website')
} as const satisfies InputField

export const industry = {
  label: 'Company Industry',
  description: 'The industry that the company works in.',
  type: 'string',
  default: path('$.traits.industry')
} as const satisfies InputField

export const company_custom_attributes = {
  label: 'Company Custom Attributes',
  description:
    'Everything else that is known about the company: texts, numbers, true or false. From a whole object such as `$.traits`, values that have their own field are removed; a name that you map yourself is stored under that name.',
  type: 'object',
  defaultObjectUI: 'keyvalue',
  default: path('$.traits')
} as const satisfies InputField

/** The sub-fields of a company in the web half. `companyDefaults` contains their defaults. */
export const companyProperties = {
  company_id: { label: company_id.label, description: company_id.description, type: 'string', required: true },
  name: { label: company_name.label, description: company_name.description, type: 'string', required: true },
  created_at: { label: company_created_at.label, description: company_created_at.description, type: 'datetime' },
  plan: { label: plan.label, description: plan.description, type: 'string' },
  monthly_spend: { label: monthly_spend.label, description: monthly_spend.description, type: 'integer' },
  size: { label: size.label, description: size.description, type: 'integer' },
  website: { label: website.label, description: website.description, type: 'string' },
  industry: { label: industry.label, description: industry.description, type: 'string' },
  company_custom_traits: {
    label: 'Company Custom Traits',
    description: company_custom_attributes.description,
    type: 'object',
    defaultObjectUI: 'keyvalue'
  },
  remove: {
    label: 'Remove',
    description: 'If true, the person is detached from this company.',
    type: 'boolean'
  }
} as const satisfies InputField['properties']

/**
 * The default mapping of a company from the traits at `root`. The id falls back to the whole value, for a company that is
 * sent as text: then id and custom traits are the same text, which `buildCompany` reads as a name.
 */
export function companyDefaults(root: '$' | '$.traits.company') {
  return {
    company_id: firstOf(`${root}.id`, `${root}.company_id`, `${root}.companyId`, root === '$' ? '$.' : root),
    ...companyTraitDefaults(root),
    company_custom_traits: path(root === '$' ? '$.' : root),
    remove: path(`${root}.remove`)
  }
}

/** The default mapping of a company from a group call. */
export const groupDefaults = {
  company_id: path('$.groupId'),
  ...companyTraitDefaults('$.traits'),
  company_custom_traits: path('$.traits'),
  remove: path('$.traits.remove')
}

function companyTraitDefaults(root: string) {
  return {
    name: path(`${root}.name`),
    created_at: createdAt(root),
    plan: path(`${root}.plan`),
    size: employees(root),
    website: path(`${root}.website`),
    industry: path(`${root}.industry`),
    monthly_spend: monthlySpend(root)
  }
}

function createdAt(root: string) {
  return firstOf(`${root}.createdAt`, `${root}.created_at`, `${root}.created`, `${root}.remoteCreatedAt`)
}

function monthlySpend(root: string) {
  return firstOf(`${root}.monthly_spend`, `${root}.monthlySpend`)
}

function employees(root: string) {
  return firstOf(`${root}.employees`, `${root}.employee_count`, `${root}.size`)
}

/** The company of a group call, in the web half. */
export const group_company = {
  label: 'Company',
  description: 'The company that the group call is about.',
  type: 'object',
  required: true,
  properties: companyProperties,
  default: groupDefaults
} satisfies InputField
