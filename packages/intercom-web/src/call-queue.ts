import type { Messenger, MessengerCall, ShowCall } from './messenger'

/** An event or a command: a call that does not say who the person is. */
export type ActivityCall = Extract<MessengerCall, ['trackEvent', ...unknown[]]> | ShowCall

/** The function on `window.Intercom` until Intercom's script is loaded. It keeps the calls in `q`. */
export interface Stub extends Messenger {
  q: unknown[]
}

/**
 * How many of our calls wait for a script that may never load. With one event a second this is two minutes; a real page
 * loads the script within seconds or not at all.
 */
export const MAX_WAITING_CALLS = 120

interface QueuedCall {
  call: MessengerCall
  isPing: boolean
  /** The entry in the queue. */
  entry: unknown
  /** The queue to which it was added. */
  first: unknown[]
}

/**
 * Tracks our calls in a queue, so that the queue stays bounded and a logout can empty it. Calls of the page itself are
 * left alone; a call that is not in the queue any more was executed. The queue may be ours, the one of the page's
 * snippet, or the one that Intercom's loader made of it.
 */
export function createCallQueue(onDropped: (call: ActivityCall) => void) {
  let waiting: QueuedCall[] = []

  function drop(queue: unknown[], queued: QueuedCall): void {
    waiting = waiting.filter((other) => other !== queued)
    const index = indexIn(queue, queued)
    if (index !== -1) queue.splice(index, 1)
  }

  function toWaiting(queue: unknown[] | undefined): QueuedCall[] {
    waiting = queue ? waiting.filter((one) => indexIn(queue, one) !== -1) : []
    return waiting
  }

  return {
    /** Tracks the call if it is the last entry of the queue, and drops the oldest one if the queue is full. */
    track(queue: unknown[], call: MessengerCall, isPing = false): void {
      const entry = queue[queue.length - 1]
      if (!isCall(entry, call)) return
      waiting = [...toWaiting(queue), { call, isPing, entry, first: queue }]
      if (waiting.length <= MAX_WAITING_CALLS) return
      const oldest = waiting.find((one) => one.isPing) ?? waiting.find((one) => isActivity(one.call))
      if (!oldest) return
      drop(queue, oldest)
      if (!oldest.isPing && isActivity(oldest.call)) onDropped(oldest.call)
    },
    /** Whether the queue holds calls of ours. */
    isWaiting: (queue: unknown[] | undefined): boolean => toWaiting(queue).length > 0,
    /** Removes our calls from the queue and returns them. */
    dropOurs(queue: unknown[] | undefined): MessengerCall[] {
      const dropped = toWaiting(queue)
      if (queue) for (const one of dropped) drop(queue, one)
      return dropped.map(({ call }) => call)
    }
  }
}

export function isActivity(call: MessengerCall): call is ActivityCall {
  return !/^(boot|update|shutdown|on[A-Z].*)$/.test(call[0])
}

/** A loader of Intercom's that replaces our queue may also replace the entries in it. */
function indexIn(queue: unknown[], { entry, call, first }: QueuedCall): number {
  const index = queue.indexOf(entry)
  return index === -1 && queue !== first ? queue.findIndex((other) => isCall(other, call)) : index
}

function isCall(entry: unknown, call: MessengerCall): boolean {
  return isListLike(entry) && entry.length === call.length && call.every((part, index) => part === entry[index])
}

/** An array, or an `arguments` object. */
function isListLike(value: unknown): value is ArrayLike<unknown> {
  return typeof value === 'object' && value !== null && 'length' in value
}

/** The stub of Intercom's snippet (developers.intercom.com, web/installation). Intercom's script reads `q`. */
export function createStub(): Stub {
  const stub: Stub & { c?: (call: IArguments) => void } = function () {
    // eslint-disable-next-line prefer-rest-params -- Intercom's script expects `arguments`, as its own snippet keeps them
    stub.q.push(arguments)
  }
  stub.q = []
  stub.c = (call) => {
    stub.q.push(call)
  }
  return stub
}
