import { createSender, parseSubscriptions } from '@intercom-destinations/delivery'
import { intercomCloud, type StateStore } from '@intercom-destinations/intercom-cloud'

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
