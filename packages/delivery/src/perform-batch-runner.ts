import { KEEP_ORDER, type Settings } from '@intercom-destinations/intercom-cloud'
import {
  MultiStatusResponse,
  type DestinationDefinition,
  type RequestClient,
  type RequestOptions,
  type SegmentEvent
} from '@segment/actions-core'
import { transformBatch } from '@segment/actions-core/mapping-kit'
import type { ActionRunner, Erasure } from './action-runner'
import { toObservedRequest, type RequestWatch } from './observed-request'
import { toOutcome, type Outcome } from './outcome'
import { toSingleFields, withSingleValues } from './single-values'
import type { Subscription } from './subscriptions'
import { toErasure, toThrownOutcome } from './thrown-outcome'

export interface PerformBatchRunnerOptions {
  definition: DestinationDefinition<Settings>
  settings: Settings
  token: string
  /** Makes the HTTP client of the actions, from the options that the definition gives every request. */
  createRequestClient: (defaults: RequestOptions) => RequestClient
}

type Mapped = { payload: unknown; event: SegmentEvent } | { outcome: Outcome }

/**
 * Runs the actions of the cloud destination without Segment's `Destination`, for hosts that have no room for it or for
 * its validation: the mapping kit makes the payloads, and the action's `performBatch` takes them.
 */
export class PerformBatchRunner implements ActionRunner {
  readonly #options: PerformBatchRunnerOptions

  constructor(options: PerformBatchRunnerOptions) {
    this.#options = options
  }

  async run(subscription: Subscription, events: readonly SegmentEvent[], watch: RequestWatch): Promise<Outcome[]> {
    const singles = this.#singlesOf(subscription)
    const mapped = toMapped(subscription, events).map((one) =>
      'payload' in one ? { ...one, payload: withSingleValues(one.payload, singles) } : one
    )
    const performed = mapped.filter((one) => 'payload' in one)
    const outcomes = await this.#perform(subscription, performed, watch)
    const next = outcomes.values()
    return mapped.map((one) => ('outcome' in one ? one.outcome : (next.next().value ?? toOutcome(undefined))))
  }

  erase(userId: string, watch: RequestWatch): Promise<Erasure> {
    const { definition } = this.#options
    const data = { ...this.#connection, payload: { userId, anonymousId: undefined } }
    return toErasure((): unknown => definition.onDelete?.(this.#toRequest(watch), data))
  }

  /** One outcome for each payload. */
  async #perform(
    { action, mapping }: Subscription,
    performed: readonly { payload: unknown; event: SegmentEvent }[],
    watch: RequestWatch
  ): Promise<Outcome[]> {
    if (performed.length === 0) return []
    const data = {
      ...this.#connection,
      payload: performed.map(({ payload }) => payload),
      rawData: performed.map(({ event }) => event),
      rawMapping: mapping,
      features: { [KEEP_ORDER]: true }
    }
    try {
      const response: unknown = await this.#options.definition.actions[action]?.performBatch?.(
        this.#toRequest(watch),
        data
      )
      const results = response instanceof MultiStatusResponse ? response.getAllResponses() : []
      return performed.map((_, index) => toOutcome(results[index]?.value()))
    } catch (thrown) {
      const outcome = toThrownOutcome(thrown)
      return performed.map(() => outcome)
    }
  }

  #singlesOf({ action }: Subscription): ReadonlySet<string> {
    return toSingleFields(this.#options.definition.actions[action]?.fields ?? {})
  }

  get #connection() {
    const { settings, token } = this.#options
    return { settings, auth: { accessToken: token, refreshToken: '' } }
  }

  #toRequest(watch: RequestWatch): RequestClient {
    const { definition, createRequestClient } = this.#options
    const defaults = definition.extendRequest?.({ ...this.#connection, payload: undefined }) ?? {}
    return toObservedRequest(createRequestClient(defaults), watch)
  }
}

/** All events at once, because the mapping kit checks the whole mapping each time, which costs more than to apply it. */
function toMapped({ mapping }: Subscription, events: readonly SegmentEvent[]): Mapped[] {
  const apply = (several: readonly SegmentEvent[]): Mapped[] => {
    const payloads = transformBatch(
      mapping,
      several.map((event) => ({ ...event }))
    )
    return several.map((event, index) => ({ event, payload: payloads[index] }))
  }
  try {
    return apply(events)
  } catch {
    // One event that the mapping cannot be applied to must not fail the others.
    return events.flatMap((event) => {
      try {
        return apply([event])
      } catch (thrown) {
        return { outcome: toThrownOutcome(thrown) }
      }
    })
  }
}
