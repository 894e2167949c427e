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
const MAX_WAITING_CALLS = 120

/**
 * Keeps account of our calls in the stub's queue, so that the queue stays bounded and a logout can empty it. What the
 * page itself has put there is its own.
 */
export function createCallQueue(onDropped: (call: HeldCall) => void) {
  const ours = new Map<unknown, { call: MessengerCall; isPing: boolean }>()

  function drop(stub: Stub, entry: unknown): void {
    ours.delete(entry)
    const at = stub.q.indexOf(entry)
    if (at !== -1) stub.q.splice(at, 1)
  }

  return {
    stub: createStub(),
    /** Notes the call that the stub has just put at the end of its queue, and makes room if there is none. */
    note(stub: Stub, call: MessengerCall, isPing = false): void {
      ours.set(stub.q[stub.q.length - 1], { call, isPing })
      if (ours.size <= MAX_WAITING_CALLS) return
      const waiting = [...ours]
      const [ping] = waiting.find(([, entry]) => entry.isPing) ?? []
      if (ping) return drop(stub, ping)
      const [entry] = waiting.find(([, { call: one }]) => isHeld(one)) ?? []
      const dropped = ours.get(entry)?.call
      drop(stub, entry)
      if (dropped && isHeld(dropped)) onDropped(dropped)
    },
    dropOurs(stub: Stub): HeldCall[] {
      const calls = [...ours.values()].map(({ call }) => call)
      for (const entry of [...ours.keys()]) drop(stub, entry)
      return calls.filter(isHeld)
    }
  }
}

function isHeld(call: MessengerCall): call is HeldCall {
  return !['boot', 'update', 'shutdown'].includes(call[0])
}

/** The stub of Intercom's snippet (developers.intercom.com, web/installation); its script looks for `q`. */
function createStub(): Stub {
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
