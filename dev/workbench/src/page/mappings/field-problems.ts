import type { ActionCard, FieldCard, Json, JsonObject, Problem, SubscriptionRow } from '../../contract'
import { isJsonObject } from '../../json-guards'
import { ownValue } from '../form/json-value'
import { problemsUnder } from '../form/problems-under'
import { areMet, isRequired } from './conditions'
import { toSource } from './source'

const NO_NAME = 'Give it a name.'
const NO_PATH = 'Write a path such as $.properties.total.'
const NO_KEY = 'Give it a key.'

/** What the form can see of a row for itself, with paths from the row on; the server has the last word. */
export function findRowProblems(action: ActionCard | undefined, row: SubscriptionRow): readonly Problem[] {
  const name = findNameProblem(row.name)
  return [
    ...(name === undefined ? [] : [{ path: 'name', message: name }]),
    ...Object.entries(action?.fields ?? {}).flatMap(([key, field]) =>
      findFieldProblems(field, ownValue(row.mapping, key), row.mapping, `mapping.${key}`)
    )
  ]
}

export const findNameProblem = (name: string): string | undefined => (name.trim() === '' ? NO_NAME : undefined)

/** The problems of a field and its value, whatever the sample. */
function findFieldProblems(
  field: FieldCard,
  value: Json | undefined,
  mapping: JsonObject,
  place: string
): readonly Problem[] {
  if (field.type === 'hidden') return []
  if (value === undefined || value === '') {
    const isShown = value !== undefined || areMet(field.depends_on, mapping) !== 'no'
    if (isShown && isRequired(field, mapping) === 'yes') return [{ path: place, message: `${field.label} is needed.` }]
  }
  if (value === undefined) return []
  // On the web payloads are not validated, so this is checked here.
  if ((field.type === 'number' || field.type === 'integer') && typeof value === 'string')
    return [{ path: place, message: 'Write a number here.' }]
  if (field.properties && !field.multiple && isJsonObject(value) && toSource(value).kind === 'keys')
    return Object.entries(field.properties).flatMap(([key, nested]) =>
      findFieldProblems(nested, ownValue(value, key), mapping, `${place}.${key}`)
    )
  return findValueProblems(value, place)
}

/** The parts of a value that are not filled in yet. JSON that is written by hand is not checked. */
function findValueProblems(value: Json, place: string): readonly Problem[] {
  const source = toSource(value)
  switch (source.kind) {
    case 'path':
      return source.path.trim() === '' ? [{ path: place, message: NO_PATH }] : []
    case 'first':
      return source.paths.some((path) => path.trim() === '') ? [{ path: place, message: NO_PATH }] : []
    case 'keys':
      return source.entries.flatMap(([key, inner]) => [
        ...(key === '' ? [{ path: `${place}.`, message: NO_KEY }] : []),
        ...findValueProblems(inner, `${place}.${key}`)
      ])
    case 'list':
      return source.items.flatMap((item, index) => findValueProblems(item, `${place}[${index}]`))
    case 'nothing':
    case 'literal':
    case 'template':
    case 'json':
      return []
  }
}

/** The problems of a field without those of its keys and items, which are shown in their own rows. */
export function withoutParts(problems: readonly Problem[], place: string, value: Json | undefined): readonly Problem[] {
  const source = toSource(value)
  const parts =
    source.kind === 'keys'
      ? source.entries.map(([key]) => `${place}.${key}`)
      : source.kind === 'list'
        ? source.items.map((_, index) => `${place}[${index}]`)
        : []
  return problems.filter((problem) => !parts.some((part) => problemsUnder([problem], part).length > 0))
}

/** The problems of a single source, for a key of an object or an item of a list. */
export const findSourceProblem = (value: Json): string | undefined => findValueProblems(value, '')[0]?.message

const UNCLOSED = /\{\{(?:(?!\}\}).)*$/s

/** A template with a placeholder that would be sent literally. */
export function findTemplateProblem(value: Json | undefined): string | undefined {
  const source = toSource(value)
  if (source.kind !== 'template') return undefined
  const [unclosed] = UNCLOSED.exec(source.template) ?? []
  return unclosed === undefined
    ? undefined
    : `“${unclosed}” is not closed, so it stays a text. Write }} after the path.`
}
