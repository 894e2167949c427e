import { createSender, parseSubscriptions } from '@intercom-destinations/delivery'
import { intercomCloud, type StateStore } from '@intercom-destinations/intercom-cloud'
import { redisState } from '@intercom-destinations/redis-state'

/** A part of the stream, and what became of it. */
export interface Dealt {
  readonly index: number
  readonly json: object
}

export interface Settled {
  readonly index: number
  readonly status: 'delivered' | 'ignored' | 'rejected' | 'retry'
  readonly reason: string
  readonly retryAfterMs: number
}

/** One process of a fleet. */
export interface FleetWorker {
  deliver(events: readonly Dealt[]): Promise<Settled[]>
  close(): Promise<void>
}

const LEAD = { exists: { '@path': '$.userId' }, then: 'user', else: 'lead' }

/**
 * Milliseconds. Many processes on few cores wait for a core, not for Redis, so a fleet here waits longer than by default:
 * a process that gives up on Redis goes on alone, and what it then stores can be older.
 */
const DEADLINE_MS = 10_000

/** The state of one process of a fleet, in the Redis at this address. */
export function openFleetState(url: string): StateStore {
  return redisState({ url, deadlineMs: DEADLINE_MS })
}

/** A sender as a worker on a queue has one: what fails for now goes back to the queue. */
export function openFleetWorker(restHost: string, state: StateStore | undefined): FleetWorker {
  const sender = createSender({
    token: 'fleet',
    restHost,
    state,
    subscriptions: parseSubscriptions(
      intercomCloud().presets.map(({ partnerAction, subscribe, mapping = {} }) => {
        const role = partnerAction === 'identifyContact' ? { role: { '@if': LEAD } } : {}
        return { partnerAction, subscribe, mapping: { ...mapping, ...role } }
      })
    ),
    retries: 'none',
    // The queue has no order, so nothing is gained by holding events back.
    holdAfterRetry: false,
    failuresToOpen: Infinity
  })
  return {
    deliver: async (events) => {
      const verdicts = await sender.send(events.map(({ json }) => json))
      return events.map(({ index }, place) => {
        const { status = 'retry', reason = '', retryAfterMs = 0 } = verdicts[place] ?? {}
        return { index, status, reason, retryAfterMs }
      })
    },
    close: async () => {
      await sender.close()
      await state?.close()
    }
  }
}
