import { toText } from './text'

// Intercom does not publish its rule, so only texts that are certainly not an address are rejected.
const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+$/

/** An e-mail address, trimmed, with its case unchanged. */
export function toEmail(value: unknown): string | undefined {
  const email = toText(value)?.trim()
  return email !== undefined && LOOKS_LIKE_EMAIL.test(email) ? email : undefined
}
