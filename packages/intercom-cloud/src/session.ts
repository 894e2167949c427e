import type { RequestClient } from '@segment/actions-core'
import { createApi, type IntercomApi } from './api'
import type { Clock } from './clock'
import { toRestHost, type Environment } from './environment'
import type { Settings } from './generated-types'
import { Lookup } from './lookup'
import type { WorkspaceMemory } from './memory'

/** What one call of Segment's works with. */
export interface Session {
  readonly api: IntercomApi
  readonly memory: WorkspaceMemory
  readonly lookup: Lookup
  readonly clock: Clock
}

interface Connection {
  settings: Settings
  auth?: { accessToken: string } | undefined
}

export function openSession(environment: Environment, request: RequestClient, { settings, auth }: Connection): Session {
  const host = toRestHost(environment, settings)
  const api = createApi(request, host)
  const memory = environment.memory.ofWorkspace(host, auth?.accessToken ?? '')
  return { api, memory, lookup: new Lookup(api), clock: environment.now }
}
