import { messageOf, parseSubscriptions, type MappedActions } from '@intercom-destinations/cli'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { destination as web } from '@intercom-destinations/intercom-web'
import type { Half, Json, JsonObject, Problem, SubscriptionRow } from '../../contract'
import { catalog } from './catalog'
import { isJsonObject } from '../../json-guards'

const { actions } = intercomCloud()
const ACTIONS: Readonly<Record<Half, MappedActions>> = { web: toMapped(web.actions), cloud: actions }

export type ReadSubscriptions =
  { readonly rows: readonly SubscriptionRow[] } | { readonly problems: readonly Problem[] }

/** Reads subscriptions as `deliver --mapping` does, and reports the problems of all of them at once. */
export function readSubscriptions(half: Half, value: unknown): ReadSubscriptions {
  if (!Array.isArray(value)) {
    return { problems: [{ path: '', message: 'A list of mappings was expected, as “Export” writes it.' }] }
  }
  const problems: Problem[] = []
  const rows: SubscriptionRow[] = []
  value.forEach((item: unknown, index) => {
    const read = readRow(half, item)
    if ('row' in read) rows.push(read.row)
    else problems.push({ path: `subscriptions[${index}]${read.path}`, message: read.message })
  })
  return problems.length > 0 ? { problems } : { rows }
}

function readRow(half: Half, item: unknown): { row: SubscriptionRow } | Problem {
  try {
    // A row that is switched off is checked too.
    const on = isJsonObject(item) && typeof item.enabled === 'boolean' ? { ...item, enabled: true } : item
    parseSubscriptions([on], ACTIONS[half])
    const empty = isJsonObject(item) ? findEmptyPath(item.mapping) : undefined
    if (empty !== undefined) return { path: `.mapping.${empty}`, message: EMPTY_PATH }
    return isJsonObject(item) ? { row: toRow(half, item) } : { path: '', message: 'An object was expected.' }
  } catch (error) {
    const text = messageOf(error)
    // The reader's message starts with the path: `[0].mapping.revenue is missing`.
    const [, path = '', rest = text] = /^\[0\](\S*) ([^]*)$/.exec(text) ?? []
    return { path, message: /^(is|must|holds) /.test(rest) ? `It ${rest}.` : rest }
  }
}

const EMPTY_PATH = 'The path is empty. Write one such as $.properties.total, or take the field out of the mapping.'

/** An empty path would select the whole event, which is never intended. */
const findEmptyPath = (mapping: Json | undefined): string | undefined =>
  isJsonObject(mapping)
    ? Object.entries(mapping).find(([, value]) => isJsonObject(value) && text(value['@path'] ?? '$').trim() === '')?.[0]
    : undefined

/** The reader has checked every part of the row. */
function toRow(half: Half, { name, partnerAction, subscribe, mapping, enabled }: JsonObject): SubscriptionRow {
  const action = text(partnerAction)
  return {
    name: typeof name === 'string' && name !== '' ? name : (catalog[half].actions[action]?.title ?? action),
    partnerAction: action,
    enabled: enabled !== false,
    subscribe: text(subscribe),
    mapping: isJsonObject(mapping) ? mapping : {}
  }
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** The web destination's types leave its fields open, so that sites need no types of Segment. */
function toMapped(actions: typeof web.actions): MappedActions {
  return Object.fromEntries(
    Object.entries(actions).map(([key, { fields }]) => [key, { fields: Object.fromEntries(Object.entries(fields)) }])
  )
}
