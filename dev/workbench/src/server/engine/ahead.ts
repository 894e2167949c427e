import { toOrderKeys } from '@intercom-destinations/cli'
import type { EventRecord } from './event-record'

interface Member {
  readonly place: number
  readonly keys: readonly string[]
}

/** Some events in the order of coming in, found by the keys that those share of which one may not overtake the other. */
export class Ahead {
  readonly #members = new Map<string, Member>()
  readonly #idsByKey = new Map<string, Set<string>>()

  add({ id, place, event }: EventRecord): void {
    const keys = toOrderKeys(event)
    this.#members.set(id, { place, keys })
    for (const key of keys) this.#idsByKey.set(key, (this.#idsByKey.get(key) ?? new Set<string>()).add(id))
  }

  delete(id: string): void {
    for (const key of this.#members.get(id)?.keys ?? []) {
      const ids = this.#idsByKey.get(key)
      ids?.delete(id)
      if (ids?.size === 0) this.#idsByKey.delete(key)
    }
    this.#members.delete(id)
  }

  /** The id of the first of them that came in before the event and shares a key with it. */
  findBefore(record: EventRecord): string | undefined {
    let first: { readonly id: string; readonly place: number } | undefined
    for (const id of this.#sharing(record)) {
      const place = this.#placeOf(id)
      if (place < (first?.place ?? record.place)) first = { id, place }
    }
    return first?.id
  }

  /** Those that share a key with the event. */
  idsWith(record: EventRecord): readonly string[] {
    return this.#inOrder([...new Set(this.#sharing(record))])
  }

  /** All of them. */
  ids(): readonly string[] {
    return this.#inOrder([...this.#members.keys()])
  }

  clear(): void {
    this.#members.clear()
    this.#idsByKey.clear()
  }

  *#sharing({ event }: EventRecord): Generator<string> {
    for (const key of toOrderKeys(event)) yield* this.#idsByKey.get(key) ?? []
  }

  #placeOf(id: string): number {
    return this.#members.get(id)?.place ?? Infinity
  }

  #inOrder(ids: readonly string[]): readonly string[] {
    return [...ids].sort((one, other) => this.#placeOf(one) - this.#placeOf(other))
  }
}
