import { EVENT_TYPES, type EventType } from '@intercom-destinations/delivery'

const NOT_A_LETTER = /[^a-z]/g
/** A longer word is no typing error. */
const LONGEST_WORD = 40

/** The type that was probably meant by `Identify`, `pageview`, `identify_user` or `trakc`. */
export function toNearEventType(type: unknown): EventType | undefined {
  if (typeof type !== 'string' || type.length > LONGEST_WORD) return undefined
  const word = type.toLowerCase().replace(NOT_A_LETTER, '')
  return EVENT_TYPES.find((known) => word.startsWith(known)) ?? EVENT_TYPES.find((known) => isOneTypoAway(word, known))
}

/** Whether one letter is missing, added or replaced, or two neighbours are swapped. */
function isOneTypoAway(word: string, known: string): boolean {
  const start = commonPrefixLength(word, known)
  const [left, right] = [word.slice(start), known.slice(start)]
  return (
    left.slice(1) === right.slice(1) ||
    left === right.slice(1) ||
    left.slice(1) === right ||
    (left.slice(2) === right.slice(2) && left[0] === right[1] && left[1] === right[0])
  )
}

function commonPrefixLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}
