import { intercomCloud, type Settings } from '@intercom-destinations/intercom-cloud'
import type { Erasure } from './action-runner'
import { CircuitBreaker, FAILURES_TO_OPEN } from './circuit-breaker'
import { systemClock, type Clock } from './clock'
import { DestinationRunner } from './destination-runner'
import type { Verdict } from './outcome'
import type { Scope, Settled } from './queued-event'
import { RateLimitPause } from './rate-limit-pause'
import { RetryBudget } from './retry-budget'
import { NO_RETRIES, PATIENT_POLICY, toLimitedPolicy, type RetryPolicy } from './retry-policy'
import { Sender, WINDOW_EVENTS, type Hooks } from './sender'
import { toSubscription, toSubscriptions, type Subscription, type SubscriptionRow } from './subscriptions'

export interface SenderOptions extends Hooks {
  /** The access token of the Intercom workspace. */
  token: string
  /** Where the workspace is hosted; `auto` (the default) lets Intercom route each call. */
  region?: 'auto' | 'us' | 'eu' | 'au'
  /** The mappings, as rows or read already; the presets of the destination when left out. */
  subscriptions?: readonly (SubscriptionRow | Subscription)[]
  /** Takes the place of Intercom's host, for an emulator on this machine. */
  restHost?: string
  /** How many calls to Intercom are under way at most; 10 when left out. */
  concurrency?: number
  /**
   * `limited` (the default) waits up to 1.3 seconds in all, or as long as Intercom asks; `patient` never gives up;
   * `none` tries once.
   */
  retries?: 'limited' | 'patient' | 'none'
  /** Whether later events of a person wait for one that ended as `retry`; true when left out. */
  holdAfterRetry?: boolean
  /** How many events share searches and writes at most; 100 when left out. They are told of when all are done. */
  windowEvents?: number
  /** After so many calls in a row without an answer events are answered with `retry` at once; 20 when left out. */
  failuresToOpen?: number
  /** Asked before every call. Once it answers no, nothing is called any more, and what is under way ends as `retry`. */
  mayCall?: () => boolean
  clock?: Clock
}

export interface SendOptions {
  /** What is not done after so many milliseconds ends as `retry`, and no call outlasts it. */
  deadlineMs?: number
  /** Aborted, events that were not sent end as `retry`. */
  signal?: AbortSignal
}

export interface IntercomSender {
  /** Delivers events, and resolves to one verdict for each, in order. Never rejects because of an event. */
  send(events: readonly unknown[], options?: SendOptions): Promise<Verdict[]>
  /** Delivers a stream: reads on while there is room, and yields each event with its verdict, in order. */
  sendStream(events: AsyncIterable<unknown>, options?: SendOptions): AsyncIterable<{ event: unknown; verdict: Verdict }>
  /** Deletes the contacts with these user ids, for good. One result for each, in order. */
  erase(userIds: readonly string[]): Promise<Erasure[]>
  /** Events that were not sent end as `retry`; what is under way is waited for. */
  close(): Promise<void>
}

const DEFAULT_CONCURRENCY = 10

/** The parts of a sender, for hosts that deliver one event at a time. */
export function openSender({
  token,
  region = 'auto',
  subscriptions,
  restHost,
  concurrency = DEFAULT_CONCURRENCY,
  retries = 'limited',
  holdAfterRetry = true,
  windowEvents = WINDOW_EVENTS,
  failuresToOpen = FAILURES_TO_OPEN,
  mayCall = () => true,
  clock = systemClock,
  ...hooks
}: SenderOptions): Sender {
  if (token.trim() === '') throw new TypeError('createSender needs the access token of an Intercom workspace.')
  if (!(concurrency >= 1)) throw new TypeError('createSender: concurrency is a number of calls, 1 or more.')
  const definition = intercomCloud({
    now: () => clock.now(),
    sleep: (milliseconds) => clock.sleep(milliseconds),
    ...(restHost === undefined ? {} : { restHost })
  })
  const settings: Settings = { region }
  const budget = new RetryBudget()
  return new Sender({
    ...hooks,
    runner: new DestinationRunner({ definition, settings, token }),
    subscriptions:
      subscriptions?.map((one) => ('takes' in one ? one : toSubscription(one))) ??
      toSubscriptions(definition.presets ?? []),
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
    sendStream: (events, sendOptions) => stream(sender, sender.openScope(sendOptions), events),
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

/** Reads as far ahead as the sender has room for, and yields in the order of reading. */
async function* stream(sender: Sender, scope: Scope, events: AsyncIterable<unknown>) {
  const underWay: Promise<Settled>[] = []
  const iterator = events[Symbol.asyncIterator]()
  let isRead = false
  let reading: Promise<IteratorResult<unknown>> | undefined
  try {
    while (!isRead || underWay.length > 0) {
      const [first] = underWay
      if (!isRead && !reading && underWay.length < sender.mostUnsettled) reading = iterator.next()
      const isFirstSettled = await Promise.race([
        ...(first ? [first.then(() => true)] : []),
        ...(reading ? [reading.then(() => false)] : [])
      ])
      if (isFirstSettled && first) {
        void underWay.shift()
        const { event, verdict } = await first
        yield { event, verdict }
      } else if (reading) {
        const next = await reading
        reading = undefined
        if (next.done) isRead = true
        else underWay.push(sender.deliver(next.value, scope))
      }
    }
  } finally {
    if (!isRead) await iterator.return?.()
  }
}
