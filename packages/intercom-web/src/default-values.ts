import type { InputField, JSONObject } from '@segment/actions-core'

type JSONValue = JSONObject[string]

/** The mapping of an action's default values. A copy of actions-core's function: importing that one costs 80 KB. */
export function defaultValues(fields: Record<string, InputField>): JSONObject {
  const mapping: JSONObject = {}
  for (const [key, field] of Object.entries(fields)) if (isJson(field.default)) mapping[key] = field.default
  return mapping
}

/** Defaults are directives and literals; their type in actions-core is only wider. */
function isJson(value: unknown): value is JSONValue {
  return value !== undefined
}
