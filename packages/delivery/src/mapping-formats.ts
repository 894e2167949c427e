import type { InputField, JSONObject, JSONValue } from '@segment/actions-core'
import { isJsonObject } from './json-object'
import { UnknownActionError } from './unknown-action'

/**
 * How Segment writes subscriptions: `saved` is what it stores (`partnerAction`, `subscribe`, `mapping`), `public-api` what its
 * Public API takes and returns (`actionSlug`, `trigger`, `settings`), `terraform` the JSON syntax of its Terraform provider
 * (`segment_destination_subscription`, `settings` as JSON text).
 */
export const MAPPING_FORMATS = ['saved', 'public-api', 'terraform'] as const
export type MappingFormat = (typeof MAPPING_FORMATS)[number]

/** The fields of a destination's actions, which a mapping is checked against. */
export type MappedActions = Readonly<
  Record<
    string,
    {
      readonly title?: string
      readonly fields: Readonly<Record<string, InputField>>
      /** The sync modes that the action offers, which Segment saves beside the fields. */
      readonly syncMode?: { readonly choices?: readonly { readonly value: string }[] }
    }
  >
>

/** A subscription whose parts are not checked yet, and what its file calls them. */
export interface UncheckedRow {
  readonly row: JSONObject
  readonly names: { readonly action: string; readonly trigger: string; readonly settings: string }
}

/** A subscription as Segment saves it, complete. */
export interface CompleteRow {
  readonly name: string
  readonly partnerAction: string
  readonly enabled: boolean
  readonly subscribe: string
  readonly mapping: JSONObject
}

const RESOURCE = 'segment_destination_subscription'
const SAVED_NAMES = { action: 'partnerAction', trigger: 'subscribe', settings: 'mapping' }
const NOT_A_LETTER = /[^a-z0-9]/g
/** In a Terraform file, `action_ids` is a variable with the id of each action. */
const ACTION_VARIABLE = /action_ids\[\\?"(\w+)\\?"\]/
/** In Terraform's JSON syntax these begin a template, and are doubled to stand for themselves. */
const TEMPLATE_START = /([$%])\{/g
const ESCAPED_START = /([$%])\1\{/g

/**
 * The subscriptions of parsed JSON in any of the formats: one, a list, an answer of the Public API, a Terraform file, plan or
 * state. Throws an `Error` that names what is wrong.
 */
export function toUncheckedRows(value: unknown, actions: MappedActions): UncheckedRow[] {
  return findRows(value).map((row, index) => toUncheckedRow(row, `[${index}]`, actions))
}

/** Writes subscriptions in a format, as JSON. */
export function formatSubscriptions(rows: readonly CompleteRow[], format: MappingFormat): JSONValue {
  switch (format) {
    case 'saved':
      return rows.map((row) => ({ ...row }))
    case 'public-api':
      return {
        data: {
          subscriptions: rows.map(({ name, partnerAction, enabled, subscribe, mapping }) => ({
            name,
            actionSlug: partnerAction,
            enabled,
            trigger: subscribe,
            settings: mapping
          }))
        }
      }
    case 'terraform':
      return toTerraform(rows)
  }
}

/** The rows of parsed JSON in any of the formats. Throws an `Error` if it is in none. */
export function findRows(value: unknown): readonly unknown[] {
  const rows = findRowsOf(value)
  if (rows !== undefined) return rows
  throw new Error(
    'a list of subscriptions was expected, as Segment saves it, or an answer of its Public API or a Terraform file with subscriptions'
  )
}

function findRowsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return toList(value)
  if (!isJsonObject(value)) return undefined
  const { data, subscriptions, subscription, resource, values, resources } = value
  if (Array.isArray(subscriptions)) return subscriptions
  if (isJsonObject(subscription)) return [subscription]
  if (isJsonObject(data)) return findRowsOf(data)
  if (isJsonObject(resource)) return Object.values(toObject(resource[RESOURCE])).flatMap(toBlocks)
  if (isJsonObject(values)) return ofModule(toObject(values.root_module))
  if (Array.isArray(resources)) return ofModule(value)
  return ['partnerAction', 'actionSlug', 'actionId', 'action_id', 'trigger'].some((key) => key in value)
    ? [value]
    : undefined
}

const toObject = (value: unknown): JSONObject => (isJsonObject(value) ? value : {})
const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const toBlocks = (block: unknown): unknown[] =>
  toList(Array.isArray(block) ? block : [block]).map((one) => (isJsonObject(one) ? unescaped(one) : one))

const unescaped = (block: JSONObject): JSONObject =>
  Object.fromEntries(
    Object.entries(block).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.replace(ESCAPED_START, '$1{') : value
    ])
  )

/** The resources of `terraform show -json`, and those of a state file, which have instances. */
function ofModule({ resources, child_modules: children }: JSONObject): unknown[] {
  const own = toList(resources).flatMap((one) => {
    const { type, values, instances } = toObject(one)
    if (type !== RESOURCE) return []
    return values === undefined ? toList(instances).map((instance) => toObject(instance).attributes) : [values]
  })
  return [...own, ...toList(children).flatMap((child) => ofModule(toObject(child)))]
}

/** Throws an `Error` that names what is wrong; an `UnknownActionError` if the row is of another destination. */
export function toUncheckedRow(value: unknown, place: string, actions: MappedActions): UncheckedRow {
  if (!isJsonObject(value)) {
    throw new Error(`${place} must be an object with "partnerAction", "subscribe" and "mapping"`)
  }
  if ('partnerAction' in value || !('trigger' in value || 'settings' in value)) {
    return { row: value, names: SAVED_NAMES }
  }
  const { name, enabled, trigger, settings } = value
  const mapping = typeof settings === 'string' ? parseSettings(settings, place) : settings
  const actionName = ['actionSlug', 'action_slug', 'actionId', 'action_id'].find((key) => value[key] !== undefined)
  return {
    row: {
      ...(name === undefined ? {} : { name }),
      ...(enabled === undefined ? {} : { enabled }),
      partnerAction: toAction(value, mapping, place, actions),
      subscribe: trigger ?? null,
      mapping: mapping ?? null
    },
    names: { action: actionName ?? 'actionSlug', trigger: 'trigger', settings: 'settings' }
  }
}

function parseSettings(settings: string, place: string): JSONValue {
  try {
    const parsed: unknown = JSON.parse(settings)
    if (isJsonObject(parsed)) return parsed
  } catch {
    // The message below says what is expected.
  }
  throw new Error(
    `${place}.settings is no JSON object; use the JSON of "terraform show -json", where jsonencode is applied already`
  )
}

/** By the slug, by an id that names the action, or by the only action that has all fields of the settings. */
function toAction(value: JSONObject, mapping: unknown, place: string, actions: MappedActions): string {
  const { actionSlug, action_slug, actionId, action_id } = value
  const wanted = [actionSlug, action_slug, actionId, action_id].find((one) => typeof one === 'string')
  const [, variable] = typeof wanted === 'string' ? (ACTION_VARIABLE.exec(wanted) ?? []) : []
  const word = toWord(variable ?? wanted)
  const named = Object.entries(actions).find(([key, { title = key }]) =>
    [key, title].some((one) => toWord(one) === word)
  )
  if (named) return named[0]
  const isId = actionSlug === undefined && action_slug === undefined
  const fitting = isId ? Object.keys(actions).filter((key) => fits(mapping, actions[key]?.fields ?? {})) : []
  const [only] = fitting
  if (only !== undefined && fitting.length === 1) return only
  const names = Object.keys(actions).join(', ')
  if (isId && wanted !== undefined)
    throw new UnknownActionError(
      `${place}.${actionId === undefined ? 'action_id' : 'actionId'} is ${JSON.stringify(wanted)}`,
      `, which does not say which action it is, and its settings fit ${fitting.length === 0 ? 'none' : 'several'}; add "actionSlug" with one of ${names}`,
      fitting.length
    )
  throw new UnknownActionError(`${place}.actionSlug is ${JSON.stringify(wanted)}`, `; this destination has ${names}`)
}

const toWord = (text: unknown): string | undefined =>
  typeof text === 'string' ? text.toLowerCase().replace(NOT_A_LETTER, '') : undefined

function fits(mapping: unknown, fields: Readonly<Record<string, InputField>>): boolean {
  if (!isJsonObject(mapping)) return false
  const keys = Object.keys(mapping)
  const isComplete = Object.entries(fields).every(([key, { required }]) => required !== true || keys.includes(key))
  return keys.length > 0 && isComplete && keys.every((key) => Object.hasOwn(fields, key))
}

function toTerraform(rows: readonly CompleteRow[]): JSONValue {
  const taken = new Set<string>()
  const blocks = rows.map(({ name, partnerAction, enabled, subscribe, mapping }): [string, JSONValue] => [
    toResourceName(name, taken),
    {
      destination_id: '${var.destination_id}',
      name: escaped(name),
      enabled,
      action_id: `\${var.action_ids["${partnerAction}"]}`,
      trigger: escaped(subscribe),
      settings: escaped(JSON.stringify(mapping))
    }
  ])
  return {
    variable: {
      destination_id: { type: 'string', description: 'The id of the destination in Segment' },
      action_ids: { type: 'map(string)', description: 'The id of each action, from the Public API’s catalog' }
    },
    resource: { [RESOURCE]: Object.fromEntries(blocks) }
  }
}

const escaped = (text: string): string => text.replace(TEMPLATE_START, '$1$1{')

/** Letters, digits and underscores, as Terraform allows them. */
function toResourceName(name: string, taken: Set<string>): string {
  const word = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  const base = /^[a-z]/.test(word) ? word : `mapping_${word}`
  let free = base
  for (let count = 2; taken.has(free); count += 1) free = `${base}_${count}`
  taken.add(free)
  return free
}
