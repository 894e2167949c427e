import type { Row } from '../../contract'
import { Ahead } from './ahead'
import type { EventRecord } from './event-record'
import { isTrouble } from './outcome'

/** Older ones are forgotten, so that memory stays flat. */
const MOST_EVENTS = 10_000
/** Those that wait, or are to be tried again, are kept beyond that, as long as there is memory for them. */
const MOST_AWAITED = 100_000
const AWAITED: ReadonlySet<string> = new Set(['waiting', 'retrying'])
/** An event that fails however well Intercom is does not hold the others for ever. */
const MOST_WAKINGS = 5

export interface EventBookOptions {
  /** Told of each change. */
  readonly tell: (row: Row) => void
  /** What was not told of an event yet never will be. */
  readonly untell: (id: string) => void
  readonly mostEvents?: number
  readonly mostAwaited?: number
}

interface Collection {
  delete(id: string): unknown
  clear(): void
}

/** All that the engine remembers of events, so that one place forgets all of it. */
export class EventBook {
  readonly #options: EventBookOptions
  readonly #records = new Map<string, EventRecord>()
  /** Those of which it is known what became, in that order. */
  readonly #settled = new Set<string>()
  /** How often each of the troubled was tried again because Intercom took something else. */
  readonly #wakings = new Map<string, number>()
  /** Those that may be tried again, so that not all have to be looked through. */
  readonly retrying: Pick<Ahead, 'ids' | 'idsWith'>
  /** Those that Intercom could not take, and that nothing later of the same people may overtake. */
  readonly troubled: Pick<Ahead, 'ids' | 'findBefore'>
  /** Those of them that wait for another turn, which comes. */
  readonly queuedAgain = new Ahead()
  /** Those that have had an earlier one tried again before it was their turn. */
  readonly hasAskedFor = new Set<string>()
  readonly #retrying = new Ahead()
  readonly #troubled = new Ahead()
  /** Everything above: what an event leaves anywhere goes with it. */
  readonly #all: readonly Collection[]

  constructor(options: EventBookOptions) {
    this.#options = options
    this.retrying = this.#retrying
    this.troubled = this.#troubled
    this.#all = [
      this.#records,
      this.#settled,
      this.#wakings,
      this.#retrying,
      this.#troubled,
      this.queuedAgain,
      this.hasAskedFor
    ]
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
    if (cloud.outcome.state === 'retrying') this.#retrying.add(record)
    else this.#retrying.delete(id)
    if (isTrouble(cloud) && (this.#wakings.get(id) ?? 0) < MOST_WAKINGS) this.#troubled.add(record)
    else this.#troubled.delete(id)
    const isAwaited = [web, cloud].some(({ outcome: { state } }) => AWAITED.has(state))
    if (isAwaited) this.#settled.delete(id)
    else this.#settled.add(id)
    this.#options.tell(record.row)
    if (this.#records.size > (this.#options.mostEvents ?? MOST_EVENTS)) this.#forgetOne()
  }

  countWaking(id: string): void {
    this.#wakings.set(id, (this.#wakings.get(id) ?? 0) + 1)
  }

  clear(): void {
    for (const collection of this.#all) collection.clear()
  }

  /** The first of which it is known what became: none that waits is forgotten, as long as there is memory for them. */
  #forgetOne(): void {
    const [first] = this.#settled
    const [oldest] = this.#records.keys()
    const isFull = this.#records.size > (this.#options.mostAwaited ?? MOST_AWAITED)
    const id = first ?? (isFull ? oldest : undefined)
    if (id === undefined) return
    for (const collection of this.#all) collection.delete(id)
    this.#options.untell(id)
  }
}
