import type { Answer, Call } from '../http/call'
import type { Company } from '../model/entities'
import { parameterInvalid, Refusal } from '../http/errors'
import { formatCompany } from '../model/format'
import { COMPANY_LIST_PER_PAGE, COMPANY_LIST_PER_PAGE_MAX, SCROLL_PAGE, SCROLL_SECONDS } from '../model/limits'
import { numberedPage, readPerPage } from '../http/paging'
import type { Scroll, Workspace } from '../model/workspace'
import { ok, route } from './route'

/** S2.16: lists leave out companies without people. */
const visibleCompanies = ({ store }: Workspace): Company[] =>
  store.companies.filter(({ id }) => store.contactsOfCompany(id).some(({ status }) => status === 'active'))

/** S2.16: sorted by `last_request_at`, by default the most recent first. */
const listCompanies = ({ query, origin }: Call, workspace: Workspace): Answer => {
  const order = query.get('order') ?? 'desc'
  if (order !== 'asc' && order !== 'desc') throw parameterInvalid('order must be asc or desc')
  const perPage = readPerPage(query.get('per_page'), COMPANY_LIST_PER_PAGE, COMPANY_LIST_PER_PAGE_MAX)
  const companies = visibleCompanies(workspace)
  companies.sort((a, b) => (a.last_request_at ?? 0) - (b.last_request_at ?? 0))
  if (order === 'desc') companies.reverse()
  const page = numberedPage(companies, perPage, query.get('page'), `${origin}/companies/list`)
  return ok({ type: 'list', ...page, data: page.data.map((company) => formatCompany(company, workspace)) })
}

const isOpen = ({ usedAt }: Scroll, now: number) => now - usedAt <= SCROLL_SECONDS

/** S2.16: one scroll at a time; it expires after a minute without use. GUESS: status and text. */
const openScroll = (workspace: Workspace): [param: string, scroll: Scroll] => {
  const { scrolls, ids, now } = workspace
  if ([...scrolls.values()].some((scroll) => isOpen(scroll, now()))) {
    throw new Refusal(400, 'scroll_exists', 'scroll already exists for this workspace')
  }
  scrolls.clear()
  return [ids.scroll(), { companyIds: visibleCompanies(workspace).map(({ id }) => id), position: 0, usedAt: now() }]
}

const findScroll = (param: string, { scrolls, now }: Workspace): [param: string, scroll: Scroll] => {
  const scroll = scrolls.get(param)
  if (!scroll || !isOpen(scroll, now())) throw new Refusal(404, 'not_found', 'scroll parameter not found')
  return [param, scroll]
}

const scrollCompanies = ({ query }: Call, workspace: Workspace): Answer => {
  const { scrolls, store, now } = workspace
  const asked = query.get('scroll_param')
  const [param, scroll] = asked === null ? openScroll(workspace) : findScroll(asked, workspace)
  const page = scroll.companyIds.slice(scroll.position, scroll.position + SCROLL_PAGE)
  // "If the end of the scroll is reached, companies will be empty and the scroll parameter will expire."
  if (page.length === 0) scrolls.delete(param)
  else scrolls.set(param, { ...scroll, position: scroll.position + page.length, usedAt: now() })
  const data = page.flatMap((id) => store.company(id) ?? []).map((company) => formatCompany(company, workspace))
  return ok({ type: 'list', data, pages: null, total_count: null, scroll_param: param })
}

export const companyListRoutes = [
  route('POST /companies/list', listCompanies),
  route('GET /companies/scroll', scrollCompanies)
]
