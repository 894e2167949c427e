import type { Messenger, MessengerCall } from './messenger'

/** What became of a call: Intercom took it, there is no Intercom on the page (any more), or it threw. */
export type CallOutcome = 'said' | 'missing' | 'threw'

/** A property of something foreign. A getter of the page or of an ad blocker may throw: then it is not there. */
export function readForeign(object: unknown, name: string): unknown {
  try {
    const held: unknown = Object(object)
    return typeof held === 'object' || typeof held === 'function' ? Reflect.get(held ?? {}, name) : undefined
  } catch {
    return undefined
  }
}

/** `window.Intercom`, if it can be called. Asked for on every call: Intercom's script takes the place of the stub. */
export function readIntercom(): Messenger | undefined {
  const intercom = readForeign(window, 'Intercom')
  return isMessenger(intercom) ? intercom : undefined
}

/** The one place where `window.Intercom` is called. It never throws, whatever is there. */
export function callIntercom(intercom: Messenger | undefined, call: MessengerCall): CallOutcome {
  if (!intercom) return 'missing'
  try {
    Reflect.apply(intercom, undefined, call)
    return 'said'
  } catch {
    return 'threw'
  }
}

/** The calls that wait in it, if it is what stands in for Intercom until its script has come. */
export function queueOf(intercom: Messenger | undefined): unknown[] | undefined {
  const queue = readForeign(intercom, 'q')
  return isList(queue) ? queue : undefined
}

/** Nothing more can be known of a function that is not ours, and a call of any function is safe here. */
function isMessenger(value: unknown): value is Messenger {
  return typeof value === 'function'
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}
