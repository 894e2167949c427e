import type { Scenario } from './scenario'

/** Written below. */
export const companyScenarios: readonly Scenario[] = []
