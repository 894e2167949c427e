import { isObject } from './is-object'
import type { ForeignAction, ForeignDefinition, ForeignPreset } from './worker-messages'

type Fields = Readonly<Record<string, unknown>>

/** The parts of a definition that are plain data, because functions cannot be sent between threads. */
export function describeDefinition(
  { name, actions, presets }: Fields,
  module: string
): Omit<ForeignDefinition, 'coreVersion'> {
  const entries = isObject(actions) ? Object.entries(actions) : []
  return {
    name: toText(name) ?? module,
    actions: Object.fromEntries(
      entries.map(([slug, action]) => [slug, toAction(slug, isObject(action) ? action : {})])
    ),
    presets: toList(presets).flatMap(toAutomaticPreset)
  }
}

function toAction(slug: string, { title, defaultSubscription, fields }: Fields): ForeignAction {
  const entries = isObject(fields) ? Object.entries(fields) : []
  return {
    title: toText(title) ?? slug,
    defaultSubscription: toText(defaultSubscription),
    fields: entries.map(([key]) => key),
    required: entries.flatMap(([key, field]) => (isObject(field) && field.required === true ? key : [])),
    defaults: toDefaults(fields)
  }
}

/** The defaults of fields that have one. */
export function toDefaults(fields: unknown): Fields {
  const entries = isObject(fields) ? Object.entries(fields) : []
  const defaults = entries.flatMap(([key, field]): [string, unknown][] =>
    isObject(field) && field.default !== undefined ? [[key, field.default]] : []
  )
  return toPlain(Object.fromEntries(defaults))
}

function toAutomaticPreset(preset: unknown): ForeignPreset[] {
  const { name, partnerAction, subscribe, mapping, type } = isObject(preset) ? preset : {}
  if (type !== 'automatic' || typeof partnerAction !== 'string' || typeof subscribe !== 'string') return []
  const whole = toPlain(isObject(mapping) ? mapping : {})
  return [{ name: toText(name) ?? partnerAction, partnerAction, subscribe, mapping: whole }]
}

/** Plain JSON, as Segment would save it. */
function toPlain(fields: Fields): Fields {
  const plain: unknown = JSON.parse(JSON.stringify(fields))
  return isObject(plain) ? plain : {}
}

const toText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
