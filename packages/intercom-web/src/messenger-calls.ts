import { isActivity, MAX_WAITING_CALLS, type ActivityCall } from './call-queue'
import type { CallFailure } from './intercom-call'
import type { Widget } from './load-widget'
import type { PageLoss } from './losses'
import type { MessengerCall, UpdateBody } from './messenger'
import { isInWindow, toBudgetDelay, type UpdateKind } from './update-budget'

export type MessengerCalls = ReturnType<typeof createMessengerCalls>

/** The calls of a session: it makes them, counts the updates, holds events back, and reports every lost call. */
export function createMessengerCalls(
  send: Widget['send'],
  onLost: (call: MessengerCall, reason: PageLoss['reason']) => void
) {
  /** The times of earlier updates. Intercom counts for the page, so they are kept when the person changes. */
  let sentAt: number[] = []
  const held: ActivityCall[] = []
  const takeHeld = () => held.splice(0)

  /** Returns why the call failed. */
  function call(made: MessengerCall, isPing?: boolean): CallFailure | undefined {
    const failure = send(made, isPing)
    if (failure) onLost(made, failure)
    return failure
  }

  /** Reports the events and commands among the calls as lost. */
  function lose(calls: readonly MessengerCall[], reason: PageLoss['reason']): void {
    for (const one of calls) if (isActivity(one)) onLost(one, reason)
  }

  return {
    call,
    lose,
    update(body: UpdateBody, isPing?: boolean): CallFailure | undefined {
      const now = performance.now()
      sentAt = [...sentAt.filter((at) => isInWindow(at, now)), now]
      return call(['update', body], isPing)
    },
    /** Milliseconds until the budget allows an update of this kind. */
    toDelay: (kind: UpdateKind) => toBudgetDelay(sentAt, kind, performance.now()),
    isHolding: () => held.length > 0,
    hold(activity: ActivityCall): void {
      held.push(activity)
      if (held.length > MAX_WAITING_CALLS) lose(held.splice(0, 1), 'queue-full')
    },
    takeHeld,
    release(): void {
      for (const one of takeHeld()) call(one)
    }
  }
}
