import type { Clock, ObservedRequest, Run, Verdict } from '@intercom-destinations/delivery'
import type { PreparedEvent } from '@intercom-destinations/cli'
import type { Emulator, EmulatorState } from '@intercom-destinations/emulator'
import type { SegmentEvent } from '@segment/actions-core'
import type { DestinationState, EventSource, Half, JsonObject, Outcome } from '../../contract'
import type { PageWorkspace } from './web-pages'
import type { WebThread } from './web-worker'

export type Configuration = Readonly<Record<Half, DestinationState>>

/** Where the cloud destination delivers to. Targets are compared by identity: a new connection is a new object. */
export interface CloudTarget {
  readonly token: string
  readonly region: string
  /** The emulator's address; without it the target is Intercom itself. */
  readonly restHost?: string
  /** The emulator itself: it is in this process, so its calls need no connection. */
  readonly fetch?: Emulator['fetch']
  /** What the emulator stores. */
  readonly state?: EmulatorState
}

/** How the cloud half of an event ended. */
export interface Settlement {
  readonly prepared: Pick<PreparedEvent, 'event' | 'losses'>
  readonly outcome: Outcome
  /** What the sender says; absent for an event that was not passed to it. */
  readonly sent?: { readonly verdict: Pick<Verdict, 'status' | 'reason'>; readonly runs: readonly Run[] } | undefined
}

/** Is told what happens to the cloud half of each event, by its id. For reports. */
export interface DeliveryObserver {
  readonly submitted: (id: string, event: JsonObject) => void
  readonly request: (id: string, request: ObservedRequest) => void
  readonly attempt: (id: string, event: SegmentEvent, run: Run) => void
  /** Once for each event. */
  readonly settled: (id: string, settlement: Settlement) => void
  /** The event is dropped unsettled. */
  readonly forgotten: (id: string) => void
}

export interface EngineOptions {
  /** Read for every event, so that a change applies from the next one on. An unchanged part must be the same object. */
  readonly configuration: () => Configuration
  /** `undefined` while nothing is connected. */
  readonly target: () => CloudTarget | undefined
  /** Notes about the page's state that are stored with each new event and shown with its web half. */
  readonly remarks?: () => readonly string[]
  /** Where the Messenger of an event's page writes to; `undefined` where it does not write. */
  readonly pageWorkspace?: (source: EventSource) => PageWorkspace | undefined
  readonly clock?: Clock
  readonly observer?: DeliveryObserver
  /**
   * Runs the web destination. The engine does not close a thread that it is given: starting one takes half a second.
   */
  readonly thread?: Pick<WebThread, 'run'>
}
