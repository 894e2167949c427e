const HTTP_URL = /^https?:\/\/[^\s/]\S*$/i

/** An absolute web address. `me.png` and `data:` pictures are not, and Intercom fetches avatars itself. */
export function toHttpUrl(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const url = value.trim()
  return HTTP_URL.test(url) ? url : undefined
}
