import type { IntercomSender } from '@intercom-destinations/delivery'

/** The parts of an `eachBatch` payload that are used here: kafkajs and clients with its interface pass it. */
export interface EachBatchPayload {
  batch: { topic: string; partition: number; messages: readonly { offset: string; value: Uint8Array | null }[] }
  resolveOffset(offset: string): void
  commitOffsetsIfNecessary(): Promise<void>
  heartbeat(): Promise<void>
  /** Stops fetching this partition, and returns the function that continues. */
  pause(): () => void
  isRunning(): boolean
  isStale(): boolean
}

export interface Options {
  log?: (line: string) => void
  /** At most a third of the client's session time-out (30 seconds by default). */
  heartbeatMs?: number
}

/** The events of one call share searches and writes. After a failure, some of them are sent again. */
const SLICE = 100
/** How long a partition rests after a failure, in milliseconds, where Intercom asks for no other time. */
const REST_MS = 5000

/** An `eachBatch` handler for a consumer with `eachBatchAutoResolve: false`. */
export function createEachBatch(
  sender: Pick<IntercomSender, 'send'>,
  { log = console.warn, heartbeatMs = 3000 }: Options = {}
) {
  return async (payload: EachBatchPayload): Promise<void> => {
    const { topic, partition, messages } = payload.batch
    for (let start = 0; start < messages.length; start += SLICE) {
      if (!payload.isRunning() || payload.isStale()) return
      const slice = messages.slice(start, start + SLICE)
      const events = slice.map(({ value }) => parse(value))
      const verdicts = await whileBeating(payload, heartbeatMs, () => sender.send(events))
      for (const [index, { offset }] of slice.entries()) {
        const { status = 'retry', reason = '', retryAfterMs = REST_MS } = verdicts[index] ?? {}
        if (status === 'retry') {
          // The offset stays unresolved, so the partition is read again from this message.
          setTimeout(payload.pause(), retryAfterMs).unref()
          return payload.commitOffsetsIfNecessary()
        }
        if (status === 'rejected') log(`Skipped ${topic}/${partition}/${offset}: ${reason}`)
        payload.resolveOffset(offset)
      }
      await payload.commitOffsetsIfNecessary()
      await payload.heartbeat()
    }
  }
}

/** A failed heartbeat is reported by the next one, after the verdicts. */
async function whileBeating<T>(payload: EachBatchPayload, everyMs: number, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void payload.heartbeat().catch(() => undefined), everyMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** What is no JSON is no event, and the sender rejects it. */
function parse(value: Uint8Array | null): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(value ?? new Uint8Array()))
  } catch {
    return undefined
  }
}
