import type { Json } from '../../contract'
import { isJsonList, isJsonObject } from '../../json-guards'
import { toShortText } from './event-paths'

/** What a field gets, beside its name: the whole of it stands in the payload. */
export function toResultText(value: Json): string {
  if (isJsonList(value)) return counted(value.length, 'item')
  return isJsonObject(value) ? counted(Object.keys(value).length, 'key') : toShortText(value)
}

const counted = (count: number, what: string): string =>
  `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`
