import type { SegmentEvent } from '@segment/actions-core'
import type { RequestWatch } from './observed-request'
import type { Outcome } from './outcome'
import type { Subscription } from './subscriptions'

/** The result of erasing one person. */
export type Erasure =
  /** `contacts`: how many contacts were deleted. */
  | { status: 'erased'; contacts: number }
  /** Intercom has no contact with this user id. */
  | { status: 'not-found' }
  | { status: 'rejected' | 'retry'; reason: string }

/** The seam between the sender and the destination: runs one action with several events. Never throws. */
export interface ActionRunner {
  /** One outcome for each event, in order. */
  run(subscription: Subscription, events: readonly SegmentEvent[], watch: RequestWatch): Promise<Outcome[]>
  /** Deletes the contacts with this user id for good. */
  erase(userId: string, watch: RequestWatch): Promise<Erasure>
}
