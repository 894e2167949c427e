import { messageOf, prepareEvent } from '@intercom-destinations/cli'
import { systemClock } from '@intercom-destinations/delivery'
import type { StoreVersion } from '@intercom-destinations/emulator'
import type { EventSource, EventTrace, JsonObject, Row, Side } from '../../contract'
import { findAffectedEntities } from './affected-entities'
import { CloudHalf } from './cloud-half'
import type { CloudTarget, EngineOptions } from './engine-types'
import { toEntityDiffs } from './entity-diff'
import { EventBook } from './event-book'
import { changeRecord, openRecord, toSegmentEvent, type Change, type EventRecord } from './event-record'
import { toNotes } from './notes'
import { RowFeed } from './row-feed'
import { runWeb } from './web-half'
import { WebPages } from './web-pages'
import { WebQueue } from './web-queue'
import { WebThread } from './web-worker'

export interface History {
  readonly events: readonly { readonly source: EventSource; readonly receivedAt: number; readonly event: JsonObject }[]
  readonly forgotten: number
}

/** Runs events through both destinations and records what each of them did. */
export class Engine {
  readonly #options: EngineOptions
  readonly #now: () => number
  readonly #feed: RowFeed
  /** Set where the engine started the thread itself; it is closed with the engine. */
  readonly #ownThread: WebThread | undefined
  readonly #thread: Pick<WebThread, 'run'>
  readonly #web = new WebQueue(() => {
    this.#resolveIdle()
  })
  readonly #pages = new WebPages()
  readonly #cloud: CloudHalf
  readonly #book: EventBook
  #count = 0
  #forgotten = 0
  #idleWaiters: (() => void)[] = []

  constructor(options: EngineOptions) {
    this.#options = options
    const { configuration, target, clock = systemClock, thread, observer } = options
    const ownThread = thread ? undefined : new WebThread()
    this.#ownThread = ownThread
    this.#thread = thread ?? ownThread ?? new WebThread()
    this.#now = () => clock.now()
    this.#feed = new RowFeed(clock)
    this.#book = new EventBook({
      onChange: (row) => {
        this.#feed.publish(row)
      },
      onForget: (id) => {
        this.#forgotten += 1
        this.#feed.discard(id)
        this.#cloud.forget(id)
      }
    })
    this.#cloud = new CloudHalf({
      ...{ target, clock, observer, configuration: () => configuration().cloud },
      publish: (id, cloud, attempt) => {
        this.#change(id, (record) => ({ cloud, ...(attempt ? { affected: toAffected(record, cloud, attempt) } : {}) }))
      },
      onIdle: () => {
        this.#resolveIdle()
      }
    })
  }

  /** Returns the event's row at once; later versions of it go to listeners. */
  submit(event: JsonObject, source: EventSource, receivedAt = this.#now()): Row {
    this.#count += 1
    const { remarks = () => [] } = this.#options
    const [id, sent] = [`e${this.#count}`, toSegmentEvent(event)]
    const prepared = prepareEvent(sent, () => receivedAt)
    const record = openRecord({ id, receivedAt, source, remarks: remarks(), event: sent, prepared })
    this.#book.put(record)
    this.#options.observer?.submitted(id, event)
    this.#web.add(() => this.#runWeb(id))
    this.#cloud.add(id, prepared)
    return record.row
  }

  /** Sends an event once more, as a row of its own. */
  again(id: string): Row | undefined {
    const record = this.#book.get(id)
    return record && this.submit(record.event, record.source)
  }

  /** Oldest first. */
  rows(): readonly Row[] {
    return this.#book.records().map(({ row }) => row)
  }

  /** The events as they came in, oldest first, and how many older ones were forgotten because there are too many. */
  history(): History {
    const events = this.#book.records().map(({ source, receivedAt, event }) => ({ source, receivedAt, event }))
    return { events, forgotten: this.#forgotten }
  }

  trace(id: string): EventTrace | undefined {
    const record = this.#book.get(id)
    return record && toTrace(record)
  }

  /**
   * Calls the listener with rows that are new or have changed, in batches under load. Returns the unsubscribe
   * function.
   */
  listen(listener: (rows: readonly Row[]) => void): () => void {
    return this.#feed.listen(listener)
  }

  /** Retries what Intercom has not taken, as Segment would, in the same row: one event, or all without an id. */
  retry(id?: string): Row | undefined {
    if (id === undefined || this.#book.get(id)?.cloud.outcome.state === 'retrying') this.#cloud.retry(id)
    return id === undefined ? undefined : this.#book.get(id)?.row
  }

  /** The workspace was changed from outside, so what the destination has cached about it is read again. */
  forgetWorkspace(): void {
    this.#cloud.forgetWorkspace()
  }

  /**
   * Forgets every row and everything that the destination has cached about the workspace. `empty` is called after
   * running deliveries have ended and before any event that was submitted meanwhile starts. Rejects when `empty`
   * throws.
   */
  async clear(empty: () => void = () => undefined): Promise<void> {
    this.#forgetEvents()
    this.#pages.clear()
    await this.#cloud.clear(empty)
  }

  /** Resolves when no event waits for its turn or is being delivered. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idleWaiters.push(resolve)
      this.#resolveIdle()
    })
  }

  async close(): Promise<void> {
    this.#forgetEvents()
    this.#feed.close()
    this.#cloud.close()
    await this.#ownThread?.close()
  }

  #forgetEvents(): void {
    this.#book.clear()
    this.#forgotten = 0
    this.#feed.discardAll()
  }

  #resolveIdle(): void {
    if (this.#web.isIdle && this.#cloud.isIdle) for (const resolve of this.#idleWaiters.splice(0)) resolve()
  }

  /** Does nothing for an event that has been forgotten meanwhile. */
  #change(id: string, toChange: (record: EventRecord) => Change): void {
    const record = this.#book.get(id)
    if (record) this.#book.put(changeRecord(record, toChange(record)))
  }

  async #runWeb(id: string): Promise<void> {
    const record = this.#book.get(id)
    if (record) {
      const state = this.#options.configuration().web
      const run = runWeb({ prepared: record.prepared, state, thread: this.#thread })
      const web = await run.catch((error: unknown) => toInternalError(record.web, error))
      this.#change(id, (now) => ({ web, ...this.#write(now, web) }))
    }
  }

  /** What the page's Messenger has written, where the web half alone reaches Intercom. */
  #write({ source, prepared: { event } }: EventRecord, web: Side): Change {
    const workspace = web.outcome.calls > 0 ? this.#options.pageWorkspace?.(source) : undefined
    if (!workspace) return {}
    const { entities, refused } = this.#pages.write(event, web, workspace)
    return { affected: { entities, state: workspace.state }, refused }
  }
}

/** What an attempt changed in the emulator, added to what earlier attempts changed there. */
function toAffected(
  { affected }: EventRecord,
  cloud: Side,
  { before, target: { state } }: { readonly before: StoreVersion; readonly target: CloudTarget }
): EventRecord['affected'] {
  if (!state) return undefined
  const earlier = affected?.state === state ? affected.entities : []
  return { entities: findAffectedEntities(cloud, before, state.version(), earlier), state }
}

function toTrace(record: EventRecord): EventTrace {
  const { row, event, web, cloud, differences, affected } = record
  const held = affected && toEntityDiffs(affected.entities, affected.state)
  return { row, event, notes: toNotes(record), web, cloud, differences, ...(held ? { held } : {}) }
}

function toInternalError(side: Side, error: unknown): Side {
  const reason = `The workbench itself failed on this event: ${messageOf(error)}`
  return { ...side, outcome: { state: 'failed', calls: 0, losses: 0, doubtful: 0, reason } }
}
