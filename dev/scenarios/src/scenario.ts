/** A Segment event as a library or the HTTP API would send it. */
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

/** A value left out, or sent with a doubt: where, and the key of the reason in `LOSS_REASONS` or `DOUBT_REASONS`. */
export interface ExpectedLoss {
  path: string
  reason: string
}

/** A call on `window.Intercom`, as it is written: `['trackEvent', 'Order Completed', { … }]`. */
export type MessengerCall = readonly [command: string, ...args: unknown[]]

/** What Intercom holds before the first event. */
export interface Workspace {
  contacts?: readonly { role: 'user' | 'lead'; external_id?: string; email?: string; name?: string }[]
}

/**
 * One example: at once a test of both halves and a page of their documentation. Every event runs through the presets,
 * that is, through the actions' own defaults. A half without an expectation does not take part.
 */
export interface Scenario {
  title: string
  /** Rows of the list of known defects that this example keeps away. */
  defects: readonly string[]
  given?: Workspace
  /** Settings of the web destination beside its app id. */
  webSettings?: Record<string, string | number | boolean | readonly string[]>
  events: readonly SegmentEvent[]
  /** What `window.Intercom` is called with after the boot, in order. */
  messenger?: readonly MessengerCall[]
  /** The REST operations in order: `'POST /contacts'`. Ids that Intercom made up are written `{contact}`, `{company}`. */
  requests?: readonly string[]
  /** The body of the last request. */
  lastBody?: unknown
  /** Why Segment or we refuse the last event on the cloud half: a part of the message. */
  rejected?: string
  /** What is left out, on both halves alike, over all events. */
  losses?: readonly ExpectedLoss[]
  /** Where one half loses other things than the other. */
  messengerLosses?: readonly ExpectedLoss[]
  requestLosses?: readonly ExpectedLoss[]
  /** What is sent although Intercom may ignore or change it, on both halves alike, over all events. */
  doubtful?: readonly ExpectedLoss[]
  /** Where one half doubts other things than the other. */
  messengerDoubtful?: readonly ExpectedLoss[]
  requestDoubtful?: readonly ExpectedLoss[]
}
