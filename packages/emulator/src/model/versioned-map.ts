import { VersionedList, type ListVersion } from './versioned-list'

/** A map in the order in which its keys came, of which earlier versions stay readable as lists. */
export class VersionedMap<K, T> {
  readonly #places = new Map<K, number>()
  readonly #list = new VersionedList<T>()

  get(key: K): T | undefined {
    const place = this.#places.get(key)
    return place === undefined ? undefined : this.#list.at(place)
  }

  /** Its place in the order of creation. */
  placeOf(key: K): number | undefined {
    return this.#places.get(key)
  }

  values(): T[] {
    return this.#list.items()
  }

  set(key: K, item: T): void {
    const place = this.#places.get(key)
    if (place === undefined) this.#places.set(key, this.#list.push(item))
    else this.#list.set(place, item)
  }

  /** Moves all later items. */
  delete(key: K): void {
    const place = this.#places.get(key)
    if (place === undefined) return
    const keys = [...this.#places.keys()]
    const items = this.#list.items()
    this.#places.clear()
    this.#list.clear()
    keys.forEach((one, index) => {
      const item = items[index]
      if (index !== place && item !== undefined) this.set(one, item)
    })
  }

  version(): ListVersion<T> {
    return this.#list.version()
  }
}
