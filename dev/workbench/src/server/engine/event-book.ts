import type { Row } from '../../contract'
import type { EventRecord } from './event-record'

/** The oldest settled events beyond this number are forgotten, so that memory stays bounded. */
const MOST_EVENTS = 10_000
/** Events that wait or are being retried are kept up to this number. */
const MOST_AWAITED = 100_000
const AWAITED: ReadonlySet<string> = new Set(['waiting', 'retrying'])

export interface EventBookOptions {
  /** Called after each change of a record. */
  readonly onChange: (row: Row) => void
  /** Called when an event is forgotten because there are too many. */
  readonly onForget: (id: string) => void
  readonly mostEvents?: number
  readonly mostAwaited?: number
}

/** The records of all events, with a limit on their number. */
export class EventBook {
  readonly #options: EventBookOptions
  readonly #records = new Map<string, EventRecord>()
  /** Ids of the events that are settled, in the order in which they were. */
  readonly #settled = new Set<string>()

  constructor(options: EventBookOptions) {
    this.#options = options
  }

  get(id: string): EventRecord | undefined {
    return this.#records.get(id)
  }

  has(id: string): boolean {
    return this.#records.has(id)
  }

  /** Oldest first. */
  records(): readonly EventRecord[] {
    return [...this.#records.values()]
  }

  put(record: EventRecord): void {
    const { id, web, cloud } = record
    this.#records.set(id, record)
    const isAwaited = [web, cloud].some(({ outcome: { state } }) => AWAITED.has(state))
    if (isAwaited) this.#settled.delete(id)
    else this.#settled.add(id)
    this.#options.onChange(record.row)
    if (this.#records.size > (this.#options.mostEvents ?? MOST_EVENTS)) this.#forgetOne()
  }

  clear(): void {
    this.#records.clear()
    this.#settled.clear()
  }

  /** The first settled event; only above the second limit the oldest of all. */
  #forgetOne(): void {
    const [first] = this.#settled
    const [oldest] = this.#records.keys()
    const isFull = this.#records.size > (this.#options.mostAwaited ?? MOST_AWAITED)
    const id = first ?? (isFull ? oldest : undefined)
    if (id === undefined) return
    this.#records.delete(id)
    this.#settled.delete(id)
    this.#options.onForget(id)
  }
}
