import type { Contact } from '../client/types'

/** Long enough for a delivery and its redeliveries; short enough that what people change in Intercom is seen again. */
export const MAX_AGE_MS = 60 * 60 * 1000
/** Of one person; Intercom allows 1000, and whoever is in more than this is attached again, which changes nothing. */
const MAX_REMEMBERED_COMPANIES = 100
/** As many custom attributes as a workspace can have (facts A3), and the contact's own fields. */
const MAX_REMEMBERED_ATTRIBUTES = 270
/** Of one address; from two users on it is ambiguous anyway. */
const MAX_HOLDERS = 10

/** When the values of somebody or something were true that were written last, where events tell their times. */
class WriteTimes {
  readonly #writtenAt = new Map<string, number>()

  writtenAt(attribute: string): number | undefined {
    return this.#writtenAt.get(attribute)
  }

  markWritten(attribute: string, time: number): void {
    if (this.#writtenAt.size >= MAX_REMEMBERED_ATTRIBUTES) this.#writtenAt.clear()
    this.#writtenAt.set(attribute, Math.max(time, this.#writtenAt.get(attribute) ?? time))
  }
}

/** What is known of a company. */
export class CachedCompany extends WriteTimes {
  constructor(
    /** Intercom's own. */
    readonly id: string
  ) {
    super()
  }
}

/** What is known of somebody from the last answers of Intercom. */
export class CachedContact extends WriteTimes {
  /** By Intercom's id; since when that is known, in milliseconds. */
  readonly #companies = new Map<string, number>()

  constructor(public contact: Contact) {
    super()
  }

  /** Whether the person is surely in the company of this id of Intercom's. */
  isMemberOf(company: string, now: number): boolean {
    const since = this.#companies.get(company)
    // The person's own age begins anew with every write; what people detach by hand in Intercom has to heal all the same.
    return since !== undefined && now - since < MAX_AGE_MS
  }

  markJoined(company: string, now: number): void {
    if (this.#companies.size >= MAX_REMEMBERED_COMPANIES) this.#companies.clear()
    this.#companies.set(company, now)
  }

  markLeft(company: string): void {
    this.#companies.delete(company)
  }
}

/** Who had an address when Intercom last answered. It says nothing about others who may have it too. */
export class CachedAddress {
  /** Intercom's ids, the latest last. */
  readonly #holders = new Set<string>()
  /** When a search showed that no other user has it, in milliseconds. */
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
