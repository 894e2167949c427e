const HTTP_URL = /^https?:\/\/[^\s/]\S*$/i
/** `www.example.com` and `//example.com/me.png` can be nothing but web addresses; `example.com` may be a file. */
const WITHOUT_SCHEME = /^(?:www\.|\/\/)[^\s/.]\S*$/i

/**
 * An absolute web address; `https:` is put before one that only lacks its scheme. `me.png` and `data:` pictures are
 * none, and Intercom fetches avatars itself.
 */
export function toHttpUrl(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  const url = WITHOUT_SCHEME.test(text) ? `https://${text.replace(/^\/\//, '')}` : text
  return HTTP_URL.test(url) ? url : undefined
}
