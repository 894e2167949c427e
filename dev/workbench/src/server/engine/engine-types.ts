import type { Clock } from '@intercom-destinations/delivery'
import type { EmulatorState } from '@intercom-destinations/emulator'
import type { DestinationState, EventSource, EventTrace, Half, JsonObject, Row } from '../../contract'
import type { WebThread } from './web-worker'

export type Configuration = Readonly<Record<Half, DestinationState>>

/** Where the cloud destination delivers to. Another one is another object. */
export interface CloudTarget {
  readonly token: string
  readonly region: string
  /** The emulator's address; without it the target is Intercom itself. */
  readonly restHost?: string
  /** What the emulator keeps. */
  readonly state?: EmulatorState
}

export interface EngineOptions {
  /** Asked for every event, so that a change counts from the next one on. What has not changed is the same object. */
  readonly configuration: () => Configuration
  /** `undefined` while nothing is connected. */
  readonly target: () => CloudTarget | undefined
  /** What a reader has to know of the web half of an event that comes in now: asked for every event. */
  readonly remarks?: () => readonly string[]
  readonly clock?: Clock
  /** Runs the web destination. One that is given is not closed with the engine: starting it takes half a second. */
  readonly thread?: Pick<WebThread, 'run'>
}

/** Takes events, runs them through both destinations, and remembers the way of each. */
export interface Engine {
  /** Gives the row at once; what becomes of it is told to those who listen. */
  readonly submit: (event: JsonObject, source: EventSource) => Row
  /** Sends an event once more, as a row of its own. */
  readonly again: (id: string) => Row | undefined
  /** Oldest first. */
  readonly rows: () => readonly Row[]
  readonly trace: (id: string) => EventTrace | undefined
  /** Called with rows that are new or have changed, several at once under load; gives what ends it. */
  readonly listen: (listener: (rows: readonly Row[]) => void) => () => void
  /** Sends what Intercom could not take before, as Segment would: in the same row. All of it, or one event. */
  readonly retry: (id?: string) => Row | undefined
  /**
   * Forgets every row, and all that the destination remembered of the workspace. `empty` is called when what was under way
   * has ended, and before anything that came in meanwhile begins.
   */
  readonly clear: (empty?: () => void) => Promise<void>
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>
  readonly close: () => Promise<void>
}
