import type { JSONObject } from '@segment/actions-core'

/** What happened to an event in one of the two destinations. */
export interface TraceSide {
  readonly destination: string
  /** Whether the event's `integrations` let it through. */
  readonly switchedOn: boolean
  readonly subscriptions: readonly TracedSubscription[]
}

export interface TracedSubscription {
  readonly name: string
  readonly filter: string
  readonly takes: boolean
  /** What follows is there where it takes the event. */
  readonly run?: TracedRun
}

export interface TracedRun {
  readonly payload: JSONObject
  readonly sent: readonly TracedCall[]
  readonly losses: readonly { readonly path: string; readonly reason: string }[]
  /** Why it failed, when it did. */
  readonly failure: string | undefined
}

/** A call of the Messenger or a request. */
export interface TracedCall {
  readonly call: string
  readonly body: unknown
  /** Of the answer; the Messenger gives none. */
  readonly status?: number
}

export interface Trace {
  readonly type: string
  /** What the reader has to know to read it rightly. */
  readonly notes: readonly string[]
  readonly web: TraceSide
  readonly cloud: TraceSide
}
