import { isDoubtful, toPlainMetadata, type EventMetadata, type Loss } from '@intercom-destinations/shared-mapping'
import type { IntercomClient } from '../client/intercom-client'
import type { EventBody } from '../client/types'
import type { ApiErrorDetails } from '../client/intercom-api-error'
import { toNamedValue, toValueRefusal } from '../attributes/refused-values'

/** An event without its person. */
export type UnaddressedEvent = Pick<EventBody, 'event_name' | 'created_at' | 'metadata'>

/** Rejections that do not depend on the metadata: the name (Intercom allows 120 different ones), or the time. */
const ABOUT_THE_EVENT = /event.?names?\b|created_at/i

/**
 * Submits one event even if Intercom rejects its metadata: with all of it, then without the keys that may be the cause,
 * then without any. This takes three calls at most.
 */
export class EventWriter {
  #metadata: EventMetadata
  #areSuspectsLeftOut = false

  constructor(
    private readonly client: IntercomClient,
    private readonly event: UnaddressedEvent,
    /** What is left out is added here. */
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
        if (!refusal || !this.#leaveOutMore(refusal)) throw thrown
      }
    }
  }

  #leaveOutMore(refusal: ApiErrorDetails): boolean {
    const keys = Object.keys(this.#metadata)
    if (keys.length === 0 || ABOUT_THE_EVENT.test(refusal.text)) return false
    const suspects = this.#areSuspectsLeftOut ? [] : toSuspects(this.#metadata, refusal)
    this.#areSuspectsLeftOut = true
    this.#leaveOut(suspects.length === 0 ? keys : suspects)
    return true
  }

  #leaveOut(keys: readonly string[]): void {
    this.#metadata = Object.fromEntries(Object.entries(this.#metadata).filter(([key]) => !keys.includes(key)))
    // A key that is left out is no longer doubtful, and neither are two keys that differ only in case.
    const resolved = this.losses.filter(
      ({ path, reason }) => reason === 'same-key' || keys.some((key) => path === toPath(key))
    )
    for (const loss of resolved.filter(isDoubtful)) this.losses.splice(this.losses.indexOf(loss), 1)
    for (const key of keys) this.losses.push({ path: toPath(key), reason: 'refused-by-intercom' })
  }
}

function toPath(key: string): string {
  return `metadata.${key}`
}

/** Keys against which Intercom's documentation warns, else the key that the rejection names, else nested values. */
function toSuspects(metadata: EventMetadata, refusal: ApiErrorDetails): string[] {
  const { dropped } = toPlainMetadata(metadata)
  if (dropped.length > 0) return dropped
  const keys = Object.keys(metadata)
  const named = toNamedValue(refusal, { standard: [], custom: keys })
  if (named) return [named.name]
  return keys.filter((key) => typeof metadata[key] === 'object' && metadata[key] !== null)
}
