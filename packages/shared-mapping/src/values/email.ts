import { toText } from './text'

// Only what surely is no address is refused: the rule that Intercom applies is not published.
const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+$/

/** An e-mail address without the spaces around it, in the letters it came in. */
export function toEmail(value: unknown): string | undefined {
  const email = toText(value)?.trim()
  return email !== undefined && LOOKS_LIKE_EMAIL.test(email) ? email : undefined
}
