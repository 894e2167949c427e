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

/** A call of Intercom's mobile SDK: `['logEvent', 'Order Completed', { … }]`. */
export type MobileCall = readonly [method: string, ...args: unknown[]]

/** The content of the Intercom workspace before the first event. */
export interface Workspace {
  contacts?: readonly { role: 'user' | 'lead'; external_id?: string; email?: string; name?: string }[]
  /** The Messenger’s visitors, by what `getVisitorId` returns for them. The page of the events is the first one’s. */
  visitors?: readonly { user_id: string }[]
}

/**
 * One example: a test of all halves and a part of their documentation. Every event runs through the presets, which are
 * the default values of the actions. A half without an expectation is not tested.
 */
export interface Scenario {
  title: string
  /** Ids of the defects in docs/defects.md that this example prevents. */
  defects: readonly string[]
  given?: Workspace
  /** Settings of the web destination in addition to its app id. */
  webSettings?: Record<string, string | number | boolean | readonly string[]>
  /** Fields of the cloud mappings in addition to the presets. */
  cloudMapping?: Record<string, string>
  events: readonly SegmentEvent[]
  /** The calls of `window.Intercom` after the boot, in order. */
  messenger?: readonly MessengerCall[]
  /**
   * The calls of Intercom's mobile SDK, in order, each event in an app of its own, in which its person is logged in unless
   * the event does that. A text: why the mobile half takes no part.
   */
  mobile?: readonly MobileCall[] | string
  /** The REST operations in order: `'POST /contacts'`. Ids of Intercom are written `{contact}`, `{company}`. */
  requests?: readonly string[]
  /** The body of the last request. */
  lastBody?: unknown
  /** A part of the error message with which the cloud half refuses the last event. */
  rejected?: string
  /** What all halves leave out, over all events. */
  losses?: readonly ExpectedLoss[]
  /** Only if the halves leave out different values. */
  messengerLosses?: readonly ExpectedLoss[]
  requestLosses?: readonly ExpectedLoss[]
  mobileLosses?: readonly ExpectedLoss[]
  /** What all halves send, although Intercom may ignore or change it, over all events. */
  doubtful?: readonly ExpectedLoss[]
  /** Only if the halves differ. */
  messengerDoubtful?: readonly ExpectedLoss[]
  requestDoubtful?: readonly ExpectedLoss[]
  mobileDoubtful?: readonly ExpectedLoss[]
}
