import type { JsonObject } from '../contract'

/** Tells an object from everything else that JSON can hold. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
