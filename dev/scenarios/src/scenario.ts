/** A Segment event as a library or the HTTP API sends it. */
export interface SegmentEvent {
  type: 'identify' | 'track' | 'page' | 'group' | 'alias' | 'screen'
  messageId?: string
  userId?: string | null
  anonymousId?: string
  groupId?: string
  event?: string
  name?: string
  timestamp?: string | number
  traits?: unknown
  properties?: unknown
  context?: Record<string, unknown>
  integrations?: Record<string, unknown>
}

/** The path of a value that is left out or doubtful, and the key of its reason in `LOSS_REASONS` or `DOUBT_REASONS`. */
export interface ExpectedLoss {
  path: string
  reason: string
}

/** A call on `window.Intercom`: `['trackEvent', 'Order Completed', { … }]`. */
export type MessengerCall = readonly [command: string, ...args: unknown[]]

/** The content of the Intercom workspace before the first event. */
export interface Workspace {
  contacts?: readonly { role: 'user' | 'lead'; external_id?: string; email?: string; name?: string }[]
}

/**
 * One example: a test of both halves and a part of their documentation. Every event runs through the presets, which are
 * the default values of the actions. A half without an expectation is not tested.
 */
export interface Scenario {
  title: string
  /** Ids of the defects in docs/defects.md that this example prevents. */
  defects: readonly string[]
  given?: Workspace
  /** Settings of the web destination in addition to its app id. */
  webSettings?: Record<string, string | number | boolean | readonly string[]>
  events: readonly SegmentEvent[]
  /** The calls of `window.Intercom` after the boot, in order. */
  messenger?: readonly MessengerCall[]
  /** The REST operations in order: `'POST /contacts'`. Ids of Intercom are written `{contact}`, `{company}`. */
  requests?: readonly string[]
  /** The body of the last request. */
  lastBody?: unknown
  /** A part of the error message with which the cloud half refuses the last event. */
  rejected?: string
  /** What both halves leave out, over all events. */
  losses?: readonly ExpectedLoss[]
  /** Only if the two halves leave out different values. */
  messengerLosses?: readonly ExpectedLoss[]
  requestLosses?: readonly ExpectedLoss[]
  /** What both halves send, although Intercom may ignore or change it, over all events. */
  doubtful?: readonly ExpectedLoss[]
  /** Only if the two halves differ. */
  messengerDoubtful?: readonly ExpectedLoss[]
  requestDoubtful?: readonly ExpectedLoss[]
}
