import type { JSONObject } from '@segment/actions-core'

/** Tells an object from everything else that JSON can hold. Only for what came out of `JSON.parse`. */
export const isJsonObject = (value: unknown): value is JSONObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
