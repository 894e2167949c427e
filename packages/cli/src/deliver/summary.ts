import type { Loss } from '@intercom-destinations/intercom-cloud'
import type { Unreadable } from '../input/event-line'
import type { TopCount } from './top-counts'
import type { WorkspaceCounts } from '../target/workspace-counts'
import type { Failure } from './sent'

/** A delivery that Segment's validation, our destination or Intercom turned down. */
export interface Rejection extends Failure {
  /** What the subscription is called, else the title of the action. */
  readonly action: string
}

/** A value that one action left out, or sent with a doubt. */
export interface ActionLoss extends Loss {
  readonly action: string
}

/** What became of a file. It names lines, fields and reasons, and nobody's values. */
export interface Summary {
  readonly workspace: string
  /** How the target plays Intercom, in words; `null` for Intercom itself. */
  readonly playedBy: string | null
  /** Somebody stopped it. */
  readonly stoppedEarly: boolean
  /** Why it could not go on: Intercom out of reach, a file that changed, or a disk that takes no more. */
  readonly brokeOff: { readonly by: 'input' | 'intercom' | 'disk'; readonly reason: string } | null
  /** It came to the end of the events. */
  readonly complete: boolean
  readonly seconds: number
  readonly lines: {
    /** Those of this run. */
    readonly read: number
    /** Those that an earlier run was done with. */
    readonly earlier: number
    readonly blank: number
    readonly unreadable: number
    readonly events: number
  }
  /** Every event is one of the three. */
  readonly events: { readonly delivered: number; readonly rejected: number; readonly notForIntercom: number }
  readonly actions: readonly { readonly action: string; readonly delivered: number; readonly rejected: number }[]
  readonly rejections: readonly (Rejection & TopCount)[]
  readonly unreadable: readonly (Unreadable & TopCount)[]
  readonly notForIntercom: readonly ({ readonly reason: string } & TopCount)[]
  readonly losses: readonly (ActionLoss & TopCount)[]
  /** What was sent although Intercom may ignore or change it. */
  readonly doubtful: readonly (ActionLoss & TopCount)[]
  /** Events that came without a timestamp and were given one. */
  readonly timesAdded: number
  /** Deliveries tried once more. */
  readonly retries: number
  readonly requests: {
    readonly total: number
    readonly perDeliveredEvent: number | null
    readonly operations: readonly { readonly operation: string; readonly count: number; readonly refused: number }[]
  }
  readonly intercomHolds: WorkspaceCounts | null
}
