import { toProperty, toText } from '@intercom-destinations/shared-mapping'
import type { Messenger, MessengerCall } from './messenger'

/** Why a call failed: there is no Intercom on the page (any more), or it threw. Also the reason of the loss. */
export type CallFailure = 'messenger-missing' | 'messenger-failed'

/** Reads a property of a foreign object. It is undefined if a getter of the page or of an ad blocker throws. */
export function readForeign(object: unknown, name: string): unknown {
  return toProperty(new Object(object), name)
}

/** `window.Intercom`, if it can be called. It is read for every call, because Intercom's script replaces the stub. */
export function readIntercom(): Messenger | undefined {
  const intercom = readForeign(window, 'Intercom')
  return isMessenger(intercom) ? intercom : undefined
}

/** The only place that calls `window.Intercom`. It never throws; it returns why the call failed. */
export function callIntercom(intercom: Messenger | undefined, call: MessengerCall): CallFailure | undefined {
  if (!intercom) return 'messenger-missing'
  try {
    Reflect.apply(intercom, undefined, call)
    return undefined
  } catch {
    return 'messenger-failed'
  }
}

/** The id of the visitor, if Intercom knows one by now. A stub would queue the call and answer nothing. */
export function readVisitorId(): string | undefined {
  const intercom = readIntercom()
  if (!intercom || queueOf(intercom)) return undefined
  try {
    const id: unknown = Reflect.apply(intercom, undefined, ['getVisitorId'])
    return toText(id)
  } catch {
    return undefined
  }
}

/** The queue of a stub; undefined if it is Intercom itself. */
export function queueOf(intercom: Messenger | undefined): unknown[] | undefined {
  const queue = readForeign(intercom, 'q')
  return isList(queue) ? queue : undefined
}

/** Nothing more can be checked of a foreign function, and `callIntercom` may call any function. */
function isMessenger(value: unknown): value is Messenger {
  return typeof value === 'function'
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}
