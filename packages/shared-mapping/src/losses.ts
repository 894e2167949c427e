import { EARLIEST_TIME, LATEST_TIME, MAX_TEXT_LENGTH } from './rules/limits'
import { toNumber } from './values/number'
import { isAbsent } from './values/record'
import { isLongerThan, toText } from './values/text'
import { toUnixSeconds, type UnixSeconds } from './values/unix-seconds'

/** The reasons why a value is left out, with a text for the sender. */
export const LOSS_REASONS = {
  missing: 'it is needed and nothing was sent',
  'nested-value': 'Intercom stores single values only, not objects or lists',
  'not-storable': 'Intercom stores texts, finite numbers, true, false and null',
  'not-text': 'a text was expected',
  'not-a-number': 'a number was expected',
  'not-a-boolean': 'true or false was expected',
  'not-a-date': 'it cannot be read as one moment in time; send ISO 8601 or Unix seconds',
  'not-money': 'it is not a plain amount of zero or more, such as 19.99',
  'not-a-currency': 'it is not a three-letter currency code, so the amount has no meaning',
  'not-an-email': 'it is not an e-mail address',
  'not-a-url': 'it is not a web address with https://, http://, // or www.',
  'not-a-list': 'a list of objects was expected',
  'not-an-object': 'an object with names was expected',
  'out-of-range': 'it is outside the range of numbers or times that Intercom takes',
  'too-long': "the text is longer than Intercom's 255 characters",
  'too-many-keys': 'Intercom keeps twenty metadata keys of an event at most',
  'reserved-key': "the name belongs to Intercom's own fields",
  'bad-name': "Intercom's attribute names hold no full stop or dollar sign",
  'name-taken': 'another value has this name',
  'partial-name': 'it is one part only, and the contact may have a full name',
  'no-field-reads-it': 'the mapping has no field that reads it',
  'no-company-id': 'a company needs an id or a name',
  'unknown-contact': 'Intercom does not know this person, so no contact was attached to the company',
  'not-for-leads': 'Intercom gives its leads ids of their own',
  'event-not-allowed': 'the mapping does not list this event name',
  'same-second-event':
    'another event with the same name, person and second was sent, and Intercom keeps only one of them',
  'no-audience': 'the event names no audience, and the mapping no tag',
  'no-membership': 'neither the event nor the mapping says whether the person is in the audience',
  'already-in-intercom': 'Intercom has this person, and the mapping only adds people',
  'not-in-intercom': 'Intercom does not have this person, and the mapping creates none for it',
  'unknown-teammate': 'the connection sees no teammate with this address',
  'user-with-anonymous-id':
    'Intercom has a user with the user id and another one with the anonymous id, and two users cannot be merged',
  'unknown-visitor': 'Intercom has no such visitor: a person took it over before, or the id is wrong',
  'refused-visitor': 'Intercom refuses to join the visitor to this user, or the connection lacks the permission',
  'visitor-of-lead': 'only a user takes over a visitor, and this person is a lead',
  'not-a-consent': 'opt_in or opt_out was expected',
  'unknown-subscription': 'the workspace has no subscription type with this id or name',
  'unknown-attribute': 'the workspace has no attribute of this name',
  'unchecked-attribute':
    'Intercom refused a custom attribute, and the connection lacks the permission to read which ones the workspace has',
  'email-of-another-contact': 'the address belongs to another contact',
  'refused-by-intercom': 'Intercom refuses this value, or its attribute has another type'
} as const

/** The reasons why a value that was sent may be ignored or changed by Intercom. */
export const DOUBT_REASONS = {
  'unnamed-company': 'Intercom may ignore a new company that has no name',
  rounded: 'Intercom keeps whole numbers here, so it was rounded',
  'beyond-ten-keys': 'Intercom may keep only the first ten metadata keys of an event',
  'doubtful-key': "Intercom's help does not allow this punctuation in a metadata key",
  'same-key': 'another key differs only in case, which Intercom ignores',
  'currency-without-cents': 'Intercom does not document how it counts currencies without hundredths',
  'not-a-price': 'as a plain value, because the prices of Intercom are zero or more',
  'other-time': 'it cannot be read as one moment in time, so the next time of the event was used'
} as const

/** The key of a reason. `toReasonText` returns its text. */
export type LossReason = keyof typeof LOSS_REASONS | keyof typeof DOUBT_REASONS

/**
 * A value that Intercom does not get, or, if the reason is one of `DOUBT_REASONS`, a value that was sent and that Intercom
 * may ignore or change. `isDoubtful` distinguishes the two.
 *
 * `path` uses Intercom's names (`custom_attributes.address`, `companies[1].created_at`, `metadata.cart`), so that the web
 * half and the cloud half report the same loss alike. It never contains the value: losses are logged, and values are
 * personal data.
 */
export interface Loss {
  path: string
  reason: LossReason
}

/** Whether the value was sent nevertheless. */
export function isDoubtful({ reason }: { reason: string }): boolean {
  return reason in DOUBT_REASONS
}

/** The text for a reason. */
export function toReasonText(reason: LossReason): string {
  return { ...LOSS_REASONS, ...DOUBT_REASONS }[reason]
}

/**
 * One sentence for a log: `metadata.cart was left out: Intercom stores single values only, not objects or lists`, or
 * `company was sent, but: Intercom may ignore a new company that has no name`.
 */
export function toLossText(loss: Loss): string {
  return `${loss.path} ${isDoubtful(loss) ? 'was sent, but' : 'was left out'}: ${toReasonText(loss.reason)}`
}

/** Reads a value: `undefined` if it is absent, `undefined` and a loss if it cannot be used. */
export function readOrLose<T>(
  losses: Loss[],
  path: string,
  value: unknown,
  to: (value: unknown) => T | undefined,
  reason: LossReason
): T | undefined {
  if (isAbsent(value)) return undefined
  const read = to(value)
  if (read === undefined) losses.push({ path, reason })
  return read
}

/** Reads a text of at most 255 characters. E-mail addresses and URLs have no documented limit. */
export function readTextOrLose(losses: Loss[], path: string, value: unknown): string | undefined {
  const text = readOrLose(losses, path, value, toText, 'not-text')
  if (text === undefined || !isLongerThan(text, MAX_TEXT_LENGTH.value)) return text
  losses.push({ path, reason: 'too-long' })
  return undefined
}

/** Reads a time. One that Intercom may reject is a loss, because Intercom would reject the whole request. */
export function readTimeOrLose(losses: Loss[], path: string, value: unknown): UnixSeconds | undefined {
  const seconds = readOrLose(losses, path, value, toUnixSeconds, 'not-a-date')
  if (seconds === undefined || (seconds >= EARLIEST_TIME.value && seconds <= LATEST_TIME.value)) return seconds
  losses.push({ path, reason: 'out-of-range' })
  return undefined
}

/**
 * Reads a number for a field in which Intercom keeps whole numbers from `-limit` to `limit`. A fraction is rounded half up
 * and reported as doubtful.
 */
export function readWholeNumberOrLose(losses: Loss[], path: string, value: unknown, limit: number): number | undefined {
  const number = readOrLose(losses, path, value, toNumber, 'not-a-number')
  if (number === undefined) return undefined
  // `+ 0` turns the -0 of `Math.round(-0.4)` into 0.
  const whole = Math.round(number) + 0
  if (Math.abs(whole) > limit) {
    losses.push({ path, reason: 'out-of-range' })
    return undefined
  }
  if (whole !== number) losses.push({ path, reason: 'rounded' })
  return whole
}
