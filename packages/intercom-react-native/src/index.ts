export { IntercomPlugin } from './intercom-plugin'
export { IntercomSdkError } from './intercom-sdk'
export type { LossReport, MobileLoss } from './losses'
export type { IntercomPluginOptions, Mappings } from './plugin-options'
