import type { Json, JsonObject } from './contract'

/** Whether a JSON value is an object. Use it only for parsed JSON: nested values are not checked. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isJsonList = (value: Json | undefined): value is Json[] => Array.isArray(value)
