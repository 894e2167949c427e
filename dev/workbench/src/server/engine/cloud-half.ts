import { isAllowedByIntegrations, type Clock, type Hooks } from '@intercom-destinations/delivery'
import { messageOf, type PreparedEvent } from '@intercom-destinations/cli'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DestinationState, Outcome } from '../../contract'
import { CloudConnection } from './cloud-connection'
import { CloudProgress } from './cloud-progress'
import type { CloudTarget, DeliveryObserver, Settlement } from './engine-types'
import { PendingRows, type PublishSide } from './pending-rows'

/** How long a disconnect waits for running deliveries to end. */
const MAX_CLOSE_MS = 5000
/** After this long a loop yields to the event loop: the same thread answers the page's requests. */
const MAX_BUSY_MS = 10

const CONNECTION_CHANGED = 'The connection was changed before Intercom took it.'

export interface CloudHalfOptions {
  readonly configuration: () => DestinationState
  /** `undefined` while nothing is connected. */
  readonly target: () => CloudTarget | undefined
  readonly clock: Clock
  readonly publish: PublishSide
  readonly observer?: DeliveryObserver | undefined
  /** Called when no event waits for its turn or is being delivered. */
  readonly onIdle: () => void
}

/**
 * The cloud half of all events. The sender orders, delivers and retries them. This class passes events to it, passes
 * them again when the connection or the mappings change, and publishes what the row of each shows.
 */
export class CloudHalf {
  readonly #options: CloudHalfOptions
  readonly #rows: PendingRows
  #connection: CloudConnection | undefined
  /** Events that have not been passed to the sender, in order. */
  #queued = new Set<CloudProgress>()
  #isPassing = false
  #isRefreshDue = false
  #change: Promise<void> | undefined

  constructor(options: CloudHalfOptions) {
    this.#options = options
    this.#rows = new PendingRows(options.clock, options.publish, () => {
      this.#refreshSoon()
    })
  }

  get isIdle(): boolean {
    return !this.#change && !this.#isPassing && this.#rows.isIdle
  }

  add(id: string, prepared: Pick<PreparedEvent, 'event' | 'losses'>): void {
    const progress = new CloudProgress(id, prepared)
    this.#rows.add(progress)
    this.#queued.add(progress)
    void this.#passQueued()
  }

  /** Retries one event, or all without an id, as if nothing had failed. Does nothing while nothing is connected. */
  retry(id?: string): void {
    const target = this.#options.target()
    if (!target) return
    const wanted = id === undefined ? this.#rows.all() : [this.#rows.get(id) ?? []].flat()
    for (const one of wanted) {
      one.resetRetries()
      if (one.wait !== 'turn') this.#rows.show(one, 'turn')
    }
    this.#rows.endOutage()
    const state = this.#options.configuration()
    const isStale = wanted.some(({ configuredBy, isWithdrawn }) => isWithdrawn || configuredBy !== state)
    const isChanged = this.#connection?.target !== target || isStale
    if (wanted.length > 0 && isChanged && !wanted.some((one) => this.#queued.has(one))) void this.#reconnect()
    else if (id === undefined) this.#connection?.sender.wake()
    else for (const { event } of wanted) this.#connection?.sender.retryOne(event)
    this.#refreshSoon()
  }

  /** Stops the delivery of this event. */
  forget(id: string): void {
    const progress = this.#rows.get(id)
    if (!progress) return
    this.#rows.remove(progress)
    this.#queued.delete(progress)
    this.#connection?.sender.withdraw(progress.event)
    this.#options.observer?.forgotten(id)
  }

  /** Forgets what the destination has cached about the workspace, because it was changed from outside. */
  forgetWorkspace(): void {
    void this.#reconnect()
  }

  /** Forgets all events. `empty` is called after running deliveries have ended and before any later event starts. */
  async clear(empty: () => void): Promise<void> {
    this.#forgetAll()
    await this.#afterChange(async () => {
      await this.#disconnect()
      empty()
    })
  }

  close(): void {
    this.#forgetAll()
    void this.#disconnect()
  }

  #forgetAll(): void {
    this.#rows.clear()
    this.#queued.clear()
  }

  /** Passes all pending events again, in order, because the mappings or the connection have changed. */
  #reconnect(): Promise<void> {
    return this.#afterChange(() => this.#disconnect())
  }

  /** Changes run one at a time. After the last one all pending events are passed to the sender. */
  async #afterChange(change: () => Promise<void>): Promise<void> {
    const before = this.#change
    const changed = (async () => {
      await before
      await change()
    })()
    const done = changed.catch(() => undefined)
    this.#change = done
    try {
      await changed
    } finally {
      if (this.#change === done) {
        this.#change = undefined
        this.#queued = new Set(this.#rows.all())
        void this.#passQueued()
      }
    }
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    this.#rows.endOutage()
    if (!connection) return
    const ended = new AbortController()
    const longest = this.#options.clock.sleep(MAX_CLOSE_MS, ended.signal).catch(() => undefined)
    await Promise.race([connection.close(), longest])
    ended.abort()
  }

  /** Passes queued events to the sender, in order. */
  async #passQueued(): Promise<void> {
    if (this.#isPassing || this.#change) return
    this.#isPassing = true
    // `submit` returns the row before anything happens to it.
    await nextTurn()
    let yieldedAt = performance.now()
    for (let next = this.#takeQueued(); next; next = this.#takeQueued()) {
      this.#tryToPass(next)
      if (performance.now() - yieldedAt < MAX_BUSY_MS) continue
      await nextTurn()
      yieldedAt = performance.now()
    }
    this.#isPassing = false
    this.#refreshSoon()
  }

  #takeQueued(): CloudProgress | undefined {
    if (this.#change) return undefined
    const [next] = this.#queued
    if (next) this.#queued.delete(next)
    return next
  }

  /** A bug in the workbench fails one event and not the queue. */
  #tryToPass(progress: CloudProgress): void {
    try {
      this.#pass(progress)
    } catch (error) {
      this.#settle(progress, toInternalError(error))
    }
  }

  #pass(progress: CloudProgress): void {
    const state = this.#options.configuration()
    const target = this.#options.target()
    if (this.#connection && this.#connection.target !== target) return void this.#reconnect()
    const isTaken = progress.match(state)
    if (!state.enabled) return this.#settle(progress, { state: 'off', reason: 'It is switched off.' })
    if (!target) {
      if (progress.startedAt === undefined && progress.wait === 'turn')
        return this.#settle(progress, { state: 'off', reason: 'Nothing is connected.' })
      return this.#rows.show(progress, 'outage', progress.reason ?? CONNECTION_CHANGED)
    }
    if (!isAllowedByIntegrations(progress.event.integrations)) return this.#settle(progress, { state: 'kept-away' })
    if (!isTaken) return this.#settle(progress)
    this.#connection ??= this.#connect(target)
    progress.isWithdrawn = false
    const { sender } = this.#connection
    const delivery = sender.deliver(progress.event, this.#connection.toScope(state), progress.earlier())
    delivery.catch((error: unknown) => {
      this.#settle(progress, toInternalError(error))
    })
  }

  /** Opens a sender of its own for each target, so that nothing cached about one workspace is used for another. */
  #connect(target: CloudTarget): CloudConnection {
    const isCurrent = () => this.#options.target() === target
    const update = (event: unknown, change: (progress: CloudProgress) => void) => {
      const progress = this.#rows.find(event)
      if (progress) change(progress)
      this.#refreshSoon()
    }
    const hooks: Required<Omit<Hooks, 'onPause'>> = {
      onStart: ({ event }) => {
        update(event, (progress) => {
          this.#rows.started(progress)
          progress.startedAt ??= this.#options.clock.now()
          progress.before = target.state?.version()
        })
      },
      onRequest: (request) => {
        update(request.events[0], ({ id, requests }) => {
          requests.push(request)
          this.#options.observer?.request(id, request)
        })
      },
      onAttempt: ({ event, run }) => {
        update(event, (progress) => {
          progress.record(run)
          this.#options.observer?.attempt(progress.id, progress.event, run)
          if (run.outcome.kind !== 'retry') return
          this.#rows.ended(progress)
          if (isCurrent()) this.#rows.failed(progress, run.outcome, target)
          else void this.#reconnect()
        })
      },
      onSettled: ({ event, verdict, runs }) => {
        update(event, (progress) => {
          this.#rows.ended(progress)
          if (verdict.status === 'retry') return
          const { reason = 'It could not be delivered.' } = verdict
          const failure = runs.length === 0 ? { state: 'failed' as const, reason } : undefined
          this.#settle(progress, failure, { target, sent: { verdict, runs } })
        })
      }
    }
    return new CloudConnection(target, { ...hooks, mayCall: isCurrent, clock: this.#options.clock })
  }

  #settle(
    progress: CloudProgress,
    settled?: Partial<Outcome> & Pick<Outcome, 'state'>,
    { target, sent }: { readonly target?: CloudTarget } & Pick<Settlement, 'sent'> = {}
  ): void {
    if (!this.#rows.has(progress)) return
    this.#rows.remove(progress)
    const side = progress.toSide(settled)
    this.#rows.publish(progress, side, target)
    this.#options.observer?.settled(progress.id, { prepared: progress.prepared, outcome: side.outcome, sent })
    if (side.outcome.state === 'delivered' || side.outcome.state === 'nothing-sent')
      this.#rows.wakeOthers(progress, this.#connection?.sender, side)
    this.#refreshSoon()
  }

  /** Once for everything that happens in one turn of the event loop. */
  #refreshSoon(): void {
    if (this.#isRefreshDue) return
    this.#isRefreshDue = true
    setImmediate(() => {
      this.#isRefreshDue = false
      if (this.#connection && !this.#change) this.#rows.refresh(this.#connection.sender)
      if (this.isIdle) this.#options.onIdle()
    })
  }
}

const toInternalError = (error: unknown) => ({
  state: 'failed' as const,
  reason: `The workbench itself failed on this event: ${messageOf(error)}`
})
