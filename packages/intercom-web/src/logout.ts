import type { Analytics, Context } from '@segment/analytics-next'

/** Tells the events of a person who has logged out since from everybody else's. */
export interface Logout {
  watch: (analytics: Analytics, reset: () => void) => void
  /** Whether the event was on its way when its person logged out. */
  hasLeft: (messageId: string | null | undefined) => boolean
}

/**
 * `reset` fires before an identify of the same tick has reached the plugin, and neither its anonymous id nor its time
 * tells whose it is: sites set both. So the ids of events that are on their way are kept until Analytics.js is done with them.
 */
export function createLogout(): Logout {
  const watched = new WeakSet<Analytics>()
  const onTheirWay = new Set<string>()
  const left = new Set<string>()
  let isReset = false
  return {
    watch: (analytics, reset) => {
      if (watched.has(analytics)) return
      watched.add(analytics)
      analytics.on('dispatch_start', ({ event }: Context) => {
        if (event.messageId) onTheirWay.add(event.messageId)
      })
      analytics.queue.on('flush', ({ event }: Context, isDelivered: boolean) => {
        // What is tried again starts on its way only once.
        if (!isDelivered) return
        onTheirWay.delete(event.messageId ?? '')
        left.delete(event.messageId ?? '')
      })
      analytics.on('reset', () => {
        isReset = true
        for (const id of onTheirWay) left.add(id)
        onTheirWay.clear()
        reset()
      })
    },
    // An event that nobody saw start was made before this was watched, and so before the reset.
    hasLeft: (messageId = '') => left.has(messageId ?? '') || (isReset && !onTheirWay.has(messageId ?? ''))
  }
}
