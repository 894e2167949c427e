import type { SegmentEvent } from '@segment/actions-core'

const MASK = '…'
const EMAIL = /[^\s@"'<>()]+@[^\s@"'<>()]+[^\s@"'<>().,;:]/g
const INTERCOM_ID = /\b[0-9a-f]{24}\b/gi
/** A single word ("user") may be one of the reason's own, so it is masked only where it stands in quotation marks. */
const ONE_WORD = /^[a-z]*$/i
/** Shorter ones ("1", "v2") would only riddle the reason. */
const SHORTEST_MASKED = 4
const QUOTES = ['"', "'", '`'] as const

/**
 * A reason without the values of the event it is about, so that a summary can be shown to anybody. It also lets equal
 * reasons of different people meet in one row.
 */
export function maskValues(reason: string, event: SegmentEvent): string {
  const { type: _type, event: _event, integrations: _integrations, ...rest } = event
  const values = [...textsIn(rest)].filter((value) => reason.includes(value)).sort((a, b) => b.length - a.length)
  const masked = values.reduce(maskValue, reason)
  return masked.replace(EMAIL, MASK).replace(INTERCOM_ID, MASK)
}

function maskValue(reason: string, value: string): string {
  const quoted = QUOTES.reduce((text, mark) => text.split(mark + value + mark).join(mark + MASK + mark), reason)
  return value.length < SHORTEST_MASKED || ONE_WORD.test(value) ? quoted : quoted.split(value).join(MASK)
}

/** Every text in a value. Walks without recursion: the event is a stranger's, and may be nested as deep as it likes. */
function textsIn(root: unknown): Set<string> {
  const texts = new Set<string>()
  const rest: unknown[] = [root]
  while (rest.length > 0) {
    const value = rest.pop()
    if (typeof value === 'string' && value !== '') texts.add(value)
    else if (typeof value === 'number') texts.add(String(value))
    else if (typeof value === 'object' && value !== null) {
      const children: unknown[] = Object.values(value)
      for (const child of children) rest.push(child)
    }
  }
  return texts
}
