import { REGION_HOSTS } from '@intercom-destinations/shared-mapping'

/** The launcher that Intercom draws by itself; with any other activator the page brings its own. */
export const DEFAULT_ACTIVATOR = '#IntercomDefaultWidget'

/** How long a page may take to get Intercom's script before it counts as missing (the catalog contract). */
export const DEFAULT_LOAD_TIMEOUT_MS = 10_000

export const DEFAULT_API_BASE = REGION_HOSTS.us.messenger
