import type { Json } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { readJson } from '../api'
import { EVENT_TYPES } from '../shown/event-types'
import { EventSplitter } from './event-splitter'
import { findJsonProblem } from './find-json-problem'

/**
 * One event, or a list of events to send in order. Their text is kept unchanged, because parsing would round an id
 * such as 738529527931269425.
 */
type Written = { readonly texts: readonly string[] } | { readonly problem: string }

export function readWrittenEvents(text: string): Written {
  if (text.trim() === '') return { problem: 'Write an event, or pick one.' }
  const wrong = findJsonProblem(text)
  if (wrong) return { problem: `Line ${wrong.line}, column ${wrong.column}: ${wrong.message}.` }
  const value = readJson<Json>(text)
  const list: readonly Json[] = isJsonList(value) ? value : [value]
  if (list.length === 0) return { problem: 'The list holds no event.' }
  for (const [index, one] of list.entries()) {
    const where = isJsonList(value) ? `Event ${index + 1}: an` : 'An'
    if (!isJsonObject(one)) return { problem: `${where} event is an object in braces: { "type": "track", … }.` }
    if (!EVENT_TYPES.some((type) => type === one.type)) {
      return { problem: `${where} event has a "type": ${EVENT_TYPES.join(', ')}.` }
    }
  }
  return { texts: isJsonList(value) ? new EventSplitter().push(text).map((event) => event.text) : [text] }
}
