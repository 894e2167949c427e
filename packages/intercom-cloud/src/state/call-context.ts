import type { RequestClient } from '@segment/actions-core'
import { createIntercomClient, type IntercomClient } from '../client/intercom-client'
import type { Clock } from '../clock'
import { CompanyCoalescer } from '../companies/company-coalescer'
import { toRestHost, type Dependencies } from '../dependencies'
import type { Settings } from '../generated-types'
import { ContactSearch } from '../contacts/contact-search'
import { RateLimitWait } from '../client/rate-limit-wait'
import type { Workspace } from './workspace'
import type { WorkspaceCache } from './workspace-cache'

/** What one call from Segment, for an event or a batch, works with. A turn has a cache and a client of its own. */
export interface CallContext {
  readonly client: IntercomClient
  readonly workspace: Workspace
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
  const workspace = dependencies.workspaces.forWorkspace(host, auth?.accessToken ?? '')
  const client = createIntercomClient(request, host, new RateLimitWait(workspace.state, dependencies))
  return {
    client,
    workspace,
    cache: workspace.openCache(),
    contactSearch: new ContactSearch(client),
    companies: new CompanyCoalescer(),
    clock: dependencies.now,
    companyTags: new Map()
  }
}

/** Runs a call, and lets others see what it learned, also if it fails. */
export async function runCall<T>(context: CallContext, call: (context: CallContext) => Promise<T>): Promise<T> {
  try {
    return await call(context)
  } finally {
    await context.workspace.publish(context.cache)
  }
}

/** The records that a turn holds alone, and those that it only reads. */
interface TurnRecords {
  locked: readonly string[]
  read?: readonly string[]
}

/** Runs a part of a call alone with records: no other call, and no other process that shares the state, has them. */
export function runTurn<T>(
  context: CallContext,
  records: TurnRecords,
  turn: (context: CallContext) => Promise<T>
): Promise<T> {
  return context.workspace.runTurn(context.cache, records, (cache, guard) =>
    turn({ ...context, cache, client: guard ? context.client.guardedBy(guard) : context.client })
  )
}
