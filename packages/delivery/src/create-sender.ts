import {
  intercomCloud,
  type Choices,
  type Settings,
  type StateStore,
  type SubscriptionRow
} from '@intercom-destinations/intercom-cloud'
import type { RequestClient, RequestOptions } from '@segment/actions-core'
import type { Erasure } from './action-runner'
import { CircuitBreaker, FAILURES_TO_OPEN } from './circuit-breaker'
import { systemClock, type Clock } from './clock'
import { DestinationRunner } from './destination-runner'
import type { Verdict } from './outcome'
import type { Hooks } from './hooks'
import { RateLimitPause } from './rate-limit-pause'
import { RetryBudget } from './retry-budget'
import { NO_RETRIES, PATIENT_POLICY, toLimitedPolicy, type RetryPolicy } from './retry-policy'
import { sendStream, type DeliveredEvent } from './send-stream'
import { Sender } from './sender'
import { WINDOW_EVENTS } from './sender-parts'
import { toEnabledSubscriptions, toSubscriptions, type Subscription } from './subscriptions'

export interface SenderOptions extends Hooks {
  /** The access token of the Intercom workspace. A text that is blank is a `TypeError`. */
  token: string
  /** Where the workspace is hosted; `auto`, the default, lets Intercom route each call. */
  region?: Choices['settings']['region']
  /** Rows as Segment saves them, or what `parseSubscriptions` and `toSubscriptions` return; by default the presets. */
  subscriptions?: readonly (SubscriptionRow | Subscription)[]
  /** An origin such as `http://127.0.0.1:4010` in the place of Intercom's host, for an emulator; none by default. */
  restHost?: string | undefined
  /**
   * What several processes share, such as `redisState` of `@intercom-destinations/redis-state`; by default each process
   * remembers for itself. The sender does not close it.
   */
  state?: StateStore | undefined
  /**
   * No other process writes to the workspace, so what Intercom confirmed is not sent again for an hour, as with a shared
   * state. `false` by default: for a minute.
   */
  isOnlyProcess?: boolean
  /** How many calls to Intercom are under way at most, 1 or more; 10 by default. Less than 1 is a `TypeError`. */
  concurrency?: number
  /**
   * `limited`, the default: at most three more attempts within 1.3 seconds (13 after a 429), or as Intercom asks;
   * `patient`: until the sender is closed; `none`: one attempt.
   */
  retries?: 'limited' | 'patient' | 'none'
  /** Whether later events of a person end as `retry`, unsent, after one that ended as `retry`; `true` by default. */
  holdAfterRetry?: boolean
  /** How many events share searches and writes at most; 100 by default. Their verdicts come together. */
  windowEvents?: number
  /** After how many calls in a row without an answer all events end as `retry` for 30 seconds; 20 by default. */
  failuresToOpen?: number
  /** Checked before every call. While it returns `false`, no call is made, and events end as `retry`; `true` by default. */
  mayCall?: () => boolean
  /** The time, for tests; the system's by default. */
  clock?: Clock
}

export interface SendOptions {
  /** Milliseconds after which events without a verdict end as `retry`; no call outlasts it. No limit by default. */
  deadlineMs?: number
  /** Once it aborts, events that are not under way end as `retry`; none by default. */
  signal?: AbortSignal
}

export interface IntercomSender {
  /** Delivers events, and resolves to one verdict for each, in order. Never rejects because of an event. */
  send(events: readonly unknown[], options?: SendOptions): Promise<Verdict[]>
  /** Delivers a stream: reads ahead while there is room, and yields each event with its verdict, in order. */
  sendStream(events: AsyncIterable<unknown>, options?: SendOptions): AsyncIterable<DeliveredEvent>
  /** Deletes the contacts with these user ids for good. One result for each, in order. Never rejects because of one. */
  erase(userIds: readonly string[]): Promise<Erasure[]>
  /** Ends events that were not sent as `retry`, and waits for those under way. */
  close(): Promise<void>
}

const DEFAULT_CONCURRENCY = 10

export interface HostOptions extends SenderOptions {
  /** Makes the HTTP client of the actions, for a host that has Intercom in its own process; that of Segment by default. */
  createRequestClient?: ((defaults: RequestOptions) => RequestClient) | undefined
}

/** The sender behind `createSender`, for hosts that pass one event at a time. */
export function openSender({
  token,
  region = 'auto',
  subscriptions,
  restHost,
  state,
  isOnlyProcess = false,
  concurrency = DEFAULT_CONCURRENCY,
  retries = 'limited',
  holdAfterRetry = true,
  windowEvents = WINDOW_EVENTS,
  failuresToOpen = FAILURES_TO_OPEN,
  mayCall = () => true,
  clock = systemClock,
  createRequestClient,
  ...hooks
}: HostOptions): Sender {
  if (token.trim() === '') throw new TypeError('createSender needs the access token of an Intercom workspace.')
  if (!(concurrency >= 1)) throw new TypeError('createSender: concurrency is a number of calls, 1 or more.')
  const definition = intercomCloud({
    now: () => clock.now(),
    sleep: (milliseconds) => clock.sleep(milliseconds),
    isOnlyProcess,
    ...(state === undefined ? {} : { state }),
    ...(restHost === undefined ? {} : { restHost })
  })
  const settings: Settings = { region }
  const budget = new RetryBudget()
  return new Sender({
    ...hooks,
    runner: new DestinationRunner({ definition, settings, token, createRequestClient }),
    subscriptions: subscriptions ? toEnabledSubscriptions(subscriptions) : toSubscriptions(definition.presets),
    clock,
    pause: new RateLimitPause(clock),
    breaker: new CircuitBreaker(clock, failuresToOpen),
    budget,
    policy: toPolicy(retries, budget),
    concurrency,
    holdAfterRetry,
    windowEvents,
    mayCall
  })
}

/** Delivers Segment events to an Intercom workspace. */
export function createSender(options: SenderOptions): IntercomSender {
  const sender = openSender(options)
  return {
    send: async (events, sendOptions) => {
      const scope = sender.openScope(sendOptions)
      const settled = await Promise.all(events.map((event) => sender.deliver(event, scope)))
      return settled.map(({ verdict }) => verdict)
    },
    sendStream: (events, sendOptions) => {
      const scope = sender.openScope(sendOptions)
      return sendStream(events, sender.mostUnsettled, (event) => sender.deliver(event, scope))
    },
    erase: async (userIds) => {
      const erasures: Erasure[] = []
      for (const userId of userIds) erasures.push(await sender.erase(userId))
      return erasures
    },
    close: () => sender.close()
  }
}

function toPolicy(retries: NonNullable<SenderOptions['retries']>, budget: RetryBudget): RetryPolicy {
  switch (retries) {
    case 'limited':
      return toLimitedPolicy(budget)
    case 'patient':
      return PATIENT_POLICY
    case 'none':
      return NO_RETRIES
  }
}
