/** The event and the saved mapping that a payload comes from; `undefined` if the host does not pass them. */
export interface PayloadOrigin {
  event: unknown
  mapping: unknown
}

/** actions-core 3.77 to 3.170 passes both as `rawData` and `rawMapping`, which its types do not contain. */
export function toOrigin(data: object): PayloadOrigin {
  return {
    event: 'rawData' in data ? data.rawData : undefined,
    mapping: 'rawMapping' in data ? data.rawMapping : undefined
  }
}

/** The origins of a batch of this many payloads, by index. */
export function toOrigins(data: object, length: number): (index: number) => PayloadOrigin {
  const { event: events, mapping } = toOrigin(data)
  // If Segment rejected some of the events, the events can no longer be assigned to the payloads.
  const known: readonly unknown[] = Array.isArray(events) && events.length === length ? events : []
  return (index) => ({ event: known[index], mapping })
}
