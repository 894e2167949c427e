import { bodyOf, isBody, param, type Answer, type Body, type Call } from '../http/call'
import { activeContact } from '../model/contact-rules'
import type { Company, Contact, Tag } from '../model/entities'
import { badParameter, companyNotFound, parameterInvalid, resourceNotFound } from '../http/errors'
import { formatAppliedTag, formatTag } from '../model/format'
import { isSince } from '../http/versions'
import type { Workspace } from '../model/workspace'
import { ok, route } from './route'

/** S2.16, create_or_update_tag_request and the three other tag requests. */
const PARAMETERS = ['name', 'id', 'companies', 'users']

const listTags = (_call: Call, { store }: Workspace): Answer =>
  ok({
    type: 'list',
    data: [...store.tags].sort((a, b) => a.name.localeCompare(b.name, 'en')).map(formatTag)
  })

/** The tag with this name, in any case; a new one if there is none. */
const findOrCreateTag = (name: string, { store, ids }: Workspace): Tag =>
  store.tagNamed(name) ?? store.putTag({ id: ids.tag(), name })

/** NANGO, HULL: `untag` removes the tag, from people and companies. */
interface Tagged<T> {
  entity: T
  untag: boolean
}

const readUntag = ({ untag = false }: Body): boolean => {
  if (typeof untag !== 'boolean') throw parameterInvalid('invalid tag parameters')
  return untag
}

const readTagged = (entry: unknown, { store }: Workspace): Tagged<Company> => {
  if (!isBody(entry)) throw parameterInvalid('invalid tag parameters')
  const { id, company_id } = entry
  const untag = readUntag(entry)
  const company =
    (typeof id === 'string' ? store.company(id) : undefined) ??
    (typeof company_id === 'string' ? store.companyWithCompanyId(company_id) : undefined)
  if (!company) throw companyNotFound()
  return { entity: company, untag }
}

const readTaggedUser = (entry: unknown, call: Call, workspace: Workspace): Tagged<Contact> => {
  if (!isBody(entry) || typeof entry.id !== 'string') throw parameterInvalid('invalid tag parameters')
  const untag = readUntag(entry)
  return { entity: activeContact(entry.id, call.version, workspace), untag }
}

/** S2.16, "Update an existing tag". GUESS: two tags cannot have one name. */
const renameTag = (id: unknown, name: string, { store }: Workspace): Tag => {
  const tag = typeof id === 'string' || typeof id === 'number' ? store.tag(String(id)) : undefined
  if (!tag) throw resourceNotFound()
  const namesake = store.tagNamed(name)
  if (namesake && namesake.id !== tag.id) throw parameterInvalid('invalid tag parameters')
  return store.putTag({ ...tag, name })
}

const createTag = (call: Call, workspace: Workspace): Answer => {
  const body = bodyOf(call)
  const { name, companies = [], users = [] } = body
  if (typeof name !== 'string' || name.trim() === '' || !Array.isArray(companies) || !Array.isArray(users)) {
    throw parameterInvalid('invalid tag parameters')
  }
  const unknown = Object.keys(body).find((key) => !PARAMETERS.includes(key))
  if (unknown !== undefined) throw badParameter(unknown)
  const tagged = companies.map((entry) => readTagged(entry, workspace))
  const people = users.map((entry) => readTaggedUser(entry, call, workspace))
  const tag = body.id === undefined ? findOrCreateTag(name, workspace) : renameTag(body.id, name, workspace)
  for (const { entity, untag } of tagged) tagCompany(entity.id, tag.id, untag, workspace)
  for (const { entity, untag } of people) tagContact(entity.id, tag.id, untag, workspace)
  // NANGO: up to 2.15 the answer is the tag alone.
  if (!isSince(call.version, '2.16')) return ok(formatTag(tag))
  const format = ({ entity, untag }: Tagged<{ id: string }>) => ({ id: entity.id, tagged: !untag })
  // GUESS: people have the format of the companies in the description's example.
  return ok({ ...formatTag(tag), users: people.map(format), companies: tagged.map(format) })
}

const tagContact = (contactId: string, tagId: string, untag: boolean, { store, now }: Workspace): void => {
  const contact = store.contact(contactId)
  if (!contact || contact.tags.some(({ id }) => id === tagId) !== untag) return
  const tags = untag
    ? contact.tags.filter(({ id }) => id !== tagId)
    : [...contact.tags, { id: tagId, applied_at: now() }]
  store.putContact({ ...contact, tags })
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

/** S2.16: 200 without a body. The tag is removed from all people and companies. */
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
