import type { RequestClient } from '@segment/actions-core'
import { createIntercomClient, type IntercomClient } from '../client/intercom-client'
import type { Clock } from '../clock'
import { CompanyCoalescer } from '../companies/company-coalescer'
import { toRestHost, type Dependencies } from '../dependencies'
import type { Settings } from '../generated-types'
import { ContactSearch } from '../contacts/contact-search'
import type { WorkspaceCache } from './workspace-cache'
import { RateLimitWait } from '../client/rate-limit-wait'

/** What one call from Segment, for an event or a batch, works with. */
export interface CallContext {
  readonly client: IntercomClient
  readonly cache: WorkspaceCache
  readonly contactSearch: ContactSearch
  readonly companies: CompanyCoalescer
  readonly clock: Clock
  /** Company tags changed in this call: whether each was attached (true) or detached. The key is the JSON of company and tag. */
  readonly companyTags: Map<string, boolean>
}

/** The part of Segment's call that identifies the workspace. */
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
  const client = createIntercomClient(request, host, new RateLimitWait(cache.rateLimiter, dependencies))
  return {
    client,
    cache,
    contactSearch: new ContactSearch(client),
    companies: new CompanyCoalescer({ client, cache }),
    clock: dependencies.now,
    companyTags: new Map()
  }
}
