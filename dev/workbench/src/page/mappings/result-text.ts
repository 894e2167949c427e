import type { FieldCard, Half, Json } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { toShortText } from './event-paths'

/** The value of a field in short; the payload shows all of it. */
export function toResultText(value: Json): string {
  if (isJsonList(value)) return counted(value.length, 'item')
  return isJsonObject(value) ? counted(Object.keys(value).length, 'key') : toShortText(value)
}

const counted = (count: number, what: string): string =>
  `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`

const TEXTS: readonly FieldCard['type'][] = ['string', 'text', 'password', 'datetime']
const AS_TEXT = '[object Object]'

/** The problem of a text field whose value is an object, by its path or by a path in a template. */
export function findResultProblem({ type, multiple }: FieldCard, result: Json | undefined, half: Half) {
  if (!TEXTS.includes(type) || result === undefined) return undefined
  const items = multiple && isJsonList(result) ? result : [result]
  if (items.some((item) => isJsonObject(item) || isJsonList(item)))
    return half === 'cloud'
      ? 'It is an object here; Segment refuses it for a text.'
      : 'It is an object here, and no text.'
  const isSpoilt = items.some((item) => typeof item === 'string' && item.includes(AS_TEXT))
  return isSpoilt ? `An object in it becomes ${AS_TEXT}. Write the path of one of its values.` : undefined
}
