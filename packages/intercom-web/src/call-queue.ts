import type { Messenger, MessengerCall, ShowCall } from './messenger'

/** An event or a command: what says nothing of who the person is. */
export type HeldCall = Extract<MessengerCall, ['trackEvent', ...unknown[]]> | ShowCall

/** What stands in for `window.Intercom` until its script has come, and keeps the calls for it in `q`. */
export interface Stub extends Messenger {
  q: unknown[]
}

/**
 * How many of our calls wait for a script that may never come. With one event a second it is two minutes; a real page
 * gets the script within seconds or not at all.
 */
export const MAX_WAITING_CALLS = 120

interface Waiting {
  call: MessengerCall
  isPing: boolean
  /** What stands in the queue for it. */
  entry: unknown
  /** The queue into which it went. */
  first: unknown[]
}

/**
 * Keeps account of our calls in a queue, so that the queue stays bounded and a logout can empty it. What the page itself
 * has put there is its own, and what has left the queue was taken. The queue may be ours, the one of the page's snippet,
 * or the one that Intercom's loader has made of it.
 */
export function createCallQueue(onDropped: (call: HeldCall) => void) {
  let waiting: Waiting[] = []

  function drop(queue: unknown[], one: Waiting): void {
    waiting = waiting.filter((other) => other !== one)
    const at = indexIn(queue, one)
    if (at !== -1) queue.splice(at, 1)
  }

  function toWaiting(queue: unknown[] | undefined): Waiting[] {
    waiting = queue ? waiting.filter((one) => indexIn(queue, one) !== -1) : []
    return waiting
  }

  return {
    /** Notes the call if it now stands at the end of the queue, and makes room if there is none. */
    note(queue: unknown[], call: MessengerCall, isPing = false): void {
      const entry = queue[queue.length - 1]
      if (!isCall(entry, call)) return
      waiting = [...toWaiting(queue), { call, isPing, entry, first: queue }]
      if (waiting.length <= MAX_WAITING_CALLS) return
      const oldest = waiting.find((one) => one.isPing) ?? waiting.find((one) => isHeld(one.call))
      if (!oldest) return
      drop(queue, oldest)
      if (!oldest.isPing && isHeld(oldest.call)) onDropped(oldest.call)
    },
    /** Whether calls of ours stand in it. */
    isWaiting: (queue: unknown[] | undefined): boolean => toWaiting(queue).length > 0,
    /** Takes ours out of it, and gives all that stood there. */
    dropOurs(queue: unknown[] | undefined): MessengerCall[] {
      const dropped = toWaiting(queue)
      if (queue) for (const one of dropped) drop(queue, one)
      return dropped.map(({ call }) => call)
    }
  }
}

export function isHeld(call: MessengerCall): call is HeldCall {
  return !/^(boot|update|shutdown|on[A-Z].*)$/.test(call[0])
}

/** A loader of Intercom's that has its own queue makes entries of its own for what was in ours. */
function indexIn(queue: unknown[], { entry, call, first }: Waiting): number {
  const at = queue.indexOf(entry)
  return at === -1 && queue !== first ? queue.findIndex((other) => isCall(other, call)) : at
}

function isCall(entry: unknown, call: MessengerCall): boolean {
  return isListLike(entry) && entry.length === call.length && call.every((part, index) => part === entry[index])
}

/** `arguments`, or a list. */
function isListLike(value: unknown): value is ArrayLike<unknown> {
  return typeof value === 'object' && value !== null && 'length' in value
}

/** The stub of Intercom's snippet (developers.intercom.com, web/installation); its script looks for `q`. */
export function createStub(): Stub {
  const stub: Stub & { c?: (call: IArguments) => void } = function () {
    // eslint-disable-next-line prefer-rest-params -- Intercom's script is promised `arguments`, as its own snippet keeps them
    stub.q.push(arguments)
  }
  stub.q = []
  stub.c = (call) => {
    stub.q.push(call)
  }
  return stub
}
