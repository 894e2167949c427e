import type { Json } from '../../contract'
import { isJsonList } from '../../json-guards'

/** A line of indented JSON with its path: `metadata.cart`, `companies[0].name`, `''` for the root. */
interface JsonLine {
  readonly path: string
  readonly text: string
}

const INDENT = '  '

/** The lines of `JSON.stringify(value, null, 2)`. */
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

/** Whether a line is at or below one of these paths. */
export const isWithin = (path: string, places: readonly string[]): boolean =>
  places.some((place) => place !== '' && path.startsWith(place) && ['', '.', '['].includes(path.charAt(place.length)))
