import type { FieldCard, Json } from '../../contract'
import { toChoices } from '../form/field-choices'
import { isJsonList, isJsonObject } from '../../json-guards'
import { toSource } from './source'

/** `$.properties.total` → `properties.total`. */
function toPathText(path: string): string {
  if (path === '$' || path === '$.' || path === '') return 'the whole of it'
  return path.replace(/^\$\./, '')
}

/** A value of a mapping as one readable line: `properties.revenue, else properties.total`. */
export function toDirectiveText(value: Json | undefined, field?: FieldCard): string {
  const source = toSource(value)
  switch (source.kind) {
    case 'nothing':
      return 'nothing'
    case 'path':
      return toPathText(source.path)
    case 'first':
      return source.paths.map(toPathText).join(', else ')
    case 'template':
      return `the text ${source.template}`
    case 'literal':
      return toLiteralText(source.value, field)
    case 'keys':
      return source.entries.length === 0 ? 'an empty object' : counted(source.entries.map(([key]) => key))
    case 'list':
      return source.items.length === 0
        ? 'an empty list'
        : source.items.map((item) => toDirectiveText(item)).join(' and ')
    case 'json':
      return toOtherText(source.value)
  }
}

const SHOWN_KEYS = 4

function counted(keys: readonly string[]): string {
  const named = keys.map((key) => (key === '' ? 'a key to be named' : key))
  const shown = named.slice(0, SHOWN_KEYS).join(', ')
  return keys.length > SHOWN_KEYS ? `${shown} and ${keys.length - SHOWN_KEYS} more` : shown
}

function toLiteralText(value: string | number | boolean, field: FieldCard | undefined): string {
  const choice = toChoices(field?.choices).find((one) => one.value === value)
  if (choice) return choice.label
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return typeof value === 'number' ? String(value) : `“${value}”`
}

/** Directives without inputs of their own. */
function toOtherText(value: Json): string {
  if (!isJsonObject(value)) return JSON.stringify(value)
  const [[name, inner] = ['', null]] = Object.entries(value).filter(([key]) => key.startsWith('@'))
  if (name === '@arrayPath' && isJsonList(inner)) return toArrayText(inner)
  if (name === '@literal') return toDirectiveText(inner)
  if (!isJsonObject(inner)) return `a directive, ${name}`
  if (name === '@if') return toIfText(inner)
  if (name === '@case')
    return `${toDirectiveText(inner.value)}, in ${inner.operator === 'upper' ? 'upper' : 'lower'} case`
  if (name === '@replace')
    return `${toDirectiveText(inner.value)}, with ${JSON.stringify(inner.pattern ?? '')} replaced by ${JSON.stringify(inner.replacement ?? '')}`
  if (name === '@json')
    return `${toDirectiveText(inner.value)}, ${inner.mode === 'decode' ? 'read from' : 'written as'} JSON`
  if (name === '@flatten') return `${toDirectiveText(inner.value)}, with its objects flattened`
  if (name === '@merge' && isJsonList(inner.objects))
    return `${inner.objects.map((one) => toDirectiveText(one)).join(' and ')}, merged`
  return `a directive, ${name}`
}

function toArrayText([path, shape]: readonly Json[]): string {
  const from = typeof path === 'string' ? toPathText(path) : toDirectiveText(path)
  return isJsonObject(shape) ? `for each of ${from}: ${toDirectiveText(shape)}` : `each of ${from}`
}

function toIfText(inner: { readonly [key: string]: Json }): string {
  const asked = inner.exists === undefined ? inner.blank : inner.exists
  const condition = `${toDirectiveText(asked)} ${inner.exists === undefined ? 'is not blank' : 'is there'}`
  const otherwise = inner.else === undefined ? '' : `, else ${toDirectiveText(inner.else)}`
  return `if ${condition}: ${toDirectiveText(inner.then)}${otherwise}`
}
