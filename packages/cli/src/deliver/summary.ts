import type { Loss } from '@intercom-destinations/intercom-cloud'
import type { Unreadable } from '../input/event-line'
import type { TopCount } from './top-counts'
import type { WorkspaceCounts } from '../target/workspace-counts'
import type { Failure } from './sent'

/** What earlier parts of a run have recorded, in lines of their input. */
export interface EarlierCounts {
  readonly delivered: number
  readonly failed: number
  readonly nothingToDeliver: number
}

/** A delivery that the destination or Intercom rejected, or that failed in every attempt. */
export interface Rejection extends Failure {
  /** The name of the subscription, or the title of the action. */
  readonly action: string
}

/** A value that an action left out, or sent although Intercom may ignore it. */
export interface ActionLoss extends Loss {
  readonly action: string
}

/** The result of a file. It contains line numbers, fields and reasons, and no values of events. */
export interface Summary {
  readonly workspace: string
  /** The emulator, in words such as `the built-in emulator`; `null` for Intercom itself. */
  readonly playedBy: string | null
  /** Whether it was stopped by a signal. */
  readonly stoppedEarly: boolean
  /** Why it could not continue: an outage of Intercom, a file that changed, or a full disk. */
  readonly brokeOff: { readonly by: 'input' | 'intercom' | 'disk'; readonly reason: string } | null
  /** Whether the end of the file was reached. */
  readonly complete: boolean
  readonly seconds: number
  readonly lines: {
    /** Lines of this run. */
    readonly read: number
    /** Lines that an earlier run has settled. */
    readonly earlier: number
    readonly blank: number
    readonly unreadable: number
    readonly events: number
  }
  /**
   * The whole of a run that was continued: this part and the earlier ones. A blank line has nothing to deliver. Everything
   * else in the summary is about this part.
   */
  readonly whole: EarlierCounts
  /** Every event of this part is in one of the three. */
  readonly events: { readonly delivered: number; readonly rejected: number; readonly notForIntercom: number }
  readonly actions: readonly { readonly action: string; readonly delivered: number; readonly rejected: number }[]
  readonly rejections: readonly (Rejection & TopCount)[]
  readonly unreadable: readonly (Unreadable & TopCount)[]
  readonly notForIntercom: readonly ({ readonly reason: string } & TopCount)[]
  readonly losses: readonly (ActionLoss & TopCount)[]
  /** What was sent although Intercom may ignore or change it. */
  readonly doubtful: readonly (ActionLoss & TopCount)[]
  /** How many events without a timestamp were given one. */
  readonly timesAdded: number
  /** How many events say that the web destination of their page has sent them as well. */
  readonly countedTwice: number
  /** How many attempts were repetitions. */
  readonly retries: number
  readonly requests: {
    readonly total: number
    readonly perDeliveredEvent: number | null
    readonly operations: readonly { readonly operation: string; readonly count: number; readonly refused: number }[]
  }
  readonly intercomHolds: WorkspaceCounts | null
}
