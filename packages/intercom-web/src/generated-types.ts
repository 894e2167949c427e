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
   * The side of the page on which the launcher stands.
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
   * The z-index of the Messenger, where it must stand above or below something on the page.
   */
  zIndex?: number
  /**
   * After how many milliseconds without activity a person is logged out of the Messenger.
   */
  sessionDuration?: number
  /**
   * The code of the language in which the Messenger starts, such as `de`, instead of the browser's.
   */
  language?: string
  /**
   * Whether the Messenger is light or dark, or as the system of the visitor is.
   */
  themeMode?: string
  /**
   * The colour of buttons and links in the Messenger, as CSS writes it.
   */
  actionColor?: string
  /**
   * The colour behind the header of the Messenger, as CSS writes it.
   */
  backgroundColor?: string
  /**
   * The colour of links in the Messenger, as CSS writes it.
   */
  linkColor?: string
  /**
   * The nonce of the page's content security policy, for the script element that loads the Messenger.
   */
  cspNonce?: string
  /**
   * After how many milliseconds without Intercom's script the page is told that the Messenger is missing, and why that may be. Nothing waits for it meanwhile.
   */
  loadTimeoutMs?: number
  /**
   * After a logout, start the Messenger again for an anonymous visitor.
   */
  bootAfterReset?: boolean
  /**
   * When no event says within half a second who is there, start with the user whom Analytics.js remembers from an earlier page.
   */
  bootPersistedUser?: boolean
  /**
   * The workspace enforces identity verification: nobody is named to Intercom before an event has brought the proof for them (user hash or JWT).
   */
  secured?: boolean
  /**
   * Track what happens in the Messenger as Segment events: shown, hidden, the number of unread conversations, an e-mail address given (never the address).
   */
  sendMessengerEvents?: boolean
  /**
   * Say in the browser console what was left out of an event, and why. Values are never shown.
   */
  debug?: boolean
}
