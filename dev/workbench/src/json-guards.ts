import type { Json, JsonObject } from './contract'

/** Tells an object from everything else that JSON can hold. Only for what came out of `JSON.parse` or goes out as JSON. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isJsonList = (value: Json | undefined): value is Json[] => Array.isArray(value)
