import type { Clock } from '@intercom-destinations/delivery'
import type { EmulatorState } from '@intercom-destinations/emulator'
import type { DestinationState, EventSource, Half } from '../../contract'
import type { PageWorkspace } from './web-pages'
import type { WebThread } from './web-worker'

export type Configuration = Readonly<Record<Half, DestinationState>>

/** Where the cloud destination delivers to. Targets are compared by identity: a new connection is a new object. */
export interface CloudTarget {
  readonly token: string
  readonly region: string
  /** The emulator's address; without it the target is Intercom itself. */
  readonly restHost?: string
  /** What the emulator stores. */
  readonly state?: EmulatorState
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
  /**
   * Runs the web destination. The engine does not close a thread that it is given: starting one takes half a second.
   */
  readonly thread?: Pick<WebThread, 'run'>
}
