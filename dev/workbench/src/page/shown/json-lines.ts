import type { Json } from '../../contract'
import { isJsonList } from '../../json-guards'

/** A line of indented JSON, and the place that it shows: `metadata.cart`, `companies[0].name`, `''` for the whole. */
interface JsonLine {
  readonly path: string
  readonly text: string
}

const INDENT = '  '

/** The same text that `JSON.stringify(value, null, 2)` gives, a line at a time. */
export function toJsonLines(value: Json): readonly JsonLine[] {
  const lines: JsonLine[] = []
  write(value, '', '', '', '', lines)
  return lines
}

function write(value: Json, path: string, indent: string, before: string, after: string, lines: JsonLine[]): void {
  const opening = indent + before
  if (typeof value !== 'object' || value === null) {
    lines.push({ path, text: `${opening}${JSON.stringify(value)}${after}` })
    return
  }
  const parts = isJsonList(value)
    ? value.map((part, index) => ({ part, path: `${path}[${index}]`, name: '' }))
    : Object.entries(value).map(([key, part]) => ({
        part,
        path: path === '' ? key : `${path}.${key}`,
        name: `${JSON.stringify(key)}: `
      }))
  const [open, close] = isJsonList(value) ? ['[', ']'] : ['{', '}']
  if (parts.length === 0) {
    lines.push({ path, text: `${opening}${open}${close}${after}` })
    return
  }
  lines.push({ path, text: opening + open })
  for (const [index, one] of parts.entries()) {
    write(one.part, one.path, indent + INDENT, one.name, index < parts.length - 1 ? ',' : '', lines)
  }
  lines.push({ path, text: indent + close + after })
}

/** Whether a line shows one of these places, or something within it. */
export const isWithin = (path: string, places: readonly string[]): boolean =>
  places.some((place) => place !== '' && path.startsWith(place) && ['', '.', '['].includes(path.charAt(place.length)))
