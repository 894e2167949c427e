/** Help article 175 forbids these in metadata keys. What Intercom does with them is not documented. */
const DOUBTFUL_CHARACTERS = /[.$`~!@#%^&*'{}|\\"\0]/

/** Why Intercom may ignore a metadata key next to the others. It ignores case. */
export function doubtAboutKey(key: string, others: readonly string[]): 'doubtful-key' | 'same-key' | undefined {
  if (DOUBTFUL_CHARACTERS.test(key)) return 'doubtful-key'
  const isSameKey = (other: string) => other !== key && other.toLowerCase() === key.toLowerCase()
  return others.some(isSameKey) ? 'same-key' : undefined
}

/**
 * Metadata without its doubtful keys, in case Intercom rejects them. `dropped` lists these keys. Of keys that differ only
 * in case, the first one is kept.
 */
export function toPlainMetadata<T>(metadata: Readonly<Record<string, T>>): {
  plain: Record<string, T>
  dropped: string[]
} {
  const plain = new Map<string, T>()
  for (const [key, value] of Object.entries(metadata)) if (!doubtAboutKey(key, [...plain.keys()])) plain.set(key, value)
  return { plain: Object.fromEntries(plain), dropped: Object.keys(metadata).filter((key) => !plain.has(key)) }
}
