import { runtimeDefinition } from './create-factory'
import type { IntercomWebDefinition } from './plugin-factory'
import { presets } from './presets'
import { settings } from './settings'

/** The definition of the destination as data: settings, presets, and actions with their fields. */
export const destination: IntercomWebDefinition = {
  ...runtimeDefinition,
  slug: 'actions-intercom-web',
  mode: 'device',
  description: 'Load the Intercom Messenger on your site, and tell it who the person is and what they do.',
  settings,
  presets
}
