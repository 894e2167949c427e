import { REGION_HOSTS, REGIONS } from '@intercom-destinations/shared-mapping'
import type { Timing } from './clock'
import type { Settings } from './generated-types'
import type { Workspaces } from './state/workspace'

/** What tests and local tools can replace, through `intercomCloud`. */
export interface ReplaceableDependencies extends Timing {
  /** Replaces Intercom's hosts. It is not a setting, because a token must not be sent to a host typed into a form. */
  restHost?: string
}

/** What every action of one definition shares. */
export interface Dependencies extends ReplaceableDependencies {
  /** One for each definition, so usually one for each process. */
  workspaces: Workspaces
}

/** The API's host for these settings. `auto` is the US host, from which Intercom routes to the workspace's region. */
export function toRestHost({ restHost }: Pick<Dependencies, 'restHost'>, { region }: Settings): string {
  if (restHost !== undefined) return restHost.replace(/\/+$/, '')
  return REGION_HOSTS[REGIONS.find((known) => known === region) ?? 'us'].rest
}
