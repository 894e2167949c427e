import {
  messageOf,
  parseSubscriptions,
  toCheckedActions,
  toUncheckedRows,
  type MappedActions
} from '@intercom-destinations/cli'
import { intercomCloud } from '@intercom-destinations/intercom-cloud'
import { destination as web } from '@intercom-destinations/intercom-web'
import type { Half, Json, JsonObject, Problem, SubscriptionRow } from '../../contract'
import { catalog } from './catalog'
import { isJsonObject } from '../../json-guards'

const { actions } = intercomCloud()
const ACTIONS: Readonly<Record<Half, MappedActions>> = { web: toCheckedActions(web.actions), cloud: actions }

export type ReadSubscriptions =
  { readonly rows: readonly SubscriptionRow[] } | { readonly problems: readonly Problem[] }

/** Reads subscriptions as `deliver --mapping` does, and reports the problems of all of them at once. */
export function readSubscriptions(half: Half, value: unknown): ReadSubscriptions {
  const unchecked = readRows(half, value)
  if ('message' in unchecked) return { problems: [unchecked] }
  const problems: Problem[] = []
  const rows: SubscriptionRow[] = []
  unchecked.forEach((item, index) => {
    const read = readRow(half, item)
    if ('row' in read) rows.push(read.row)
    else problems.push({ path: `subscriptions[${index}]${read.path}`, message: read.message })
  })
  return problems.length > 0 ? { problems } : { rows }
}

/** The rows of a file in any of Segment's formats, named as Segment saves them. */
function readRows(half: Half, value: unknown): readonly unknown[] | Problem {
  // The items of a list are read one by one, so that the problems of all of them are found.
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    return items
  }
  try {
    return toUncheckedRows(value, ACTIONS[half]).map(({ row }) => row)
  } catch (error) {
    const text = messageOf(error)
    return { path: '', message: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` }
  }
}

function readRow(half: Half, item: unknown): { row: SubscriptionRow } | Problem {
  try {
    // A row that is switched off is checked too.
    const [{ row = {} } = {}] = toUncheckedRows([item], ACTIONS[half])
    const on = typeof row.enabled === 'boolean' ? { ...row, enabled: true } : row
    parseSubscriptions([on], ACTIONS[half])
    const empty = findEmptyPath(row.mapping)
    if (empty !== undefined) return { path: `.mapping.${empty}`, message: EMPTY_PATH }
    return { row: toRow(half, row) }
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
