/**
 * Groups items that share a key, in their original order. Two items without a common key are in the same group if a third
 * item has a key of each.
 */
export function groupByConnectedKeys<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[][] {
  const groups: (T[] | undefined)[] = []
  const groupOf = new Map<string, number>()
  const indexes = new Map(items.map((item, index) => [item, index]))
  for (const item of items) {
    const keys = keysOf(item)
    const connected = [...new Set(keys.flatMap((key) => groupOf.get(key) ?? []))]
    const [group = groups.length] = connected
    groups[group] = [...connected.flatMap((index) => groups[index] ?? []), item]
    for (const other of connected) if (other !== group) groups[other] = undefined
    for (const [key, index] of groupOf) if (connected.includes(index)) groupOf.set(key, group)
    for (const key of keys) groupOf.set(key, group)
  }
  return groups.flatMap((group) => (group ? [group.sort((a, b) => (indexes.get(a) ?? 0) - (indexes.get(b) ?? 0))] : []))
}
