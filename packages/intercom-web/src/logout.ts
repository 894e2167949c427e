import type { Analytics, Context } from '@segment/analytics-next'

/** Recognises the events of a person who has logged out since, for one Analytics instance. */
export interface LogoutWatch {
  /** Whether the event was made before the last reset of its instance. */
  isFromEarlierPerson: (context: ContextLike) => boolean
  stop: () => void
}

type ContextLike = Pick<Context, 'event'>

/** The number of resets before an event was made, by the object in the queue: message ids may change. */
const resetsBefore = new WeakMap<object, number>()

/**
 * `reset` fires before an identify of the same tick reaches the plugin. The anonymous id, the time and the message id do
 * not show whose event it is, because sites and middlewares set them. So each event is marked when it is made.
 */
export function watchLogout(analytics: Analytics, onReset: () => void): LogoutWatch {
  let resets = 0
  let resetAt = 0
  const mark = (context: Context) => {
    resetsBefore.set(context, resets)
    resetsBefore.set(context.event, resets)
  }
  const countReset = () => {
    resets += 1
    resetAt = Date.now()
    onReset()
  }
  analytics.on('dispatch_start', mark)
  analytics.on('reset', countReset)
  return {
    isFromEarlierPerson: (context) => {
      if (resets === 0) return false
      const before = resetsBefore.get(context) ?? resetsBefore.get(context.event)
      // The event was made before the watch started, or a plugin of the page has replaced it.
      if (before === undefined) return !(Number(new Date(context.event.timestamp ?? 0)) >= resetAt)
      return before < resets
    },
    stop: () => {
      analytics.off('dispatch_start', mark)
      analytics.off('reset', countReset)
    }
  }
}

/**
 * Analytics.js passes a remote plugin a new context with a copy of the event. This makes the wrapper of the plugin, which
 * copies it, pass the mark on.
 */
export function markCopies(wrapper: object): void {
  const transform: unknown = Reflect.get(wrapper, 'transform')
  if (typeof transform !== 'function') return
  Reflect.set(wrapper, 'transform', async (context: ContextLike): Promise<unknown> => {
    const copy: unknown = await Reflect.apply(transform, wrapper, [context])
    const before = resetsBefore.get(context) ?? resetsBefore.get(context.event)
    if (before !== undefined && typeof copy === 'object' && copy !== null) resetsBefore.set(copy, before)
    return copy
  })
}
