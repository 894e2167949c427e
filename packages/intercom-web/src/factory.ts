import type { Plugin } from '@segment/analytics-next'
import { createFactory } from './create-factory'
import type { IntercomWebFactory } from './plugin-factory'
import { presets } from './presets'

export type { Settings } from './generated-types'
export { LOAD_FAILURE_EVENT, type LoadFailure } from './load-failure'
export { LOSS_EVENT, type LossReport, type PageLoss } from './losses'
export type {
  IntercomWebDefinition,
  IntercomWebFactory,
  IntercomWebPreset,
  IntercomWebSettings
} from './plugin-factory'
export type { ActionMapping, ActionName, Subscription } from './subscription-types'

const factory = createFactory(presets)

/** The same for settings of an unknown shape, such as parsed JSON: what cannot be used is left out, with one warning. */
export const intercomWebFromJson: (settings: unknown) => Promise<Plugin[]> = factory

const intercomWeb: IntercomWebFactory = factory
export default intercomWeb
