import type { JSONObject } from '@segment/actions-core'

/** Whether a value that `JSON.parse` returned is an object. */
export const isJsonObject = (value: unknown): value is JSONObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
