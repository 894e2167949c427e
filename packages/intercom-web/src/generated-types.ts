// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * The id of your Intercom workspace: the short code of letters and digits in the address of its inbox.
   */
  appId: string
  /**
   * The CSS selector of your own element that opens the Messenger. Leave the default to use the round button that Intercom draws.
   */
  activator?: string
  /**
   * The names of event properties that hold a rich link: an object with exactly `url` and `value`.
   */
  richLinkProperties?: string[]
  /**
   * Where Intercom hosts your workspace. With the wrong region the Messenger does not start.
   */
  apiBase?: string
  /**
   * Start without the round button that opens the Messenger, until an event shows it.
   */
  hideLauncherAtStart?: boolean
  /**
   * Start without the notifications that the Messenger shows beside its launcher.
   */
  hideNotifications?: boolean
  /**
   * The side of the page on which the launcher is shown.
   */
  alignment?: string
  /**
   * The distance of the launcher from the side of the page, in pixels. Intercom takes 20 or more.
   */
  horizontalPadding?: number
  /**
   * The distance of the launcher from the bottom of the page, in pixels. Intercom takes 20 or more.
   */
  verticalPadding?: number
  /**
   * The z-index of the Messenger, if it must be above or below other elements of the page.
   */
  zIndex?: number
  /**
   * The number of milliseconds without activity after which a person is logged out of the Messenger.
   */
  sessionDuration?: number
  /**
   * The code of the language in which the Messenger starts, such as `de`, instead of the browser's.
   */
  language?: string
  /**
   * Whether the Messenger is light or dark, or follows the system of the visitor.
   */
  themeMode?: string
  /**
   * The colour of buttons and links in the Messenger, in CSS notation.
   */
  actionColor?: string
  /**
   * The colour behind the header of the Messenger, in CSS notation.
   */
  backgroundColor?: string
  /**
   * The colour of links in the Messenger, in CSS notation.
   */
  linkColor?: string
  /**
   * The nonce of the page's content security policy, for the script element that loads the Messenger.
   */
  cspNonce?: string
  /**
   * The number of milliseconds after which a missing Intercom script is reported to the page, with the likely cause. Events are not delayed by it.
   */
  loadTimeoutMs?: number
  /**
   * After a logout, start the Messenger again for an anonymous visitor.
   */
  bootAfterReset?: boolean
  /**
   * If no event names the person within half a second, start with the user that Analytics.js remembers from an earlier page.
   */
  bootPersistedUser?: boolean
  /**
   * When a visitor of the page gets a user ID, store who they were: the Messenger’s visitor ID as the attribute intercom_visitor_id, Segment’s anonymous ID as segment_anonymous_id.
   */
  linkVisitor?: boolean
  /**
   * The workspace enforces identity verification: a person is named to Intercom only after an event with their proof (user hash or JWT).
   */
  secured?: boolean
  /**
   * Track Messenger events as Segment events: shown, hidden, the number of unread conversations, an e-mail address given (never the address itself).
   */
  sendMessengerEvents?: boolean
  /**
   * Log in the browser console what was left out of an event, and why. Values are never shown.
   */
  debug?: boolean
}
