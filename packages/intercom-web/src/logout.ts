import type { Analytics, Context } from '@segment/analytics-next'

/** Tells the events of a person who has logged out since from all others, for one Analytics instance. */
export interface Logout {
  /** Whether the event was made before the last reset of its own instance. */
  hasLeft: (context: ContextLike) => boolean
  /** Ends the watching. */
  stop: () => void
}

type ContextLike = Pick<Context, 'event'>

/** After how many resets of its instance an event was made. By the object that the queue carries: ids may be changed. */
const madeAfter = new WeakMap<object, number>()

/**
 * `reset` fires before an identify of the same tick has reached the plugin, and neither its anonymous id nor its time
 * tells whose it is: sites set both, and middlewares set message ids. So each event is marked when it is made.
 */
export function watchLogout(analytics: Analytics, reset: () => void): Logout {
  let resets = 0
  let resetAt = 0
  const mark = (context: Context) => {
    madeAfter.set(context, resets)
    madeAfter.set(context.event, resets)
  }
  const note = () => {
    resets += 1
    resetAt = Date.now()
    reset()
  }
  analytics.on('dispatch_start', mark)
  analytics.on('reset', note)
  return {
    hasLeft: (context) => {
      if (resets === 0) return false
      const made = madeAfter.get(context) ?? madeAfter.get(context.event)
      // Not seen when it was made, which was before the watching; or a plugin of the page has put another in its place.
      if (made === undefined) return !(Number(new Date(context.event.timestamp ?? 0)) >= resetAt)
      return made < resets
    },
    stop: () => {
      analytics.off('dispatch_start', mark)
      analytics.off('reset', note)
    }
  }
}

/**
 * Analytics.js gives a remote plugin not the context that it carries, but a new one for a copy of the event. This has the
 * one that copies it pass the mark on.
 */
export function followCopies(wrapper: object): void {
  const transform: unknown = Reflect.get(wrapper, 'transform')
  if (typeof transform !== 'function') return
  Reflect.set(wrapper, 'transform', async (context: ContextLike): Promise<unknown> => {
    const copy: unknown = await Reflect.apply(transform, wrapper, [context])
    const made = madeAfter.get(context) ?? madeAfter.get(context.event)
    if (made !== undefined && typeof copy === 'object' && copy !== null) madeAfter.set(copy, made)
    return copy
  })
}
