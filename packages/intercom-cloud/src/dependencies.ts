import { REGION_HOSTS, REGIONS } from '@intercom-destinations/shared-mapping'
import type { Clock } from './clock'
import type { Settings } from './generated-types'
import type { WorkspaceCaches } from './state/workspace-cache'

/** What lies outside the destination; only a definition made by `intercomCloud` can have another. */
export interface ReplaceableDependencies {
  /** Takes the place of Intercom's hosts. No setting can do that: a token must not go to a host that somebody typed. */
  restHost?: string
  now: Clock
  /** Resolves after so many milliseconds. */
  sleep: (milliseconds: number) => Promise<void>
  /** From 0 up to 1, as `Math.random`. */
  random: () => number
}

/** The same, and what is remembered of it. */
export interface Dependencies extends ReplaceableDependencies {
  /** Lasts as long as the definition, and so as the process. */
  caches: WorkspaceCaches
}

/** The API's host for these settings. `auto` is the US host, which Intercom routes to the workspace's region. */
export function toRestHost({ restHost }: Pick<Dependencies, 'restHost'>, { region }: Settings): string {
  if (restHost !== undefined) return restHost.replace(/\/+$/, '')
  return REGION_HOSTS[REGIONS.find((known) => known === region) ?? 'us'].rest
}
