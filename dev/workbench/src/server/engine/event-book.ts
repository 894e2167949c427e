import type { Row } from '../../contract'
import type { EventRecord } from './event-record'

/** Older ones are forgotten, so that memory stays flat. */
const MOST_EVENTS = 10_000
/** Those that wait, or are to be tried again, are kept beyond that, as long as there is memory for them. */
const MOST_AWAITED = 100_000
const AWAITED: ReadonlySet<string> = new Set(['waiting', 'retrying'])

export interface EventBookOptions {
  /** Told of each change. */
  readonly tell: (row: Row) => void
  /** Told of one that is forgotten because others came after it. */
  readonly forgotten: (id: string) => void
  readonly mostEvents?: number
  readonly mostAwaited?: number
}

/** All that the engine remembers of events, so that one place forgets all of it. */
export class EventBook {
  readonly #options: EventBookOptions
  readonly #records = new Map<string, EventRecord>()
  /** Those of which it is known what became, in that order. */
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
    this.#options.tell(record.row)
    if (this.#records.size > (this.#options.mostEvents ?? MOST_EVENTS)) this.#forgetOne()
  }

  clear(): void {
    this.#records.clear()
    this.#settled.clear()
  }

  /** The first of which it is known what became: none that waits is forgotten, as long as there is memory for them. */
  #forgetOne(): void {
    const [first] = this.#settled
    const [oldest] = this.#records.keys()
    const isFull = this.#records.size > (this.#options.mostAwaited ?? MOST_AWAITED)
    const id = first ?? (isFull ? oldest : undefined)
    if (id === undefined) return
    this.#records.delete(id)
    this.#settled.delete(id)
    this.#options.forgotten(id)
  }
}
