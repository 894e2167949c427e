import type { CustomAttributes } from '@intercom-destinations/shared-mapping'
import type { CachedCompany, CachedContact } from './cached-entities'
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

/** The values of one write, beside those that Intercom confirmed last. */
export class KnownValues {
  readonly #values: readonly (readonly [string, unknown])[]
  readonly #isSkipped: boolean

  constructor(body: object, custom: CustomAttributes, { unchanged }: { unchanged: UnchangedValues }) {
    this.#values = [
      ...Object.entries(body).map(([name, value]: [string, unknown]) => [name, value] as const),
      ...Object.entries(custom).map(([name, value]) => [toCustomName(name), value] as const)
    ]
    this.#isSkipped = unchanged === 'skip' && !this.#values.some(([name]) => ACTIVITY.includes(name))
  }

  /** Whether the write can be left out: Intercom holds all of it. */
  areKnown(entity: Entity): boolean {
    return this.#isSkipped && this.#values.every(([name, value]) => entity.isKnown(name, value))
  }

  /** Before the write: until Intercom answers, it is not certain what it holds. */
  forget(entity: Entity): void {
    for (const [name] of this.#values) entity.forget(name)
  }

  /** After the write. */
  confirm(entity: Entity): void {
    if (!this.#isSkipped) return
    for (const [name, value] of this.#values) if (!entity.isKnown(name, value)) entity.markKnown(name, value)
  }
}
