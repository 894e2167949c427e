import type { FieldCard, Json, JsonObject, Problem } from '../../contract'
import { isJsonList } from '../../json-guards'
import { ownValue } from '../form/json-value'
import { toTypedNumber } from '../form/typed-number'

type Fields = Readonly<Record<string, FieldCard>>

const isNumber = ({ type }: FieldCard): boolean => type === 'number' || type === 'integer'

/**
 * The settings of a form. Numbers are typed as text. An empty input is left out, so that the default applies. Unknown
 * keys are kept.
 */
export function toSettings(fields: Fields, draft: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(draft).flatMap(([key, value]): readonly [string, Json][] => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined
      const setting = field === undefined ? value : toSetting(field, value)
      return setting === undefined ? [] : [[key, setting]]
    })
  )
}

function toSetting(field: FieldCard, value: Json): Json | undefined {
  if (isJsonList(value)) {
    const items = value.map((item) => (typeof item === 'string' ? item.trim() : item)).filter((item) => item !== '')
    return items.length === 0 ? undefined : items
  }
  if (typeof value !== 'string') return value
  const text = value.trim()
  if (text === '') return undefined
  return isNumber(field) ? (toTypedNumber(text) ?? text) : text
}

/** The problems that the form finds; the server validates again. */
export function findSettingProblems(fields: Fields, draft: JsonObject): readonly Problem[] {
  const settings = toSettings(fields, draft)
  return Object.entries(fields).flatMap(([key, field]) => {
    const value = ownValue(settings, key)
    const path = `settings.${key}`
    if (value === undefined) {
      return field.required === true && field.default === undefined
        ? [{ path, message: `${field.label} is needed.` }]
        : []
    }
    if (isNumber(field) && typeof value !== 'number') return [{ path, message: 'Write a number here.' }]
    if (field.type === 'integer' && !Number.isInteger(value)) return [{ path, message: 'Write a whole number here.' }]
    return []
  })
}
