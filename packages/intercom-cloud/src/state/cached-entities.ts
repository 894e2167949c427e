import type { Contact } from '../client/types'

/** Covers a delivery and its retries, and is short enough to notice what people change in Intercom. */
export const MAX_AGE_MS = 60 * 60 * 1000
/** For each contact. Intercom allows 1000; beyond this limit a contact is attached again, which changes nothing. */
const MAX_CACHED_COMPANIES = 100
/** As many custom attributes as a workspace can have (docs/intercom.md, Contacts), plus the standard fields. */
const MAX_CACHED_ATTRIBUTES = 270
/** Contacts cached for each address. With two users it is ambiguous already. */
const MAX_HOLDERS = 10

/** The event time of the last value written to each attribute, for events that have one. */
class WriteTimes {
  readonly #writtenAt = new Map<string, number>()

  writtenAt(attribute: string): number | undefined {
    return this.#writtenAt.get(attribute)
  }

  markWritten(attribute: string, time: number): void {
    if (this.#writtenAt.size >= MAX_CACHED_ATTRIBUTES) this.#writtenAt.clear()
    this.#writtenAt.set(attribute, Math.max(time, this.#writtenAt.get(attribute) ?? time))
  }
}

/** A company in Intercom. */
export class CachedCompany extends WriteTimes {
  constructor(
    /** Intercom's own id. */
    readonly id: string
  ) {
    super()
  }
}

/** A contact as Intercom last returned it, and its companies. */
export class CachedContact extends WriteTimes {
  /** When the contact joined, in milliseconds, by Intercom's company id. */
  readonly #joinedAt = new Map<string, number>()

  constructor(public contact: Contact) {
    super()
  }

  /** Whether the contact joined this company, by Intercom's id, within the last hour. */
  isMemberOf(company: string, now: number): boolean {
    const joinedAt = this.#joinedAt.get(company)
    // The age of the cached contact restarts with every write, but a detachment by hand in Intercom must be noticed.
    return joinedAt !== undefined && now - joinedAt < MAX_AGE_MS
  }

  markJoined(company: string, now: number): void {
    if (this.#joinedAt.size >= MAX_CACHED_COMPANIES) this.#joinedAt.clear()
    this.#joinedAt.set(company, now)
  }

  markLeft(company: string): void {
    this.#joinedAt.delete(company)
  }
}

/** The contacts that have an e-mail address, as far as Intercom's responses showed them. */
export class CachedAddress {
  /** Intercom's ids, the most recent last. */
  readonly #holders = new Set<string>()
  /** When a search showed that no other user has the address, in milliseconds. */
  searchedAt: number | undefined

  get holders(): readonly string[] {
    return [...this.#holders]
  }

  addHolder(id: string): void {
    this.#holders.delete(id)
    this.#holders.add(id)
    const [oldest] = this.#holders
    if (this.#holders.size > MAX_HOLDERS && oldest !== undefined) this.#holders.delete(oldest)
  }
}
