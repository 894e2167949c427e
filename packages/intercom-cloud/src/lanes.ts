/**
 * Sorts items into lanes: whoever shares a key shares a lane, in the order they came. Two items without a common key
 * meet in one lane all the same when a third one has a key of each.
 */
export function toLanes<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[][] {
  const lanes: (T[] | undefined)[] = []
  const laneOf = new Map<string, number>()
  const order = new Map(items.map((item, index) => [item, index]))
  for (const item of items) {
    const keys = keysOf(item)
    const met = [...new Set(keys.flatMap((key) => laneOf.get(key) ?? []))]
    const [lane = lanes.length] = met
    lanes[lane] = [...met.flatMap((one) => lanes[one] ?? []), item]
    for (const other of met) if (other !== lane) lanes[other] = undefined
    for (const [key, at] of laneOf) if (met.includes(at)) laneOf.set(key, lane)
    for (const key of keys) laneOf.set(key, lane)
  }
  return lanes.flatMap((lane) => (lane ? [lane.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))] : []))
}

/** Runs all of them, so many at a time; each call has to catch its own failure. */
export async function runSideBySide<T>(
  items: readonly T[],
  limit: number,
  run: (item: T) => Promise<void>
): Promise<void> {
  const waiting = items.values()
  const work = async () => {
    for (const item of waiting) await run(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
}
