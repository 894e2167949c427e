import {
  isAbsent,
  MESSENGER_NUMBERS,
  MESSENGER_TEXTS,
  toBoolean,
  toNumber,
  toRecord,
  withoutUndefined
} from '@intercom-destinations/shared-mapping'
import type { JSONObject } from '@segment/analytics-next'
import type { Settings } from './generated-types'

/** A row of the mappings. Its action exists; its mapping is not checked. */
export interface SavedSubscription {
  partnerAction: string
  name?: string
  enabled: boolean
  subscribe: string
  mapping?: JSONObject
}

/** Settings in which every value has its type. A text need not be one of the choices. */
interface CheckedSettings extends Settings {
  subscriptions?: readonly SavedSubscription[]
}

interface ReadSettings {
  settings: CheckedSettings
  /** Which settings cannot be used, and why. The values themselves are never repeated. */
  complaints: string[]
}

/** The settings whose values have a type. */
type NamesOf<T> = { [Name in keyof Settings]-?: NonNullable<Settings[Name]> extends T ? Name : never }[keyof Settings]

const TEXTS: readonly NamesOf<string>[] = ['appId', 'activator', 'apiBase', 'language', 'cspNonce', ...MESSENGER_TEXTS]
const NUMBERS: readonly NamesOf<number>[] = ['loadTimeoutMs', ...MESSENGER_NUMBERS]
const FLAGS: readonly NamesOf<boolean>[] = [
  'hideLauncherAtStart',
  'hideNotifications',
  'bootAfterReset',
  'bootPersistedUser',
  'linkVisitor',
  'secured',
  'sendMessengerEvents',
  'debug'
]

/**
 * Reads the unchecked settings of a page or a settings document. A setting of a wrong type is left out, with a complaint.
 * `''` and `null` count as absent, as forms send them. Unknown names are ignored.
 */
export function readSettings(given: unknown, actions: readonly string[]): ReadSettings {
  const raw = toRecord(given) ?? {}
  const complaints: string[] = toRecord(given) ? [] : ['they must be an object']
  const known = new Set<string>()
  const read = <T>(key: string, to: (value: unknown) => T | undefined, wanted: string): T | undefined => {
    known.add(key)
    const value = raw[key]
    if (isAbsent(value)) return undefined
    const found = to(value)
    if (found === undefined) complaints.push(`${key} must be ${wanted}`)
    return found
  }
  const readAll = <T>(keys: readonly string[], to: (value: unknown) => T | undefined, wanted: string) =>
    Object.fromEntries(keys.map((key) => [key, read(key, to, wanted)]))
  const texts: Partial<Record<NamesOf<string>, string>> = readAll(TEXTS, toPlainText, 'a text')
  const numbers: Partial<Record<NamesOf<number>, number>> = readAll(NUMBERS, toNumber, 'a number')
  const flags: Partial<Record<NamesOf<boolean>, boolean>> = readAll(FLAGS, toBoolean, 'true or false')

  const settings: CheckedSettings = {
    appId: '',
    ...withoutUndefined({
      ...texts,
      ...numbers,
      ...flags,
      richLinkProperties: read('richLinkProperties', toTexts, 'a list of names'),
      subscriptions: read('subscriptions', toList, 'a list of mappings')?.flatMap(
        (row, index) => toSubscription(row, `subscriptions[${index}]`, actions, complaints) ?? []
      )
    })
  }
  for (const key of Object.keys(raw))
    for (const name of known)
      if (key !== name && toPlainName(key) === toPlainName(name)) complaints.push(`${key} is spelled ${name}`)
  return { settings, complaints }
}

/** Reads a row of the mappings; undefined, with a complaint, if it cannot be used. */
function toSubscription(
  row: unknown,
  path: string,
  actions: readonly string[],
  complaints: string[]
): SavedSubscription | undefined {
  const { partnerAction, name, enabled, subscribe, mapping } = toRecord(row) ?? {}
  const mappedTo = toRecord(mapping)
  const problem =
    (toRecord(row) ? undefined : ' must be an object') ??
    (isOneOf(partnerAction, actions) ? undefined : `.partnerAction must be one of ${actions.join(', ')}`) ??
    (typeof enabled === 'boolean' ? undefined : '.enabled must be true or false') ??
    (typeof subscribe === 'string' ? undefined : '.subscribe must be a filter, such as type = "track"') ??
    (isAbsent(mapping) || mappedTo ? undefined : '.mapping must be an object')
  if (problem !== undefined) complaints.push(path + problem)
  if (problem !== undefined || typeof partnerAction !== 'string' || typeof subscribe !== 'string') return undefined
  return {
    partnerAction,
    enabled: enabled === true,
    subscribe,
    ...withoutUndefined({ name: toPlainText(name), mapping: isMapping(mappedTo) ? mappedTo : undefined })
  }
}

function toPlainText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function toList(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}

/** A single name counts as a list of one, as some forms send it. */
function toTexts(value: unknown): string[] | undefined {
  const items = [value].flat()
  const texts = items.filter((item) => typeof item === 'string')
  return texts.length === items.length ? texts : undefined
}

function isOneOf(value: unknown, names: readonly string[]): boolean {
  return typeof value === 'string' && names.includes(value)
}

/** The mapping kit refuses an invalid directive when it evaluates the mapping. */
function isMapping(value: Record<string, unknown> | undefined): value is JSONObject {
  return value !== undefined
}

/** `app_id`, `appID` and `App Id` are likely misspellings of one name. */
function toPlainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '')
}
