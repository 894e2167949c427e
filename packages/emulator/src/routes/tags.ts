import { bodyOf, isBody, param, type Answer, type Call } from '../call'
import { activeContact } from '../contact-life'
import type { Company, Tag } from '../entities'
import { badParameter, companyNotFound, notEmulated, parameterInvalid, resourceNotFound } from '../errors'
import { formatAppliedTag, formatTag } from '../format'
import type { Workspace } from '../workspace'
import { ok, route } from './route'

/** S2.16, create_or_update_tag_request and its three sisters; the last two are known, but not emulated. */
const NOT_EMULATED = ['id', 'users']

const listTags = (_call: Call, { store }: Workspace): Answer =>
  ok({
    type: 'list',
    data: [...store.tags].sort((a, b) => a.name.localeCompare(b.name, 'en')).map(formatTag)
  })

/** The tag of that name, in whatever case; made when there is none. */
const findOrCreateTag = (name: string, { store, ids }: Workspace): Tag =>
  store.tagNamed(name) ?? store.putTag({ id: ids.tag(), name })

interface Tagged {
  company: Company
  untag: boolean
}

const readTagged = (entry: unknown, { store }: Workspace): Tagged => {
  if (!isBody(entry)) throw parameterInvalid('invalid tag parameters')
  const { id, company_id, untag = false } = entry
  if (typeof untag !== 'boolean') throw parameterInvalid('invalid tag parameters')
  const company =
    (typeof id === 'string' ? store.company(id) : undefined) ??
    (typeof company_id === 'string' ? store.companyWithCompanyId(company_id) : undefined)
  if (!company) throw companyNotFound()
  return { company, untag }
}

const createTag = (call: Call, workspace: Workspace): Answer => {
  const body = bodyOf(call)
  for (const name of Object.keys(body)) {
    if (NOT_EMULATED.includes(name)) throw notEmulated(`POST /tags with ${name}`)
  }
  const { name, companies = [] } = body
  if (typeof name !== 'string' || name.trim() === '' || !Array.isArray(companies)) {
    throw parameterInvalid('invalid tag parameters')
  }
  const unknown = Object.keys(body).find((key) => key !== 'name' && key !== 'companies')
  if (unknown !== undefined) throw badParameter(unknown)
  const tagged = companies.map((entry) => readTagged(entry, workspace))
  const tag = findOrCreateTag(name, workspace)
  for (const { company, untag } of tagged) tagCompany(company.id, tag.id, untag, workspace)
  return ok({
    ...formatTag(tag),
    users: [],
    companies: tagged.map(({ company, untag }) => ({ id: company.id, tagged: !untag }))
  })
}

const tagCompany = (companyId: string, tagId: string, untag: boolean, { store }: Workspace): void => {
  const company = store.company(companyId)
  if (!company) return
  const others = company.tagIds.filter((id) => id !== tagId)
  store.putCompany({ ...company, tagIds: untag ? others : [...others, tagId] })
}

const attachTag = (call: Call, workspace: Workspace): Answer => {
  const { store, now } = workspace
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const { id } = bodyOf(call)
  // S2.16's own example sends the id as a number.
  const tag = typeof id === 'string' || typeof id === 'number' ? store.tag(String(id)) : undefined
  if (!tag) throw resourceNotFound()
  const before = contact.tags.find((tagging) => tagging.id === tag.id)
  const tagging = before ?? { id: tag.id, applied_at: now() }
  if (!before) store.putContact({ ...contact, tags: [...contact.tags, tagging] })
  return ok(formatAppliedTag(tag, tagging.applied_at, workspace))
}

const detachTag = (call: Call, workspace: Workspace): Answer => {
  const { store } = workspace
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const tag = store.tag(param(call, 'tag_id'))
  const tagging = contact.tags.find(({ id }) => id === tag?.id)
  if (!tag || !tagging) throw resourceNotFound()
  store.putContact({ ...contact, tags: contact.tags.filter((one) => one !== tagging) })
  return ok(formatAppliedTag(tag, tagging.applied_at, workspace))
}

const listContactTags = (call: Call, workspace: Workspace): Answer => {
  const contact = activeContact(param(call, 'id'), call.version, workspace)
  const data = contact.tags.flatMap(({ id, applied_at }) => {
    const tag = workspace.store.tag(id)
    return tag ? [formatAppliedTag(tag, applied_at, workspace)] : []
  })
  return ok({ type: 'list', data })
}

const knownTag = (call: Call, { store }: Workspace): Tag => {
  const tag = store.tag(param(call, 'id'))
  if (!tag) throw resourceNotFound()
  return tag
}

const getTag = (call: Call, workspace: Workspace): Answer => ok(formatTag(knownTag(call, workspace)))

/** S2.16: 200 without a body. Every person and company loses the tag. */
const deleteTag = (call: Call, workspace: Workspace): Answer => {
  workspace.store.removeTag(knownTag(call, workspace))
  return { status: 200 }
}

export const tagRoutes = [
  route('GET /tags', listTags),
  route('POST /tags', createTag),
  route('GET /tags/{id}', getTag),
  route('DELETE /tags/{id}', deleteTag),
  route('GET /contacts/{id}/tags', listContactTags),
  route('POST /contacts/{id}/tags', attachTag),
  route('DELETE /contacts/{id}/tags/{tag_id}', detachTag)
]
