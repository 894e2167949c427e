import type { SegmentEvent } from '@segment/actions-core'
import type { ActionRunner, Erasure } from '../action-runner'
import type { RequestWatch } from '../observed-request'
import type { Outcome } from '../outcome'
import type { Subscription } from '../subscriptions'

export const DELIVERED: Outcome = { kind: 'delivered', losses: [], doubtful: [] }
export const FAILED: Outcome = { kind: 'retry', reason: 'Intercom failed.', status: 503 }
export const UNKNOWN_CONTACT: Outcome = { ...FAILED, reason: 'No such contact yet.', waitsForContact: true }

/** One run: the action and the message ids of its events. */
export type Call = readonly [action: string, ...messageIds: string[]]

/** A destination with scripted outcomes that records its runs. */
export class ScriptedRunner implements ActionRunner {
  readonly calls: Call[] = []

  constructor(
    /** The outcome of an event, given the number of its attempt from 1. */
    private readonly answer: (
      event: SegmentEvent,
      attempt: number,
      watch: RequestWatch
    ) => Outcome | Promise<Outcome> = () => DELIVERED
  ) {}

  async run({ action }: Subscription, events: readonly SegmentEvent[], watch: RequestWatch): Promise<Outcome[]> {
    this.calls.push([action, ...events.map(({ messageId = '?' }) => messageId)])
    return Promise.all(events.map(async (event) => this.answer(event, this.#attemptOf(action, event), watch)))
  }

  erase(): Promise<Erasure> {
    return Promise.resolve({ status: 'not-found' })
  }

  #attemptOf(action: string, { messageId = '?' }: SegmentEvent): number {
    return this.calls.filter(([name, ...ids]) => name === action && ids.includes(messageId)).length
  }
}
