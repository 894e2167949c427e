import type { Scenario } from './scenario'

/** Written below. */
export const contactScenarios: readonly Scenario[] = []
