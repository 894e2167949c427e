/** How many items a copy costs at most when one changes. */
const CHUNK_LENGTH = 128

interface Chunk<T> {
  /** The version since which nothing else has these items. */
  readonly since: number
  readonly items: T[]
}

/** A list as it was at one time. Arrays fit it too. */
export interface ListVersion<T> {
  readonly length: number
  at(index: number): T | undefined
  find(is: (item: T) => boolean): T | undefined
}

/**
 * A list of which earlier versions stay readable. They share all chunks that have not changed since, so that a version
 * for each of ten thousand requests does not cost a copy of ten thousand items each time.
 */
export class VersionedList<T> {
  #chunks: Chunk<T>[] = []
  #length = 0
  #version = 0
  #taken: ListVersion<T> | undefined

  get length(): number {
    return this.#length
  }

  at(index: number): T | undefined {
    return itemAt(this.#chunks, this.#length, index)
  }

  items(): T[] {
    return this.#chunks.flatMap(({ items }) => items)
  }

  /** Returns the place of the item. */
  push(item: T): number {
    this.#length += 1
    this.set(this.#length - 1, item)
    return this.#length - 1
  }

  /** Replaces an item that is there. */
  set(index: number, item: T): void {
    if (this.#taken) this.#chunks = [...this.#chunks]
    this.#taken = undefined
    const place = Math.floor(index / CHUNK_LENGTH)
    const known = this.#chunks[place]
    const chunk = known?.since === this.#version ? known : { since: this.#version, items: [...(known?.items ?? [])] }
    chunk.items[index % CHUNK_LENGTH] = item
    this.#chunks[place] = chunk
  }

  clear(): void {
    this.#chunks = []
    this.#length = 0
    this.#taken = undefined
  }

  /** The list as it is now. Until the next change it is the same object. */
  version(): ListVersion<T> {
    if (!this.#taken) {
      this.#taken = toVersion(this.#chunks, this.#length)
      this.#version += 1
    }
    return this.#taken
  }
}

function toVersion<T>(chunks: readonly Chunk<T>[], length: number): ListVersion<T> {
  return {
    length,
    at: (index) => itemAt(chunks, length, index),
    find: (is) => {
      for (const { items } of chunks) {
        const found = items.find(is)
        if (found !== undefined) return found
      }
      return undefined
    }
  }
}

const itemAt = <T>(chunks: readonly Chunk<T>[], length: number, index: number): T | undefined =>
  index < length ? chunks[Math.floor(index / CHUNK_LENGTH)]?.items[index % CHUNK_LENGTH] : undefined
