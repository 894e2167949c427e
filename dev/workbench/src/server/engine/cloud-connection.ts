import { openSender, type Clock, type Hooks, type Scope, type Sender } from '@intercom-destinations/delivery'
import type { DestinationState } from '../../contract'
import { createDirectClient } from './direct-client'
import type { CloudTarget } from './engine-types'
import { toSubscriptions } from './matches'

/**
 * How many calls run at once. Fewer than the ten calls that the page's small rate limit lets through: otherwise ten
 * deliveries of two calls each would begin in every window and none would end.
 */
const CONCURRENCY = 6

/** The sender for one target, with what the destination caches about that workspace. */
export class CloudConnection {
  readonly sender: Sender
  #isClosed = false
  #scope: { readonly state: DestinationState; readonly scope: Scope } | undefined

  constructor(
    readonly target: CloudTarget,
    { clock, mayCall, ...hooks }: Hooks & { readonly clock: Clock; readonly mayCall: () => boolean }
  ) {
    const { token, restHost, fetch } = target
    this.sender = openSender({
      ...hooks,
      ...{
        token,
        region: toRegion(target.region),
        clock,
        concurrency: CONCURRENCY,
        retries: 'patient',
        windowEvents: 1
      },
      ...(restHost === undefined ? {} : { restHost }),
      ...(fetch ? { createRequestClient: (defaults) => createDirectClient(fetch, defaults) } : {}),
      mayCall: () => !this.#isClosed && mayCall()
    })
  }

  /** The scope that events of one configuration share. */
  toScope(state: DestinationState): Scope {
    if (this.#scope?.state !== state) {
      this.#scope = { state, scope: this.sender.openScope({ subscriptions: toSubscriptions(state.subscriptions) }) }
    }
    return this.#scope.scope
  }

  /** No further call is made; resolves when running deliveries have ended. */
  close(): Promise<void> {
    this.#isClosed = true
    return this.sender.close()
  }
}

const toRegion = (region: string) => (region === 'us' || region === 'eu' || region === 'au' ? region : 'auto')
