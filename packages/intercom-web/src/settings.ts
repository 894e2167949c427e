import type { GlobalSetting } from '@segment/actions-core'
import { REGION_HOSTS, REGIONS } from '@intercom-destinations/shared-mapping'
import { DEFAULT_ACTIVATOR, DEFAULT_API_BASE, DEFAULT_LOAD_TIMEOUT_MS } from './setting-defaults'

/** The settings of the destination. The first four are the catalog's, the others are ours. */
export const settings: Record<string, GlobalSetting> = {
  appId: {
    label: 'App ID',
    description: 'The id of your Intercom workspace: the short code of letters and digits in the address of its inbox.',
    type: 'string',
    required: true
  },
  activator: {
    label: 'Custom Inbox Button Selector',
    description:
      'The CSS selector of your own element that opens the Messenger. Leave the default to use the round button that Intercom draws.',
    type: 'string',
    default: DEFAULT_ACTIVATOR
  },
  richLinkProperties: {
    label: 'Rich Link Properties',
    description: 'The names of event properties that hold a rich link: an object with exactly `url` and `value`.',
    type: 'string',
    multiple: true
  },
  apiBase: {
    label: 'Region',
    description: 'Where Intercom hosts your workspace. With the wrong region the Messenger does not start.',
    type: 'string',
    choices: REGIONS.map((region) => ({ label: REGION_HOSTS[region].label, value: REGION_HOSTS[region].messenger })),
    default: DEFAULT_API_BASE
  },
  hideLauncherAtStart: {
    label: 'Hide Launcher At Start',
    description: 'Start without the round button that opens the Messenger, until an event shows it.',
    type: 'boolean',
    default: false
  },
  hideNotifications: {
    label: 'Hide Notifications',
    description: 'Start without the notifications that the Messenger shows beside its launcher.',
    type: 'boolean',
    default: false
  },
  alignment: {
    label: 'Alignment',
    description: 'The side of the page on which the launcher is shown.',
    type: 'string',
    choices: [
      { label: 'Left', value: 'left' },
      { label: 'Right', value: 'right' }
    ]
  },
  horizontalPadding: {
    label: 'Horizontal Padding',
    description: 'The distance of the launcher from the side of the page, in pixels. Intercom takes 20 or more.',
    type: 'number'
  },
  verticalPadding: {
    label: 'Vertical Padding',
    description: 'The distance of the launcher from the bottom of the page, in pixels. Intercom takes 20 or more.',
    type: 'number'
  },
  zIndex: {
    label: 'Z-Index',
    description: 'The z-index of the Messenger, if it must be above or below other elements of the page.',
    type: 'number'
  },
  sessionDuration: {
    label: 'Session Duration',
    description: 'The number of milliseconds without activity after which a person is logged out of the Messenger.',
    type: 'number'
  },
  language: {
    label: 'Language',
    description: "The code of the language in which the Messenger starts, such as `de`, instead of the browser's.",
    type: 'string'
  },
  themeMode: {
    label: 'Theme Mode',
    description: 'Whether the Messenger is light or dark, or follows the system of the visitor.',
    type: 'string',
    choices: [
      { label: 'Light', value: 'light' },
      { label: 'Dark', value: 'dark' },
      { label: 'System', value: 'system' }
    ]
  },
  actionColor: {
    label: 'Action Color',
    description: 'The colour of buttons and links in the Messenger, in CSS notation.',
    type: 'string'
  },
  backgroundColor: {
    label: 'Background Color',
    description: 'The colour behind the header of the Messenger, in CSS notation.',
    type: 'string'
  },
  linkColor: {
    label: 'Link Color',
    description: 'The colour of links in the Messenger, in CSS notation.',
    type: 'string'
  },
  cspNonce: {
    label: 'CSP Nonce',
    description: "The nonce of the page's content security policy, for the script element that loads the Messenger.",
    type: 'string'
  },
  loadTimeoutMs: {
    label: 'Load Timeout',
    description:
      'The number of milliseconds after which a missing Intercom script is reported to the page, with the likely cause. Events are not delayed by it.',
    type: 'number',
    default: DEFAULT_LOAD_TIMEOUT_MS
  },
  bootAfterReset: {
    label: 'Boot After Reset',
    description: 'After a logout, start the Messenger again for an anonymous visitor.',
    type: 'boolean',
    default: true
  },
  bootPersistedUser: {
    label: 'Boot Persisted User',
    description:
      'If no event names the person within half a second, start with the user that Analytics.js remembers from an earlier page.',
    type: 'boolean',
    default: false
  },
  linkVisitor: {
    label: 'Link Visitor',
    description:
      'When a visitor of the page gets a user ID, store who they were: the Messenger’s visitor ID as the attribute intercom_visitor_id, Segment’s anonymous ID as segment_anonymous_id.',
    type: 'boolean',
    default: false
  },
  secured: {
    label: 'Secured Workspace',
    description:
      'The workspace enforces identity verification: a person is named to Intercom only after an event with their proof (user hash or JWT).',
    type: 'boolean',
    default: false
  },
  sendMessengerEvents: {
    label: 'Send Messenger Events',
    description:
      'Track Messenger events as Segment events: shown, hidden, the number of unread conversations, an e-mail address given (never the address itself).',
    type: 'boolean',
    default: false
  },
  debug: {
    label: 'Debug',
    description: 'Log in the browser console what was left out of an event, and why. Values are never shown.',
    type: 'boolean',
    default: false
  }
}
