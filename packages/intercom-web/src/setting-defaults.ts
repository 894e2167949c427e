import { REGION_HOSTS } from '@intercom-destinations/shared-mapping'

/** The launcher that Intercom draws; any other activator is an element of the page. */
export const DEFAULT_ACTIVATOR = '#IntercomDefaultWidget'

/** How long Intercom's script may take to load before it counts as missing (docs/catalog-contract.md). */
export const DEFAULT_LOAD_TIMEOUT_MS = 10_000

export const DEFAULT_API_BASE = REGION_HOSTS.us.messenger
