import { printable } from '../../text/printable'

/** A piece of HTML in which everything from outside is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | readonly Html[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

const escape = (text: string): string => printable(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')

function toText(part: Part): string {
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(({ text }) => text).join('')
  return escape(String(part))
}

/** Lines of a template are indented for its reader, which a page does not need. */
const INDENT = /\n\s+/g

/** A template whose parts are escaped unless they are `Html`. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    strings
      .map((text, index) => text.replace(INDENT, '\n') + (index < parts.length ? toText(parts[index] ?? '') : ''))
      .join('')
  )
}

export const NOTHING = new Html('')

/** A name as code that breaks after its full stops and underscores instead of anywhere. */
export function toName(text: string): Html {
  const parts = text.split(/(?<=[._])/).map((part) => html`${part}<wbr />`)
  return html`<code>${parts}</code>`
}
