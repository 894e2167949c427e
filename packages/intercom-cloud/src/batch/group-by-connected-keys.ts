/**
 * Sorts items into lanes: whoever shares a key shares a lane, in the order they came. Two items without a common key
 * meet in one lane all the same when a third one has a key of each.
 */
export function groupByConnectedKeys<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[][] {
  const groups: (T[] | undefined)[] = []
  const laneOf = new Map<string, number>()
  const order = new Map(items.map((item, index) => [item, index]))
  for (const item of items) {
    const keys = keysOf(item)
    const met = [...new Set(keys.flatMap((key) => laneOf.get(key) ?? []))]
    const [group = groups.length] = met
    groups[group] = [...met.flatMap((one) => groups[one] ?? []), item]
    for (const other of met) if (other !== group) groups[other] = undefined
    for (const [key, at] of laneOf) if (met.includes(at)) laneOf.set(key, group)
    for (const key of keys) laneOf.set(key, group)
  }
  return groups.flatMap((group) => (group ? [group.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))] : []))
}
