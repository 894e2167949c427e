import { isBody, type Body } from '../http/call'
import { Refusal } from '../http/errors'
import {
  readAttributeValue,
  readBoolean,
  readEmail,
  readIdentifier,
  readPictureUrl,
  readSeconds,
  readText
} from '../model/assumed-validation'
import type { Attributes, Contact, DataAttribute, DataType, Model, Scalar } from '../model/entities'
import { CUSTOM_ATTRIBUTES_PER_WORKSPACE } from '../model/limits'
import type { Unknowns } from '../model/unknowns'
import type { Workspace } from '../model/workspace'

/** Settings that are not attributes. docs/intercom.md, Messenger: methods and settings. */
const SETTINGS: ReadonlySet<string> = new Set([
  ...['app_id', 'api_base', 'user_id', 'email', 'user_hash', 'intercom_user_jwt', 'company', 'companies'],
  ...['name', 'phone', 'created_at', 'avatar', 'unsubscribed_from_emails', 'language_override', 'last_request_at'],
  ...['hide_default_launcher', 'custom_launcher_selector', 'alignment', 'horizontal_padding', 'vertical_padding'],
  ...['action_color', 'background_color', 'z_index', 'session_duration', 'page_title', 'widget', 'theme_mode'],
  ...['installation_type', 'user_count']
])

/** The result of `read`, or undefined: a value that the Messenger cannot use is left out, and the others are written. */
export const usable = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** An id. The Messenger takes numbers as well as text. */
export const readId = (value: unknown, unknowns: Unknowns): string | undefined =>
  value === undefined || value === null
    ? undefined
    : usable(() => readIdentifier(typeof value === 'number' ? String(value) : value, 'id', unknowns))

export const readAddress = (value: unknown, unknowns: Unknowns): string | undefined =>
  usable(() => readEmail(value, 'email', unknowns)) || undefined

/** The fields of a person that a ping writes. */
type PersonChange = Partial<Contact> & Pick<Contact, 'custom_attributes'>

export const readPerson = (settings: Body, workspace: Workspace): PersonChange => {
  const { unknowns } = workspace
  const { avatar } = settings
  const read = {
    name: usable(() => readText(settings.name, 'name', unknowns)),
    phone: usable(() => readText(settings.phone, 'phone', unknowns)),
    signed_up_at: usable(() => readSeconds(settings.created_at, 'created_at', unknowns)),
    avatar: isBody(avatar) ? usable(() => readPictureUrl(avatar.image_url, 'avatar')) : undefined,
    unsubscribed_from_emails: usable(() => readBoolean(settings.unsubscribed_from_emails, 'unsubscribed_from_emails'))
  }
  const isKnown = (name: string) => SETTINGS.has(name) || name.startsWith('utm_')
  return {
    ...Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)),
    custom_attributes: readOwnAttributes(settings, isKnown, 'contact', workspace)
  }
}

const typeOf = (value: unknown): DataType | undefined => {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return Number.isInteger(value) ? 'integer' : 'float'
}

/** The customer's attributes, which stand beside the known names. The Messenger creates those that are missing. */
export const readOwnAttributes = (
  settings: Body,
  isKnown: (name: string) => boolean,
  model: Model,
  workspace: Workspace
): Attributes => {
  const values: [string, Scalar][] = []
  for (const [name, value] of Object.entries(settings)) {
    if (isKnown(name)) continue
    const attribute = findOrCreate(name, value, model, workspace)
    if (!attribute?.messenger_writable) continue
    const read = usable(() => readAttributeValue(value, attribute, workspace.unknowns))
    if (read !== undefined) values.push([name, read])
  }
  return Object.fromEntries(values)
}

function findOrCreate(name: string, value: unknown, model: Model, workspace: Workspace): DataAttribute | undefined {
  const { store, ids, now } = workspace
  const known = store.writableAttribute(model, name)
  const data_type = typeOf(value)
  if (known || data_type === undefined || /[.$]/.test(name)) return known
  const same = store.attributes.filter((attribute) => attribute.model === model)
  if (same.some((attribute) => attribute.name === name) || same.length >= CUSTOM_ATTRIBUTES_PER_WORKSPACE)
    return undefined
  return store.putAttribute({
    ...{ id: ids.dataAttribute(), name, model, data_type, description: null, options: null },
    ...{ messenger_writable: true, archived: false, hasDependants: false, created_at: now(), updated_at: now() }
  })
}
