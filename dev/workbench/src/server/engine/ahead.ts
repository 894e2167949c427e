import { toOrderKeys } from '@intercom-destinations/cli'
import type { EventRecord } from './event-record'

/** By the keys that events share when one may not overtake the other: those that the later ones have to let go first. */
export class Ahead {
  readonly #places = new Map<string, Map<string, number>>()

  add({ id, place, event }: EventRecord): void {
    for (const key of toOrderKeys(event)) {
      const places = this.#places.get(key) ?? new Map<string, number>()
      this.#places.set(key, places.set(id, place))
    }
  }

  delete({ id, event }: EventRecord): void {
    for (const key of toOrderKeys(event)) {
      const places = this.#places.get(key)
      places?.delete(id)
      if (places?.size === 0) this.#places.delete(key)
    }
  }

  /** The id of the first of them that came in before the event. */
  findBefore({ place, event }: EventRecord): string | undefined {
    let first: { readonly id: string; readonly place: number } | undefined
    for (const key of toOrderKeys(event)) {
      for (const [id, one] of this.#places.get(key) ?? []) {
        if (one < (first?.place ?? place)) first = { id, place: one }
      }
    }
    return first?.id
  }

  /** All of them, in the order of coming in. */
  ids(): readonly string[] {
    const all = new Map([...this.#places.values()].flatMap((places) => [...places]))
    return [...all].sort(([, one], [, other]) => one - other).map(([id]) => id)
  }

  clear(): void {
    this.#places.clear()
  }
}
