import type { RequestClient } from '@segment/actions-core'
import { createApi, type IntercomApi } from './api'
import type { Clock } from './clock'
import { CompanyUpserts } from './company-upserts'
import { toRestHost, type Environment } from './environment'
import type { Settings } from './generated-types'
import { Lookup } from './lookup'
import type { WorkspaceMemory } from './memory'
import { Patience } from './patience'

/** What one call of Segment's works with. */
export interface Session {
  readonly api: IntercomApi
  readonly memory: WorkspaceMemory
  readonly lookup: Lookup
  readonly companies: CompanyUpserts
  readonly clock: Clock
  /** Which tags companies were given, or relieved of, in this batch. */
  readonly tagged: Map<string, boolean>
}

interface Connection {
  settings: Settings
  auth?: { accessToken: string } | undefined
}

export function openSession(environment: Environment, request: RequestClient, { settings, auth }: Connection): Session {
  const host = toRestHost(environment, settings)
  const memory = environment.memory.ofWorkspace(host, auth?.accessToken ?? '')
  const api = createApi(request, host, { pacer: memory.pacer, patience: new Patience(memory.pacer, environment) })
  return {
    api,
    memory,
    lookup: new Lookup(api),
    companies: new CompanyUpserts(),
    clock: environment.now,
    tagged: new Map()
  }
}
