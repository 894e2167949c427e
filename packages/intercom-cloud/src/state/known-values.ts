import type { CustomAttributes } from '@intercom-destinations/shared-mapping'
import type { CachedCompany, CachedContact } from './cached-entities'
import type { Hashes } from './record-names'
import { LAST_SEEN, toCustomName } from './stale-writes'

/** Whether values that Intercom confirmed a short time ago are sent again. */
export type UnchangedValues = 'skip' | 'send'

/** Mappings saved before the field existed skip them. */
export function toUnchangedValues(value: unknown): UnchangedValues {
  return value === 'send' ? 'send' : 'skip'
}

/** Fields that tell Intercom of an activity, so that a write with one of them is always sent. */
const ACTIVITY: readonly string[] = [LAST_SEEN, 'update_last_request_at']

type Entity = Pick<CachedCompany | CachedContact, 'isKnown' | 'markKnown' | 'forget'>

interface WrittenValue {
  readonly name: string
  readonly hash: string
}

/** The values of one write, beside those that Intercom confirmed last. */
export class KnownValues {
  readonly #values: WrittenValue[] = []
  readonly #isSkipped: boolean

  constructor(hashes: Hashes, body: object, custom: CustomAttributes, { unchanged }: { unchanged: UnchangedValues }) {
    const add = (name: string, value: unknown) => this.#values.push({ name, hash: hashes.ofValue(name, value) })
    for (const name of Object.keys(body)) add(name, Reflect.get(body, name))
    for (const [name, value] of Object.entries(custom)) add(toCustomName(name), value)
    this.#isSkipped = unchanged === 'skip' && !this.#values.some(({ name }) => ACTIVITY.includes(name))
  }

  /** Whether the write can be left out: Intercom holds all of it. */
  areKnown(entity: Entity): boolean {
    return this.#isSkipped && this.#values.every(({ name, hash }) => entity.isKnown(name, hash))
  }

  /** Before the write: until Intercom answers, it is not certain what it holds. A value that stays the same is certain. */
  forget(entity: Entity): void {
    for (const { name, hash } of this.#values) if (!entity.isKnown(name, hash)) entity.forget(name)
  }

  /** After the write. */
  confirm(entity: Entity): void {
    if (!this.#isSkipped) return
    for (const { name, hash } of this.#values) if (!entity.isKnown(name, hash)) entity.markKnown(name, hash)
  }
}
