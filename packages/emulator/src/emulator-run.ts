import { RateLimitWindow } from './http/rate-limit'
import { DEFAULT_VERSION } from './http/versions'
import type { EmulatorOptions } from './emulator-options'
import { createIds } from './model/ids'
import { RATE_LIMIT_PER_WINDOW } from './model/limits'
import { seedStore } from './model/seed'
import { Store } from './model/store'
import { readUnknowns } from './model/unknowns'
import type { Workspace } from './model/workspace'

/** Everything that `reset()` replaces. */
export interface EmulatorRun {
  readonly id: string
  readonly workspace: Workspace
  readonly rateLimitWindow: RateLimitWindow
}

const openWorkspace = (options: EmulatorOptions): Workspace => {
  const clock = options.clock ?? Date.now
  const workspace: Workspace = {
    store: new Store(),
    ids: createIds(options.idSeed ?? 0),
    region: options.region ?? 'us',
    name: options.workspace?.name ?? 'Emulated Workspace',
    id_code: options.workspace?.id_code ?? 'emulated',
    admin_id: options.workspace?.admin_id ?? '1',
    searchLag: options.searchLag ?? 0,
    unknowns: readUnknowns(options),
    version: DEFAULT_VERSION,
    oauth: options.oauth,
    consents: new Map(),
    issuedCodes: new Set(),
    scrolls: new Map(),
    acceptedToken: options.token,
    issuedToken: options.token ?? 'emulated-access-token',
    revokedTokens: new Set(),
    now: () => Math.floor(clock() / 1000)
  }
  const { contactAttributes, companyAttributes } = options
  const owner = { id: workspace.admin_id, name: 'Emulated Admin', email: 'admin@example.com' }
  workspace.store.admins.set(owner.id, owner)
  seedStore({ contactAttributes, companyAttributes }, workspace)
  seedStore(options.seed ?? {}, workspace)
  return workspace
}

/** Starts with the seed of the options: no requests counted, ids from the beginning. */
export const startRun = (options: EmulatorOptions): EmulatorRun => {
  const { rateLimit = RATE_LIMIT_PER_WINDOW } = options
  return {
    id: crypto.randomUUID(),
    workspace: openWorkspace(options),
    rateLimitWindow: new RateLimitWindow(typeof rateLimit === 'number' ? () => rateLimit : rateLimit)
  }
}
