const HTTP_URL = /^https?:\/\/[^\s/]\S*$/i
/** `www.example.com` and `//example.com/me.png` are certainly web addresses; `example.com` may be a file name. */
const WITHOUT_SCHEME = /^(?:www\.|\/\/)[^\s/.]\S*$/i

/**
 * An absolute web address. `https:` is added to one without a scheme. `me.png` and `data:` images are `undefined`, because
 * Intercom fetches avatars by itself.
 */
export function toHttpUrl(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  const url = WITHOUT_SCHEME.test(text) ? `https://${text.replace(/^\/\//, '')}` : text
  return HTTP_URL.test(url) ? url : undefined
}
