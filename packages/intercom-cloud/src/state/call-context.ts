import type { RequestClient } from '@segment/actions-core'
import { createIntercomClient, type IntercomClient } from '../client/intercom-client'
import type { Clock } from '../clock'
import { CompanyCoalescer } from '../companies/company-coalescer'
import { toRestHost, type Dependencies } from '../dependencies'
import type { Settings } from '../generated-types'
import { ContactSearch } from '../contacts/contact-search'
import type { WorkspaceCache } from './workspace-cache'
import { RateLimitWait } from '../client/rate-limit-wait'

/** What one call of Segment's works with. */
export interface CallContext {
  readonly client: IntercomClient
  readonly cache: WorkspaceCache
  readonly contactSearch: ContactSearch
  readonly companies: CompanyCoalescer
  readonly clock: Clock
  /** Which tags companies were given, or relieved of, in this batch. */
  readonly tagged: Map<string, boolean>
}

interface Connection {
  settings: Settings
  auth?: { accessToken: string } | undefined
}

export function createCallContext(
  dependencies: Dependencies,
  request: RequestClient,
  { settings, auth }: Connection
): CallContext {
  const host = toRestHost(dependencies, settings)
  const cache = dependencies.caches.forWorkspace(host, auth?.accessToken ?? '')
  const client = createIntercomClient(request, host, {
    pacer: cache.rateLimiter,
    patience: new RateLimitWait(cache.rateLimiter, dependencies)
  })
  return {
    client,
    cache,
    contactSearch: new ContactSearch(client),
    companies: new CompanyCoalescer(),
    clock: dependencies.now,
    tagged: new Map()
  }
}
