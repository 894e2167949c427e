import type { DataEvent, EventSummary } from './entities'
import { folded } from './folded'
import { VersionedList, type ListVersion } from './versioned-list'

/** S2.16, POST /events: workspace, contact, name and second identify an event. */
const eventKey = (event: DataEvent) => JSON.stringify([event.contactId, folded(event.event_name), event.created_at])

/** The events of a workspace, and the summaries sent instead of single events. */
export class EventLog {
  readonly #events = new VersionedList<DataEvent>()
  readonly #indexByKey = new Map<string, number>()
  readonly #summaries = new Map<string, EventSummary[]>()
  readonly #names = new Set<string>()

  get events(): DataEvent[] {
    return this.#events.items()
  }

  version(): ListVersion<DataEvent> {
    return this.#events.version()
  }

  /** Adds the event. An event with the same key is only counted as a duplicate. */
  add(event: DataEvent): void {
    this.#names.add(folded(event.event_name))
    const key = eventKey(event)
    const index = this.#indexByKey.get(key)
    const before = index === undefined ? undefined : this.#events.at(index)
    if (index === undefined || before === undefined) {
      this.#indexByKey.set(key, this.#events.push(event))
      return
    }
    this.#events.set(index, { ...before, duplicates: before.duplicates + 1 })
  }

  /** Moves the events of a merged lead to its user. */
  move(fromContactId: string, toContactId: string): void {
    this.events.forEach((event, index) => {
      if (event.contactId !== fromContactId) return
      const moved = { ...event, contactId: toContactId }
      this.#events.set(index, moved)
      this.#indexByKey.set(eventKey(moved), index)
    })
  }

  hasName(name: string): boolean {
    return this.#names.has(folded(name))
  }

  get nameCount(): number {
    return this.#names.size
  }

  summariesOf(contactId: string): readonly EventSummary[] {
    return this.#summaries.get(contactId) ?? []
  }

  addSummary(contactId: string, summary: EventSummary): void {
    this.#summaries.set(contactId, [...this.summariesOf(contactId), summary])
  }
}
