import type { JsonObject } from '../../contract'

/**
 * The write key of the shop, beside the one that the page shows: only by it are the shop's events told
 * from those of other senders. A write key is no secret.
 */
export const SHOP_WRITE_KEY = 'paper-and-pine'

/** The request's write key: from Basic authentication, as libraries send it, else from the body. */
export function toWriteKey(authorization: string | undefined, body: JsonObject): string | undefined {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(authorization?.trim() ?? '') ?? []
  if (encoded === undefined) return typeof body.writeKey === 'string' ? body.writeKey : undefined
  // Segment reads the user name alone, with or without a colon and a password.
  const [user] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return user
}
