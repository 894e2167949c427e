import type { Json } from '../../contract'
import { isJsonList } from '../../json-guards'

const WIDTH = 120
const INDENT = '  '
const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/
/** Line breaks, control characters, and the two separators that some editors treat as line breaks. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f\u2028\u2029]/g

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A value as a TypeScript literal in this repository's style: single quotes, bare keys, wrapped lines. */
export function toLiteral(value: Json, depth = 0, taken = 0): string {
  const flat = toFlat(value)
  if (depth * INDENT.length + taken + flat.length <= WIDTH || typeof value !== 'object' || value === null) return flat
  const inner = INDENT.repeat(depth + 1)
  const outer = INDENT.repeat(depth)
  if (isJsonList(value)) {
    return `[\n${value.map((part) => inner + toLiteral(part, depth + 1)).join(',\n')}\n${outer}]`
  }
  const lines = Object.entries(value).map(([key, part]) => {
    const name = toKey(key)
    return `${inner}${name}: ${toLiteral(part, depth + 1, name.length + 2)}`
  })
  return `{\n${lines.join(',\n')}\n${outer}}`
}

function toFlat(value: Json): string {
  if (typeof value === 'string') return toQuoted(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (isJsonList(value)) return `[${value.map(toFlat).join(', ')}]`
  const entries = Object.entries(value).map(([key, part]) => `${toKey(key)}: ${toFlat(part)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function toKey(key: string): string {
  // Bare or quoted, `__proto__` would set the prototype.
  if (key === '__proto__') return "['__proto__']"
  return PLAIN_KEY.test(key) ? key : toQuoted(key)
}

const toQuoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replace(UNSEEN, toEscape)}'`

const toEscape = (letter: string): string =>
  ESCAPES[letter] ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
