import type { Call, Json } from '../../contract'
import { isJsonObject } from '../../json-guards'

/**
 * The number of each attempt that made a request, counted from 1. Attempts that the rate limiter held back made none,
 * so they are not counted.
 */
export function toTries(calls: readonly Call[]): ReadonlyMap<number, number> {
  const attempts = calls.flatMap(({ request }) => request?.attempt ?? [])
  const distinct = [...new Set(attempts)].sort((one, other) => one - other)
  return new Map(distinct.map((attempt, index) => [attempt, index + 1]))
}

/** The code and message of the first of an answer's `errors`. */
export function toErrorText(response: Json): string | undefined {
  if (!isJsonObject(response) || !Array.isArray(response.errors)) return undefined
  const errors: readonly Json[] = response.errors
  const [first] = errors
  if (!isJsonObject(first)) return undefined
  const texts = [first.code, first.message].filter((part) => typeof part === 'string')
  return texts.length === 0 ? undefined : texts.join(': ')
}
