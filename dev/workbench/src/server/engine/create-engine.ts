import { prepareEvent } from '@intercom-destinations/cli'
import { systemClock } from '@intercom-destinations/delivery'
import type { EventSource, EventTrace, JsonObject, Row, Side } from '../../contract'
import { messageOf } from '../message-of'
import { CloudHalf } from './cloud-half'
import type { CloudTarget, Engine, EngineOptions } from './engine-types'
import { EventBook } from './event-book'
import { changeRecord, openRecord, toSegmentEvent, type Change, type EventRecord } from './event-record'
import { toEntityDiffs } from './entity-diff'
import { toNotes } from './notes'
import { RowFeed } from './row-feed'
import { SerialQueue } from './serial-queue'
import { toSnapshot, type Snapshot } from './snapshot'
import { findAffectedEntities } from './affected-entities'
import { runWeb } from './web-half'
import { WebThread } from './web-worker'

/** Takes events, runs them through both destinations, and remembers the way of each. */
export function createEngine(options: EngineOptions): Engine {
  return new WorkbenchEngine(options)
}

class WorkbenchEngine implements Engine {
  readonly #options: EngineOptions
  readonly #now: () => number
  readonly #feed = new RowFeed()
  /** Closed with the engine, where it is its own. */
  readonly #ownThread: WebThread | undefined
  readonly #thread: Pick<WebThread, 'run'>
  /** The thread takes one after another, and so the events of every person stay in order. */
  readonly #web = new SerialQueue(() => {
    this.#tellIdle()
  })
  readonly #cloud: CloudHalf
  readonly #book: EventBook
  #count = 0
  #waitForIdle: (() => void)[] = []

  constructor(options: EngineOptions) {
    this.#options = options
    const { configuration, target, clock = systemClock, thread } = options
    this.#ownThread = thread ? undefined : new WebThread()
    this.#thread = thread ?? this.#ownThread ?? new WebThread()
    this.#now = () => clock.now()
    this.#book = new EventBook({
      tell: (row) => {
        this.#feed.tell(row)
      },
      forgotten: (id) => {
        this.#feed.untell(id)
        this.#cloud.forget(id)
      }
    })
    this.#cloud = new CloudHalf({
      ...{ target, clock, configuration: () => configuration().cloud },
      tell: (id, cloud, moments) => {
        this.#change(id, (record) => ({ cloud, ...(moments ? { touched: toTouched(record, cloud, moments) } : {}) }))
      },
      whenIdle: () => {
        this.#tellIdle()
      }
    })
  }

  submit(event: JsonObject, source: EventSource): Row {
    this.#count += 1
    const { remarks = () => [] } = this.#options
    const [id, sent] = [`e${this.#count}`, toSegmentEvent(event)]
    const prepared = prepareEvent(sent, this.#now)
    const record = openRecord({ id, receivedAt: this.#now(), source, remarks: remarks(), event: sent, prepared })
    this.#book.put(record)
    this.#web.add(() => this.#runWeb(id))
    this.#cloud.add(id, prepared)
    return record.row
  }

  again(id: string): Row | undefined {
    const record = this.#book.get(id)
    return record && this.submit(record.event, record.source)
  }

  rows(): readonly Row[] {
    return this.#book.records().map(({ row }) => row)
  }

  trace(id: string): EventTrace | undefined {
    const record = this.#book.get(id)
    return record && toTrace(record)
  }

  listen(listener: (rows: readonly Row[]) => void): () => void {
    return this.#feed.listen(listener)
  }

  retry(id?: string): Row | undefined {
    if (id === undefined || this.#book.get(id)?.cloud.outcome.state === 'retrying') this.#cloud.retry(id)
    return id === undefined ? undefined : this.#book.get(id)?.row
  }

  async clear(empty: () => void = () => undefined): Promise<void> {
    this.#forgetEvents()
    await this.#cloud.clear(empty)
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#waitForIdle.push(resolve)
      this.#tellIdle()
    })
  }

  async close(): Promise<void> {
    this.#forgetEvents()
    this.#feed.close()
    this.#cloud.close()
    await this.#ownThread?.close()
  }

  /** Of what is kept here; the cloud half forgets its own with the connection. */
  #forgetEvents(): void {
    this.#book.clear()
    this.#feed.forget()
  }

  #tellIdle(): void {
    if (this.#web.isIdle && this.#cloud.isIdle) for (const tell of this.#waitForIdle.splice(0)) tell()
  }

  /** What became of an event that was forgotten meanwhile is of no interest. */
  #change(id: string, toChange: (record: EventRecord) => Change): void {
    const record = this.#book.get(id)
    if (record) this.#book.put(changeRecord(record, toChange(record)))
  }

  async #runWeb(id: string): Promise<void> {
    const record = this.#book.get(id)
    if (record) {
      const state = this.#options.configuration().web
      const run = runWeb({ prepared: record.prepared, state, thread: this.#thread })
      const web = await run.catch((error: unknown) => toBroken(record.web, error))
      this.#change(id, () => ({ web }))
    }
  }
}

/** What an attempt touched in the emulator, with what earlier attempts touched there. */
function toTouched(
  { touched }: EventRecord,
  cloud: Side,
  { before, target: { state } }: { readonly before: Snapshot; readonly target: CloudTarget }
): EventRecord['touched'] {
  if (!state) return undefined
  const earlier = touched?.state === state ? touched.things : []
  return { things: findAffectedEntities(cloud, before, toSnapshot(state), earlier), state }
}

function toTrace(record: EventRecord): EventTrace {
  const { row, event, web, cloud, differences, touched } = record
  const held = touched && toEntityDiffs(touched.things, touched.state)
  return { row, event, notes: toNotes(record), web, cloud, differences, ...(held ? { held } : {}) }
}

function toBroken(side: Side, error: unknown): Side {
  const reason = `The workbench itself failed on this event: ${messageOf(error)}`
  return { ...side, outcome: { state: 'failed', calls: 0, losses: 0, doubtful: 0, reason } }
}
