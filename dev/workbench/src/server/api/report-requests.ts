import type { AttributesToCreate, JsonObject, OpenRun, RunEnding } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { isText, wrong, type Read } from './requests'

/** A name of a file or of some files is shown, so it is short. */
const LONGEST_TITLE = 200
const ENDINGS = ['complete', 'stopped', 'broken-off'] as const
const LONGEST_REASON = 1000
const MODELS = ['contact', 'company'] as const

export function readOpenRun({ title }: JsonObject): Read<OpenRun> {
  return isText(title) ? { value: { title: title.trim().slice(0, LONGEST_TITLE) } } : wrong('title', 'It needs a name.')
}

export function readRunEnding({ kind, reason }: JsonObject): Read<RunEnding> {
  const known = ENDINGS.find((one) => one === kind)
  if (!known) return wrong('kind', `It is one of ${ENDINGS.join(', ')}.`)
  return { value: { kind: known, reason: typeof reason === 'string' ? reason.slice(0, LONGEST_REASON) : '' } }
}

export function readAttributesToCreate({ attributes }: JsonObject): Read<AttributesToCreate> {
  if (!Array.isArray(attributes)) return wrong('attributes', 'A list of attributes was expected.')
  const read = attributes.filter(isJsonObject).flatMap(({ model, name }) => {
    const known = MODELS.find((one) => one === model)
    return known && isText(name) ? [{ model: known, name }] : []
  })
  return read.length === attributes.length
    ? { value: { attributes: read } }
    : wrong('attributes', 'Each attribute has a model and a name.')
}
