import { isAllowedByIntegrations, type Clock, type Hooks } from '@intercom-destinations/delivery'
import type { PreparedEvent } from '@intercom-destinations/cli'
import { setImmediate as breathe } from 'node:timers/promises'
import type { DestinationState, Outcome } from '../../contract'
import { messageOf } from '../message-of'
import { CloudConnection } from './cloud-connection'
import { CloudProgress } from './cloud-progress'
import type { CloudTarget } from './engine-types'
import { toSnapshot } from './snapshot'
import { WaitingEvents, type TellSide } from './waiting-events'

/** How long clearing waits for what is under way; a slow answer of Intercom's is not as slow. */
const LONGEST_END_MS = 5000
/** After so long others come first: the page is answered by this thread, too. */
const LONGEST_BREATH_MS = 10

const CLOSED = 'The connection was changed before Intercom took it.'

export interface CloudHalfOptions {
  readonly configuration: () => DestinationState
  /** `undefined` while nothing is connected. */
  readonly target: () => CloudTarget | undefined
  readonly clock: Clock
  readonly tell: TellSide
  /** Told when nothing waits. */
  readonly whenIdle: () => void
}

/**
 * The cloud half of every event on its way. The sender keeps the events in order and tries them again; this says what
 * a row shows meanwhile, and hands over what waits when the connection or the mappings have changed.
 */
export class CloudHalf {
  readonly #options: CloudHalfOptions
  readonly #waiting: WaitingEvents
  #connection: CloudConnection | undefined
  /** Those that are not with the sender yet. */
  #fresh: CloudProgress[] = []
  #isHandingOver = false
  #isLookDue = false
  #change: Promise<void> | undefined

  constructor(options: CloudHalfOptions) {
    this.#options = options
    this.#waiting = new WaitingEvents(options.clock, options.tell, () => {
      this.#lookSoon()
    })
  }

  get isIdle(): boolean {
    const isOnTheWay = ({ isWaiting, isUnderWay }: CloudProgress) => isWaiting || isUnderWay
    return !this.#change && !this.#isHandingOver && !this.#waiting.all().some(isOnTheWay)
  }

  add(id: string, prepared: Pick<PreparedEvent, 'event' | 'losses'>): void {
    const progress = new CloudProgress(id, prepared)
    this.#waiting.add(progress)
    this.#fresh.push(progress)
    void this.#handOver()
  }

  /** Tries everything that waits, or one event, as if nothing had gone wrong. */
  retry(id?: string): void {
    const target = this.#options.target()
    // With nothing to deliver to it goes on waiting for what will be connected.
    if (!target) return
    const wanted = this.#waiting.all().filter((one) => id === undefined || one.id === id)
    for (const one of wanted) {
      Object.assign(one, { failures: 0, wakings: 0, hasAsked: true })
      if (!one.isWaiting) this.#waiting.show(one, 'turn')
    }
    this.#waiting.endTrouble()
    const state = this.#options.configuration()
    const isStale = wanted.some(({ configuredBy, isWithdrawn }) => isWithdrawn || configuredBy !== state)
    const isChanged = this.#connection?.target !== target || isStale
    if (wanted.length > 0 && isChanged && !this.#fresh.some((one) => wanted.includes(one))) void this.#reconnect()
    else if (id === undefined) this.#connection?.sender.wake()
    else for (const { event } of wanted) this.#connection?.sender.retryOne(event)
    this.#lookSoon()
  }

  /** Nothing is delivered for this event any more. */
  forget(id: string): void {
    const progress = this.#waiting.get(id)
    if (!progress) return
    this.#waiting.remove(progress)
    this.#connection?.sender.withdraw(progress.event)
  }

  /** Forgets everything. `empty` is called when what was under way has ended, and before anything new begins. */
  async clear(empty: () => void): Promise<void> {
    this.#waiting.clear()
    this.#fresh = []
    await this.#afterChange(async () => {
      await this.#disconnect()
      try {
        empty()
      } finally {
        // A snapshot of this moment is of the Intercom that was.
        await breathe()
      }
    })
  }

  close(): void {
    this.#waiting.clear()
    this.#fresh = []
    void this.#disconnect()
  }

  /** What waits is handed over again, in order: the mappings or the connection have changed. */
  #reconnect(): Promise<void> {
    return this.#afterChange(() => this.#disconnect())
  }

  /** Changes happen one after another; then everything that waits is handed over. */
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
        this.#fresh = this.#waiting.all()
        void this.#handOver()
      }
    }
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    this.#waiting.endTrouble()
    if (!connection) return
    const ended = new AbortController()
    const longest = this.#options.clock.sleep(LONGEST_END_MS, ended.signal).catch(() => undefined)
    await Promise.race([connection.close(), longest])
    ended.abort()
  }

  /** Hands over what is new, in order, and leaves room for others in between. */
  async #handOver(): Promise<void> {
    if (this.#isHandingOver || this.#change) return
    this.#isHandingOver = true
    // A caller is given the row before anything happens to it.
    await breathe()
    let breathedAt = performance.now()
    for (let next = this.#next(); next; next = this.#next()) {
      if (this.#waiting.has(next)) this.#tryToDeliver(next)
      if (performance.now() - breathedAt < LONGEST_BREATH_MS) continue
      await breathe()
      breathedAt = performance.now()
    }
    this.#isHandingOver = false
    this.#lookSoon()
  }

  #next(): CloudProgress | undefined {
    return this.#change ? undefined : this.#fresh.shift()
  }

  /** A mistake of ours must not keep the others from their turn. */
  #tryToDeliver(progress: CloudProgress): void {
    try {
      this.#deliver(progress)
    } catch (error) {
      this.#settle(progress, toOurMistake(error))
    }
  }

  #deliver(progress: CloudProgress): void {
    const state = this.#options.configuration()
    const target = this.#options.target()
    if (this.#connection && this.#connection.target !== target) return void this.#reconnect()
    const isTaken = progress.match(state)
    if (!state.enabled) return this.#settle(progress, { state: 'off', reason: 'It is switched off.' })
    if (!target) {
      if (progress.startedAt === undefined && progress.isWaiting)
        return this.#settle(progress, { state: 'off', reason: 'Nothing is connected.' })
      return this.#waiting.show(progress, 'trouble', progress.reason ?? CLOSED)
    }
    if (!isAllowedByIntegrations(progress.event.integrations)) return this.#settle(progress, { state: 'kept-away' })
    if (!isTaken) return this.#settle(progress)
    this.#connection ??= this.#connect(target)
    progress.isWithdrawn = false
    const { sender } = this.#connection
    const handedOver = sender.deliver(progress.event, this.#connection.toScope(state), progress.earlier())
    handedOver.catch((error: unknown) => {
      this.#settle(progress, toOurMistake(error))
    })
  }

  /** Another target is another Intercom, of which nothing is known. */
  #connect(target: CloudTarget): CloudConnection {
    const isWanted = () => this.#options.target() === target
    const told = (event: unknown, what: (progress: CloudProgress) => void) => {
      const progress = this.#waiting.of(event)
      if (progress) what(progress)
      this.#lookSoon()
    }
    const hooks: Required<Hooks> = {
      onStart: ({ event }) => {
        told(event, (progress) => {
          progress.isUnderWay = true
          progress.startedAt ??= this.#options.clock.now()
          progress.before = target.state && toSnapshot(target.state)
        })
      },
      onRequest: (request) => {
        told(request.events[0], ({ requests }) => requests.push(request))
      },
      onAttempt: ({ event, run }) => {
        told(event, (progress) => {
          progress.note(run)
          if (run.outcome.kind !== 'retry') return
          progress.isUnderWay = false
          if (isWanted()) this.#waiting.failed(progress, run.outcome, target)
          else void this.#reconnect()
        })
      },
      onSettled: ({ event, verdict, runs }) => {
        told(event, (progress) => {
          progress.isUnderWay = false
          if (verdict.status === 'retry') return
          const { reason = 'It could not be delivered.' } = verdict
          this.#settle(progress, runs.length === 0 ? { state: 'failed', reason } : undefined, target)
        })
      }
    }
    return new CloudConnection(target, { ...hooks, isWanted, clock: this.#options.clock })
  }

  #settle(progress: CloudProgress, settled?: Partial<Outcome> & Pick<Outcome, 'state'>, target?: CloudTarget): void {
    if (!this.#waiting.has(progress)) return
    this.#waiting.remove(progress)
    const side = progress.toSide(settled)
    this.#waiting.tell(progress, side, target)
    if (side.outcome.state === 'delivered') this.#waiting.wakeOthers(progress, this.#connection?.sender, side)
    this.#lookSoon()
  }

  /** After everything that happens now: one look is enough for all of it. */
  #lookSoon(): void {
    if (this.#isLookDue) return
    this.#isLookDue = true
    setImmediate(() => {
      this.#isLookDue = false
      if (this.#connection && !this.#change) this.#waiting.look(this.#connection.sender)
      if (this.isIdle) this.#options.whenIdle()
    })
  }
}

const toOurMistake = (error: unknown) => ({
  state: 'failed' as const,
  reason: `The workbench itself failed on this event: ${messageOf(error)}`
})
