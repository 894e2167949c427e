import { isDoubtful, type EventMetadata, type Loss } from '@intercom-destinations/shared-mapping'
import type { EventBody, IntercomApi } from './api'
import type { FailureFacts } from './failure'
import { toBlamed, toValueRefusal } from './refused-values'

/** An event without its person. */
export type UnaddressedEvent = Pick<EventBody, 'event_name' | 'created_at' | 'metadata'>

/** Help article 175: characters that a metadata key should not hold. What Intercom does with one that does is not known. */
const DOUBTFUL_CHARACTERS = /[.$`~!@#%^&*'{}|\\"\0]/

/** Refusals that no other metadata would change: the name (120 of them are allowed), or the time. */
const ABOUT_THE_EVENT = /event.?names?\b|created_at/i

/**
 * Submits one event although Intercom refuses it for its metadata: with all of them, then without those that are to
 * blame, then without any. So an event costs three calls at most, and arrives.
 */
export class EventWriter {
  #metadata: EventMetadata
  #isSuspectGone = false

  constructor(
    private readonly api: IntercomApi,
    private readonly event: UnaddressedEvent,
    /** Where what is left out is written down. */
    private readonly losses: Loss[]
  ) {
    this.#metadata = event.metadata ?? {}
  }

  async submit(person: { id: string } | { user_id: string }): Promise<void> {
    for (;;) {
      const { event_name, created_at } = this.event
      const metadata = Object.keys(this.#metadata).length === 0 ? {} : { metadata: this.#metadata }
      try {
        await this.api.submitEvent({ event_name, created_at, ...metadata, ...person })
        return
      } catch (thrown) {
        const refusal = toValueRefusal(thrown)
        if (!refusal || !this.#giveWay(refusal)) throw thrown
      }
    }
  }

  #giveWay(refusal: FailureFacts): boolean {
    const keys = Object.keys(this.#metadata)
    if (keys.length === 0 || ABOUT_THE_EVENT.test(refusal.text)) return false
    const suspects = this.#isSuspectGone ? [] : toSuspects(this.#metadata, refusal)
    this.#isSuspectGone = true
    this.#drop(suspects.length === 0 ? keys : suspects)
    return true
  }

  #drop(keys: readonly string[]): void {
    this.#metadata = Object.fromEntries(Object.entries(this.#metadata).filter(([key]) => !keys.includes(key)))
    for (const key of keys) {
      const path = `metadata.${key}`
      // It is not in doubt any more.
      const doubt = this.losses.findIndex((loss) => loss.path === path && isDoubtful(loss))
      if (doubt !== -1) this.losses.splice(doubt, 1)
      this.losses.push({ path, reason: 'refused-by-intercom' })
    }
  }
}

/** Keys of which Intercom's help warns, else the one that is named, else values of more than one part. */
function toSuspects(metadata: EventMetadata, refusal: FailureFacts): string[] {
  const keys = Object.keys(metadata)
  const doubtful = toDoubtfulKeys(keys)
  if (doubtful.length > 0) return doubtful
  const blamed = toBlamed(refusal, { standard: [], custom: keys })
  if (blamed) return [blamed.name]
  return keys.filter((key) => typeof metadata[key] === 'object' && metadata[key] !== null)
}

/** Keys with a forbidden character, and those that another one matches but for its case. */
function toDoubtfulKeys(keys: readonly string[]): string[] {
  const seen = new Set<string>()
  return keys.filter((key) => {
    const isRepeated = seen.has(key.toLowerCase())
    seen.add(key.toLowerCase())
    return isRepeated || DOUBTFUL_CHARACTERS.test(key)
  })
}
