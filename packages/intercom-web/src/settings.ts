import type { GlobalSetting } from '@segment/actions-core'
import { REGION_HOSTS, REGIONS } from '@intercom-destinations/shared-mapping'

/** The launcher that Intercom draws by itself; with any other activator the page brings its own. */
export const DEFAULT_ACTIVATOR = '#IntercomDefaultWidget'

export const DEFAULT_API_BASE = REGION_HOSTS.us.messenger

/** What a customer sets once for the whole destination. The first four are the catalog's, the others are ours. */
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
  alignment: {
    label: 'Alignment',
    description: 'The side of the page on which the launcher stands.',
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
    description: 'The z-index of the Messenger, where it must stand above or below something on the page.',
    type: 'number'
  },
  sessionDuration: {
    label: 'Session Duration',
    description: 'After how many milliseconds without activity a person is logged out of the Messenger.',
    type: 'number'
  },
  language: {
    label: 'Language',
    description: "The code of the language in which the Messenger starts, such as `de`, instead of the browser's.",
    type: 'string'
  },
  actionColor: {
    label: 'Action Color',
    description: 'The colour of buttons and links in the Messenger, as CSS writes it.',
    type: 'string'
  },
  backgroundColor: {
    label: 'Background Color',
    description: 'The colour behind the header of the Messenger, as CSS writes it.',
    type: 'string'
  },
  cspNonce: {
    label: 'CSP Nonce',
    description: "The nonce of the page's content security policy, for the script element that loads the Messenger.",
    type: 'string'
  },
  debug: {
    label: 'Debug',
    description: 'Say in the browser console what was left out of an event, and why. Values are never shown.',
    type: 'boolean',
    default: false
  }
}
