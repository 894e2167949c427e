/** Help article 175: none of these stands in a metadata key. What Intercom does with one is not documented. */
const DOUBTFUL_CHARACTERS = /[.$`~!@#%^&*'{}|\\"\0]/

/** Why Intercom may not take a metadata key beside these others: it does not tell upper from lower case. */
export function doubtAboutKey(key: string, others: readonly string[]): 'doubtful-key' | 'same-key' | undefined {
  if (DOUBTFUL_CHARACTERS.test(key)) return 'doubtful-key'
  const isTwin = (other: string) => other !== key && other.toLowerCase() === key.toLowerCase()
  return others.some(isTwin) ? 'same-key' : undefined
}

/**
 * Metadata without its doubtful keys, for the case that Intercom refuses them: `dropped` names these. Of keys that differ
 * in case only the first one stays.
 */
export function toPlainMetadata<T>(metadata: Readonly<Record<string, T>>): {
  plain: Record<string, T>
  dropped: string[]
} {
  const plain = new Map<string, T>()
  for (const [key, value] of Object.entries(metadata)) if (!doubtAboutKey(key, [...plain.keys()])) plain.set(key, value)
  return { plain: Object.fromEntries(plain), dropped: Object.keys(metadata).filter((key) => !plain.has(key)) }
}
