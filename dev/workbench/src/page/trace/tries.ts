import type { Call, Json } from '../../contract'
import { isJsonObject } from '../../json-guards'

/**
 * Which try each attempt was, counted from 1. The destination holds some attempts back without asking Intercom, because
 * it knows that it has to wait: to whoever reads the trace these were none.
 */
export function toTries(calls: readonly Call[]): ReadonlyMap<number, number> {
  const attempts = calls.flatMap(({ request }) => request?.attempt ?? [])
  const distinct = [...new Set(attempts)].sort((one, other) => one - other)
  return new Map(distinct.map((attempt, index) => [attempt, index + 1]))
}

/** What an answer says is wrong, in Intercom's words: the first of its `errors`. */
export function toErrorText(response: Json): string | undefined {
  if (!isJsonObject(response) || !Array.isArray(response.errors)) return undefined
  const errors: readonly Json[] = response.errors
  const [first] = errors
  if (!isJsonObject(first)) return undefined
  const texts = [first.code, first.message].filter((part) => typeof part === 'string')
  return texts.length === 0 ? undefined : texts.join(': ')
}
