import type { JsonObject } from '../../contract'

/**
 * The write key of the shop, beside the one that is shown to people: by it, and by nothing that an event says of
 * itself, the events of the shop are told from those of other senders. A write key is no secret.
 */
export const SHOP_WRITE_KEY = 'paper-and-pine'

/** What the request names as its write key: in Basic authentication, as libraries do, else in the body. */
export function toWriteKey(authorization: string | undefined, body: JsonObject): string | undefined {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(authorization?.trim() ?? '') ?? []
  if (encoded === undefined) return typeof body.writeKey === 'string' ? body.writeKey : undefined
  // Segment reads the user name alone; whether a colon and a password follow is the same to it.
  const [user] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return user
}
