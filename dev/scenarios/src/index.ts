import { anonymousScenarios } from './anonymous'
import { companyScenarios } from './company'
import { contactScenarios } from './contact'
import { eventScenarios } from './event'
import { mappingScenarios } from './mapping'
import type { Scenario } from './scenario'
import { valueScenarios } from './values'

export type { ExpectedLoss, MessengerCall, MobileCall, Scenario, SegmentEvent, Workspace } from './scenario'
export { anonymousScenarios } from './anonymous'
export { companyScenarios } from './company'
export { contactScenarios } from './contact'
export { eventScenarios } from './event'
export { mappingScenarios } from './mapping'
export { valueScenarios } from './values'
export { HOSTILE_VALUES, type HostileValue } from './hostile-values'
export { ownFieldMappings } from './own-fields'
export { savedMappings, type SavedMapping } from './saved-mappings'
export { WORKSPACE_ATTRIBUTES } from './workspace'

/** All scenarios. */
export const scenarios: readonly Scenario[] = [
  ...contactScenarios,
  ...anonymousScenarios,
  ...companyScenarios,
  ...eventScenarios,
  ...mappingScenarios,
  ...valueScenarios
]
