import { withoutUndefined, type Company, type CustomAttributes, type Loss } from '@intercom-destinations/shared-mapping'
import type { CompanyBody, IntercomApi } from './api'
import { AttributeWriter, type UnknownAttributes } from './attributes'
import { followMerged } from './contacts'
import { IntercomFailure } from './failure'

/** A company in the words of the REST API, custom attributes apart. */
export function toCompanyBody({ company_id, name, created_at, ...company }: Company): CompanyBody {
  const { plan, monthly_spend, size, website, industry } = company
  const rest = { remote_created_at: created_at, plan, monthly_spend, size, website, industry }
  return { company_id, name: name ?? company_id, ...withoutUndefined(rest) }
}

/** Stores the company; answers Intercom's id for it. */
export function upsertCompany(
  api: IntercomApi,
  body: CompanyBody,
  custom: CustomAttributes,
  attributes: AttributeWriter
): Promise<string> {
  return attributes.write(custom, (known) =>
    api.upsertCompany(known === undefined ? body : { ...body, custom_attributes: known })
  )
}

/** Stores each company and puts the person into it; takes the person out of one that says so. */
export async function attachCompanies(
  api: IntercomApi,
  contactId: string,
  companies: readonly Company[],
  unknown: UnknownAttributes,
  losses: Loss[]
): Promise<void> {
  for (const company of companies) {
    if (company.remove) {
      await detachCompany(api, contactId, company.company_id)
    } else {
      const attributes = new AttributeWriter(api, 'company', unknown, losses)
      const id = await upsertCompany(api, toCompanyBody(company), company.custom, attributes)
      await attachCompany(api, contactId, id)
    }
  }
}

/** Puts the person into the company. Repeating it changes nothing. */
export function attachCompany(api: IntercomApi, contactId: string, companyId: string): Promise<void> {
  return followMerged(contactId, (id) => api.attachCompany(id, companyId))
}

/** Takes the person out of a company known by the customer's id; a company that is not there has nobody in it. */
async function detachCompany(api: IntercomApi, contactId: string, company_id: string): Promise<void> {
  await unlessMissing(async () => {
    await detachFrom(api, contactId, await api.findCompany(company_id))
  })
}

/** Takes the person out of a company known by Intercom's id. */
export function detachFrom(api: IntercomApi, contactId: string, companyId: string): Promise<void> {
  return unlessMissing(() => followMerged(contactId, (id) => api.detachCompany(id, companyId)))
}

async function unlessMissing(call: () => Promise<void>): Promise<void> {
  try {
    await call()
  } catch (thrown) {
    if (!(thrown instanceof IntercomFailure && thrown.has(404))) throw thrown
  }
}
