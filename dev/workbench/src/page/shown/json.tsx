import type { Json } from '../../contract'
import { isWithin, toJsonLines } from './json-lines'

interface JsonTextProps {
  readonly value: Json
  readonly label?: string
  /** The paths that are marked, such as `metadata.cart`. */
  readonly marked?: readonly string[]
}

/** A value as selectable JSON text. It is never interpreted as HTML. */
export function JsonText({ value, label, marked = [] }: JsonTextProps) {
  return (
    <pre class="json" tabIndex={0} role="region" aria-label={label ?? 'JSON'}>
      <code>
        {marked.length === 0 ? JSON.stringify(value, null, 2) : <MarkedLines value={value} marked={marked} />}
      </code>
    </pre>
  )
}

function MarkedLines({ value, marked }: { readonly value: Json; readonly marked: readonly string[] }) {
  return toJsonLines(value).map(({ path, text }, index) => {
    const line = text.trimStart()
    const indent = text.slice(0, text.length - line.length)
    return [index > 0 && '\n', indent, isWithin(path, marked) ? <mark key={index}>{line}</mark> : line]
  })
}
