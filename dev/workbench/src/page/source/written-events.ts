import { EventFileError, openEventFile } from '@intercom-destinations/event-file'
import type { Json } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { readJson } from '../api'
import { EVENT_TYPES } from '../shown/event-types'
import { findJsonProblem } from './find-json-problem'
import { gunzip } from './gunzip'

/**
 * Events to send in order. Their text is kept unchanged, because parsing would round an id such as 738529527931269425.
 */
export type Written = { readonly texts: readonly string[] } | { readonly problem: string }

/** Reads what a file may hold as well: one event, a list, one event a line, or a table with a header of paths. */
export async function readWrittenEvents(text: string): Promise<Written> {
  if (text.trim() === '') return { problem: 'Write an event, or pick one.' }
  const wrong = findJsonProblem(text)
  if (!wrong) return findShapeProblem(readJson<Json>(text)) ?? (await readRecords(text))
  const read = await readRecords(text)
  // Where it is JSON, a person looks for the wrong character and not for another kind of file.
  if (!/^\s*[{["]/.test(text)) return read
  if ('problem' in read) return { problem: toPosition(wrong) }
  const { texts } = read
  const isOneALine = isEvent(texts[0] ?? '') && texts.length > 1
  const broken = texts.findIndex((one) => !isEvent(one))
  if (!isOneALine) return { problem: toPosition(wrong) }
  return broken === -1 ? read : findRecordProblem(texts[broken] ?? '', broken + 1)
}

type JsonProblem = NonNullable<ReturnType<typeof findJsonProblem>>

const toPosition = ({ line, column, message }: JsonProblem): string => `Line ${line}, column ${column}: ${message}.`

function findRecordProblem(text: string, number: number): Written {
  const wrong = findJsonProblem(text)
  if (!wrong) return { problem: `Event ${number}: an event is an object in braces: { "type": "track", … }.` }
  return { problem: `Event ${number}, column ${wrong.column}: ${wrong.message}.` }
}

async function* toChunks(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(new TextEncoder().encode(text))
}

async function readRecords(text: string): Promise<Written> {
  const texts: string[] = []
  try {
    const { readRecords, unit, toShownNumber } = await openEventFile(toChunks(text), { gunzip })
    for await (const { content, number } of readRecords()) {
      if (content.kind === 'other-cells')
        return { problem: `Row ${toShownNumber(number)} has more or fewer cells than the header of its table.` }
      if (content.kind !== 'text') return { problem: `The ${unit} ${number} cannot be read.` }
      if (content.text.trim() !== '') texts.push(content.text)
    }
  } catch (error) {
    if (error instanceof EventFileError) return { problem: `This ${error.problem}` }
    throw error
  }
  return texts.length === 0 ? { problem: 'It holds no event.' } : { texts }
}

function isEvent(text: string): boolean {
  return findJsonProblem(text) === undefined && isJsonObject(readJson<Json>(text))
}

function findShapeProblem(value: Json): { problem: string } | undefined {
  const list: readonly Json[] = isJsonList(value) ? value : [value]
  if (list.length === 0) return { problem: 'The list holds no event.' }
  for (const [index, one] of list.entries()) {
    const where = isJsonList(value) ? `Event ${index + 1}: an` : 'An'
    if (!isJsonObject(one)) return { problem: `${where} event is an object in braces: { "type": "track", … }.` }
    if (!EVENT_TYPES.some((type) => type === one.type)) {
      return { problem: `${where} event has a "type": ${EVENT_TYPES.join(', ')}.` }
    }
  }
  return undefined
}
