import { bodyOf, param, type Answer, type Body, type Call } from '../http/call'
import { activeContact } from '../model/contact-rules'
import type { Admin, Note } from '../model/entities'
import { resourceNotFound } from '../http/errors'
import { formatNote } from '../model/format'
import { NOTES_PER_PAGE } from '../model/limits'
import { numberedPage, readPerPage } from '../http/paging'
import { parameterMissing, readIdentifier, readLongText } from '../model/assumed-validation'
import { refuseUnknown } from '../model/validate'
import type { Workspace } from '../model/workspace'
import { knownCompany } from './companies'
import { ok, route } from './route'

/** S2.16, createNote and createCompanyNote; the examples of the first repeat the contact's id in the body. */
const PARAMETERS = new Map([
  ['body', '2.0'],
  ['admin_id', '2.0'],
  ['contact_id', '2.0']
])

/** S2.16: an unknown admin is a "Resource Not Found". The default is the owner of the token. */
const readAuthor = ({ admin_id }: Body, workspace: Workspace): Admin => {
  const id = typeof admin_id === 'number' ? String(admin_id) : (admin_id ?? workspace.admin_id)
  const admin = workspace.store.admins.get(readIdentifier(id, 'admin_id', workspace.unknowns))
  if (!admin) throw resourceNotFound()
  return admin
}

/** The examples send `Hello` and answer `<p>Hello</p>`. GUESS: text that starts like HTML stays unchanged. */
const asHtml = (text: string) => (text.trimStart().startsWith('<') ? text : `<p>${text}</p>`)

const writeNote = (call: Call, about: Note['about'], workspace: Workspace): Answer => {
  const { store, ids, now } = workspace
  const body = bodyOf(call)
  refuseUnknown(body, PARAMETERS, call.version)
  if (!Object.hasOwn(body, 'body')) throw parameterMissing('body not specified')
  const text = asHtml(readLongText(body.body, 'body'))
  const author = readAuthor(body, workspace)
  return ok(formatNote(store.putNote({ id: ids.note(), about, author, body: text, created_at: now() })))
}

const listNotes = (call: Call, about: Note['about'], { store }: Workspace): Answer => {
  const perPage = readPerPage(call.query.get('per_page'), NOTES_PER_PAGE)
  const link = `${call.origin}/${about.type === 'contact' ? 'contacts' : 'companies'}/${about.id}/notes`
  const page = numberedPage(store.notesAbout(about.type, about.id), perPage, call.query.get('page'), link)
  return ok({ type: 'list', ...page, data: page.data.map(formatNote) })
}

const contactOf = (call: Call, workspace: Workspace): Note['about'] => ({
  type: 'contact',
  id: activeContact(param(call, 'id'), call.version, workspace).id
})

const companyOf = (call: Call, workspace: Workspace): Note['about'] => ({
  type: 'company',
  id: knownCompany(param(call, 'id'), workspace).id
})

const getNote = (call: Call, { store }: Workspace): Answer => {
  const note = store.note(param(call, 'id'))
  if (!note) throw resourceNotFound()
  return ok(formatNote(note))
}

export const noteRoutes = [
  route('GET /contacts/{id}/notes', (call, workspace) => listNotes(call, contactOf(call, workspace), workspace)),
  route('POST /contacts/{id}/notes', (call, workspace) => writeNote(call, contactOf(call, workspace), workspace)),
  route('GET /companies/{id}/notes', (call, workspace) => listNotes(call, companyOf(call, workspace), workspace)),
  route('POST /companies/{id}/notes', (call, workspace) => writeNote(call, companyOf(call, workspace), workspace)),
  route('GET /notes/{id}', getNote)
]
