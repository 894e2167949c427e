import { KEEP_ORDER, type Settings } from '@intercom-destinations/intercom-cloud'
import {
  Destination,
  type DestinationDefinition,
  type RequestClient,
  type RequestOptions,
  type SegmentEvent
} from '@segment/actions-core'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { ActionRunner, Erasure } from './action-runner'
import { toObservedRequest, type RequestWatch } from './observed-request'
import { toOutcome, type Outcome } from './outcome'
import { toSingleFields, withSingleValues } from './single-values'
import type { Subscription } from './subscriptions'
import { toErasure, toThrownOutcome } from './thrown-outcome'

export interface DestinationRunnerOptions {
  definition: DestinationDefinition<Settings>
  settings: Settings
  token: string
  /** In the place of the HTTP client of actions-core; gets the options that the definition gives every request. */
  createRequestClient?: ((defaults: RequestOptions) => RequestClient) | undefined
}

/** Runs the actions of the cloud destination inside actions-core, as Segment does. */
export class DestinationRunner implements ActionRunner {
  readonly #watches = new AsyncLocalStorage<RequestWatch>()
  readonly #destination: Destination<Settings>
  readonly #settings: Settings
  readonly #token: string
  readonly #request: RequestClient | undefined

  constructor({ definition, settings, token, createRequestClient }: DestinationRunnerOptions) {
    const auth = { accessToken: token, refreshToken: '' }
    this.#request = createRequestClient?.(definition.extendRequest?.({ settings, auth, payload: undefined }) ?? {})
    this.#destination = new Destination(this.#toHosted(definition))
    this.#settings = settings
    this.#token = token
  }

  async run(subscription: Subscription, events: readonly SegmentEvent[], watch: RequestWatch): Promise<Outcome[]> {
    try {
      const nodes = await this.#executeBatch(subscription, events, watch)
      return events.map((_, index) => toOutcome(nodes[index]))
    } catch (thrown) {
      // One event that a mapping cannot be applied to must not fail the others.
      if (events.length === 1) return [toThrownOutcome(thrown)]
      const outcomes: Outcome[] = []
      for (const event of events) outcomes.push(...(await this.run(subscription, [event], watch)))
      return outcomes
    }
  }

  erase(userId: string, watch: RequestWatch): Promise<Erasure> {
    const event: SegmentEvent = { type: 'delete', userId }
    const settings = { ...this.#settings, oauth: { access_token: this.#token } }
    return toErasure((): unknown =>
      this.#watches.run(watch, () => this.#destination.onDelete?.(event, settings))
    ).finally(() => {
      this.#dropResponses()
    })
  }

  #executeBatch({ action, mapping }: Subscription, events: readonly SegmentEvent[], watch: RequestWatch) {
    const batch = {
      events: [...events],
      mapping,
      settings: this.#settings,
      auth: { accessToken: this.#token, refreshToken: '' },
      features: { [KEEP_ORDER]: true }
    }
    return this.#watches
      .run(watch, () => this.#destination.executeBatch(action, batch))
      .finally(() => {
        this.#dropResponses()
      })
  }

  /** `Destination` keeps every response until it is read. */
  #dropResponses(): void {
    this.#destination.responses.splice(0)
  }

  /**
   * The definition as this host runs it. Its requests are observed. Its fields are not declared, because actions-core
   * would refuse a whole event for one value of another type; the actions check every value themselves and report what
   * they cannot use. A list of one becomes its item, as in actions-core.
   */
  #toHosted(definition: DestinationDefinition<Settings>): DestinationDefinition<Settings> {
    const watched = (request: RequestClient): RequestClient => {
      const watch = this.#watches.getStore()
      return watch ? toObservedRequest(this.#request ?? request, watch) : request
    }
    const actions = Object.entries(definition.actions).map(([key, action]) => {
      const perform: typeof action.perform = (request, data): unknown => action.perform(watched(request), data)
      const singles = toSingleFields(action.fields)
      const performBatch: typeof action.performBatch = (request, data) => {
        const payload = data.payload.map((one: unknown) => withSingleValues(one, singles))
        return action.performBatch?.(watched(request), { ...data, payload })
      }
      return [key, { ...action, fields: {}, perform, performBatch }] as const
    })
    const onDelete: typeof definition.onDelete = (request, data): unknown =>
      definition.onDelete?.(watched(request), data)
    return { ...definition, actions: Object.fromEntries(actions), onDelete }
  }
}
