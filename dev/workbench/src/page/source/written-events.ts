import type { Json, JsonObject } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { readJson } from '../api'
import { EVENT_TYPES } from '../shown/event-types'
import { findJsonProblem } from './find-json-problem'

/** What somebody has written: one event, or a list of them to be sent in that order. */
type Written = { readonly events: readonly JsonObject[] } | { readonly problem: string }

export function readWrittenEvents(text: string): Written {
  if (text.trim() === '') return { problem: 'Write an event, or pick one.' }
  const wrong = findJsonProblem(text)
  if (wrong) return { problem: `Line ${wrong.line}, column ${wrong.column}: ${wrong.message}.` }
  const value = readJson<Json>(text)
  const list: readonly Json[] = isJsonList(value) ? value : [value]
  if (list.length === 0) return { problem: 'The list holds no event.' }
  const events: JsonObject[] = []
  for (const [index, one] of list.entries()) {
    const where = isJsonList(value) ? `Event ${index + 1}: an` : 'An'
    if (!isJsonObject(one)) return { problem: `${where} event is an object in braces: { "type": "track", … }.` }
    if (!EVENT_TYPES.some((type) => type === one.type)) {
      return { problem: `${where} event has a "type": ${EVENT_TYPES.join(', ')}.` }
    }
    events.push(one)
  }
  return { events }
}
