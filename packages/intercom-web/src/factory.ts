import { createFactory } from './create-factory'
import { presets } from './presets'

export type { Settings } from './generated-types'
export { LOAD_FAILURE_EVENT, type LoadFailure } from './load-failure'
export { LOSS_EVENT, type LossReport, type PageLoss } from './losses'
export type { IntercomWebDefinition, IntercomWebFactory, IntercomWebSettings, Subscription } from './plugin-factory'

export default createFactory(presets)
