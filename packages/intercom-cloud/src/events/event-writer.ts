import { isDoubtful, toPlainMetadata, type EventMetadata, type Loss } from '@intercom-destinations/shared-mapping'
import type { IntercomClient } from '../client/intercom-client'
import type { EventBody } from '../client/types'
import type { ApiErrorDetails } from '../client/intercom-api-error'
import { toBlamed, toValueRefusal } from '../attributes/refused-values'

/** An event without its person. */
export type UnaddressedEvent = Pick<EventBody, 'event_name' | 'created_at' | 'metadata'>

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
    private readonly client: IntercomClient,
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
        await this.client.submitEvent({ event_name, created_at, ...metadata, ...person })
        return
      } catch (thrown) {
        const refusal = toValueRefusal(thrown)
        if (!refusal || !this.#giveWay(refusal)) throw thrown
      }
    }
  }

  #giveWay(refusal: ApiErrorDetails): boolean {
    const keys = Object.keys(this.#metadata)
    if (keys.length === 0 || ABOUT_THE_EVENT.test(refusal.text)) return false
    const suspects = this.#isSuspectGone ? [] : toSuspects(this.#metadata, refusal)
    this.#isSuspectGone = true
    this.#drop(suspects.length === 0 ? keys : suspects)
    return true
  }

  #drop(keys: readonly string[]): void {
    this.#metadata = Object.fromEntries(Object.entries(this.#metadata).filter(([key]) => !keys.includes(key)))
    // What is gone is not in doubt any more, nor is a key whose twin is gone.
    const settled = this.losses.filter(
      ({ path, reason }) => reason === 'same-key' || keys.some((key) => path === toPath(key))
    )
    for (const loss of settled.filter(isDoubtful)) this.losses.splice(this.losses.indexOf(loss), 1)
    for (const key of keys) this.losses.push({ path: toPath(key), reason: 'refused-by-intercom' })
  }
}

function toPath(key: string): string {
  return `metadata.${key}`
}

/** Keys of which Intercom's help warns, else the one that is named, else values of more than one part. */
function toSuspects(metadata: EventMetadata, refusal: ApiErrorDetails): string[] {
  const { dropped } = toPlainMetadata(metadata)
  if (dropped.length > 0) return dropped
  const keys = Object.keys(metadata)
  const blamed = toBlamed(refusal, { standard: [], custom: keys })
  if (blamed) return [blamed.name]
  return keys.filter((key) => typeof metadata[key] === 'object' && metadata[key] !== null)
}
