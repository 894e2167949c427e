import type { Scenario } from './scenario'

/** Written below. */
export const eventScenarios: readonly Scenario[] = []
