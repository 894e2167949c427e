import type { SegmentEvent } from '@segment/actions-core'

const MASK = '…'
const EMAIL = /[^\s@"'<>()]+@[^\s@"'<>()]+[^\s@"'<>().,;:]/g
const INTERCOM_ID = /\b[0-9a-f]{24}\b/gi
/** A single word such as "user" may be part of the reason itself, so it is masked only in quotation marks. */
const ONE_WORD = /^[a-z]*$/i
/** Masking shorter values such as "1" would make the reason unreadable. */
const SHORTEST_MASKED = 4
const QUOTES = ['"', "'", '`'] as const

/**
 * Removes the values of the event from a reason, so that a summary contains no data of people, and so that equal reasons
 * of different people share a row.
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

/** Every text in a value. Walks without recursion, because an event may be nested to any depth. */
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
