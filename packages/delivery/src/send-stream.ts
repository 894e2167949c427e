import type { Verdict } from './outcome'
import type { Settled } from './queued-event'

export interface DeliveredEvent {
  /** The value that the stream yielded. */
  event: unknown
  verdict: Verdict
}

/** Reads at most `mostUnsettled` events ahead, and yields them with their verdicts in the order of the stream. */
export async function* sendStream(
  events: AsyncIterable<unknown>,
  mostUnsettled: number,
  deliver: (event: unknown) => Promise<Settled>
): AsyncGenerator<DeliveredEvent, void, undefined> {
  const underWay: Promise<Settled>[] = []
  const iterator = events[Symbol.asyncIterator]()
  let isRead = false
  let reading: Promise<IteratorResult<unknown>> | undefined
  try {
    while (!isRead || underWay.length > 0) {
      const [first] = underWay
      if (!isRead && !reading && underWay.length < mostUnsettled) reading = iterator.next()
      const isFirstSettled = await Promise.race([
        ...(first ? [first.then(() => true)] : []),
        ...(reading ? [reading.then(() => false)] : [])
      ])
      if (isFirstSettled && first) {
        void underWay.shift()
        const { event, verdict } = await first
        yield { event, verdict }
      } else if (reading) {
        const next = await reading
        reading = undefined
        if (next.done) isRead = true
        else underWay.push(deliver(next.value))
      }
    }
  } finally {
    if (!isRead) await iterator.return?.()
  }
}
