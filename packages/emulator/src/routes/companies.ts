import { bodyOf, param, type Answer, type Call } from '../http/call'
import { blankCompany, CREATION_SOURCE, creationSource, withCompanyChange } from '../model/company-rules'
import { CREATION_SOURCE_ID } from '../model/ids'
import { activeContact } from '../model/contact-rules'
import type { Company } from '../model/entities'
import { companyNotFound, notEmulated, Refusal } from '../http/errors'
import { formatAttachedCompany, formatCompany, formatListedContact } from '../model/format'
import {
  ATTACHED_COMPANIES_PER_PAGE,
  COMPANIES_PER_CONTACT,
  COMPANIES_PER_CONTACT_REFUSED_FROM,
  COMPANY_LIST_PER_PAGE,
  COMPANY_LIST_PER_PAGE_MAX
} from '../model/limits'
import { numberedPage, readPerPage } from '../http/paging'
import { readCompany, readNewCompany } from '../model/validate'
import type { Workspace } from '../model/workspace'
import { ok, route } from './route'

export const knownCompany = (id: string, { store }: Workspace): Company => {
  const company = store.company(id)
  if (!company) throw companyNotFound()
  return company
}

/** NANGO, AIRB, HULL: a company created by the API has its creation source. */
const newCompany = (company_id: string, { store, ids, now }: Workspace): Company => {
  if (!store.attribute(CREATION_SOURCE_ID)) store.putAttribute(creationSource(now()))
  return { ...blankCompany(ids.company(), company_id, now()), custom_attributes: { [CREATION_SOURCE]: 'api' } }
}

const upsertCompany = (call: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const { company_id, change } = readNewCompany(bodyOf(call), workspace)
  const before = store.companyWithCompanyId(company_id) ?? newCompany(company_id, workspace)
  return ok(formatCompany(store.putCompany(withCompanyChange(before, change, now())), workspace))
}

const retrieveCompanies = ({ query, origin }: Call, workspace: Workspace): Answer => {
  const { store } = workspace
  const companyId = query.get('company_id')
  const name = query.get('name')
  if (companyId !== null || name !== null) {
    const found =
      companyId === null
        ? store.companies.find((company) => company.name === name)
        : store.companyWithCompanyId(companyId)
    if (!found) throw companyNotFound()
    return ok(formatCompany(found, workspace))
  }
  if (query.has('segment_id')) throw notEmulated('GET /companies?segment_id=')
  const tagId = query.get('tag_id')
  const companies = store.companies.filter(({ tagIds }) => tagId === null || tagIds.includes(tagId))
  const perPage = readPerPage(query.get('per_page'), COMPANY_LIST_PER_PAGE, COMPANY_LIST_PER_PAGE_MAX)
  const page = numberedPage(companies, perPage, query.get('page'), `${origin}/companies`)
  return ok({ type: 'list', ...page, data: page.data.map((company) => formatCompany(company, workspace)) })
}

const getCompany = (call: Call, workspace: Workspace): Answer =>
  ok(formatCompany(knownCompany(param(call, 'id'), workspace), workspace))

const updateCompany = (call: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const company = knownCompany(param(call, 'id'), workspace)
  const change = readCompany(bodyOf(call), workspace)
  return ok(formatCompany(store.putCompany(withCompanyChange(company, change, now())), workspace))
}

const deleteCompany = (call: Call, workspace: Workspace): Answer => {
  const company = knownCompany(param(call, 'id'), workspace)
  workspace.store.removeCompany(company)
  return ok({ id: company.id, object: 'company', deleted: true })
}

const attachCompany = (call: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const { id } = bodyOf(call)
  if (typeof id !== 'string' || id === '') throw new Refusal(400, 'parameter_not_found', 'company not specified')
  const company = knownCompany(id, workspace)
  // UNV: attaching an attached company is answered like the first time.
  if (!contact.companyIds.includes(company.id)) {
    if (contact.companyIds.length >= COMPANIES_PER_CONTACT) {
      if (now() < COMPANIES_PER_CONTACT_REFUSED_FROM) return ok(formatAttachedCompany(company, workspace))
      const message = `Contact has reached the maximum of ${COMPANIES_PER_CONTACT} company associations`
      throw new Refusal(400, 'contact_company_limit_exceeded', message)
    }
    store.putContact({ ...contact, companyIds: [...contact.companyIds, company.id], updated_at: now() })
  }
  return ok(formatAttachedCompany(company, workspace))
}

const detachCompany = (call: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const company = knownCompany(param(call, 'company_id'), workspace)
  // GUESS: a company that is not attached is not found.
  if (!contact.companyIds.includes(company.id)) throw companyNotFound()
  const companyIds = contact.companyIds.filter((id) => id !== company.id)
  store.putContact({ ...contact, companyIds, updated_at: now() })
  return ok(formatAttachedCompany(company, workspace))
}

const listAttachedCompanies = (call: Call, workspace: Workspace): Answer => {
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const companies = contact.companyIds.flatMap((id) => workspace.store.company(id) ?? [])
  const perPage = readPerPage(call.query.get('per_page'), ATTACHED_COMPANIES_PER_PAGE)
  const page = numberedPage(
    companies,
    perPage,
    call.query.get('page'),
    `${call.origin}/contacts/${contact.id}/companies`
  )
  return ok({ type: 'list', ...page, data: page.data.map((company) => formatCompany(company, workspace)) })
}

const listCompanyContacts = (call: Call, workspace: Workspace): Answer => {
  const company = knownCompany(param(call, 'id'), workspace)
  const contacts = workspace.store.contactsOfCompany(company.id).filter(({ status }) => status === 'active')
  const perPage = readPerPage(call.query.get('per_page'), ATTACHED_COMPANIES_PER_PAGE)
  const link = `${call.origin}/companies/${company.id}/contacts`
  const { data, total_count, pages } = numberedPage(contacts, perPage, call.query.get('page'), link)
  const { next, ...lastPage } = pages
  return ok({
    type: 'list',
    data: data.map((contact) => formatListedContact(contact, workspace)),
    total_count,
    // NANGO: the last page has no `next`.
    pages: next === null ? lastPage : pages
  })
}

/** Segments are created in Intercom's own pages; here no company is in one. */
const listCompanySegments = (call: Call, workspace: Workspace): Answer => {
  knownCompany(param(call, 'id'), workspace)
  return ok({ type: 'list', data: [] })
}

export const companyRoutes = [
  route('POST /companies', upsertCompany),
  route('GET /companies', retrieveCompanies),
  route('GET /companies/{id}', getCompany),
  route('PUT /companies/{id}', updateCompany),
  route('DELETE /companies/{id}', deleteCompany),
  route('GET /companies/{id}/contacts', listCompanyContacts),
  route('GET /companies/{id}/segments', listCompanySegments),
  route('POST /contacts/{id}/companies', attachCompany),
  route('GET /contacts/{id}/companies', listAttachedCompanies),
  route('DELETE /contacts/{id}/companies/{company_id}', detachCompany)
]
