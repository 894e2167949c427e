import type { Contact } from '../client/types'
import type { RecordView } from './record-view'
import { JOINED, PRESENT, TIME, VALUE } from './record-names'
import { MAX_AGE_MS } from './state-store'

/** A contact or a company, and the values that were written to it. */
abstract class CachedEntity {
  constructor(
    protected readonly cache: RecordView,
    protected readonly record: string
  ) {}

  /** Intercom's own id. */
  get id(): string {
    return this.record.slice(this.record.indexOf(' ') + 1)
  }

  /** The event time of the last value written to an attribute, in Unix seconds. */
  writtenAt(attribute: string): number | undefined {
    return this.cache.find(this.record, this.#toTimeField(attribute))?.stamp
  }

  markWritten(attribute: string, time: number): void {
    this.cache.change(this.record, this.#toTimeField(attribute), PRESENT, time)
  }

  /** Whether Intercom confirmed the value with this hash a short time ago, and nothing else was written since. */
  isKnown(attribute: string, hash: string): boolean {
    const { cache } = this
    const field = cache.find(this.record, this.#toValueField(attribute))
    return field?.value === hash && cache.ageOf(field) < cache.knownMs
  }

  markKnown(attribute: string, hash: string): void {
    this.cache.change(this.record, this.#toValueField(attribute), hash)
  }

  /** Before a write, of which it may never be known whether Intercom carried it out. */
  forget(attribute: string): void {
    const field = this.#toValueField(attribute)
    if (this.cache.find(this.record, field)) this.cache.remove(this.record, field)
  }

  #toTimeField(attribute: string): string {
    return `${TIME}${this.cache.names.hashes.ofAttribute(attribute)}`
  }

  #toValueField(attribute: string): string {
    return `${VALUE}${this.cache.names.hashes.ofAttribute(attribute)}`
  }
}

/** A company in Intercom. */
export class CachedCompany extends CachedEntity {}

/** A contact as Intercom last returned it, and its companies. */
export class CachedContact extends CachedEntity {
  constructor(
    cache: RecordView,
    record: string,
    readonly contact: Contact
  ) {
    super(cache, record)
  }

  /** Whether the contact joined this company, by Intercom's id, within the last hour. */
  isMemberOf(company: string): boolean {
    // The age of the record restarts with every write, but a detachment by hand in Intercom must be noticed.
    return this.cache.findRecent(this.record, JOINED + company, MAX_AGE_MS) !== undefined
  }

  markJoined(company: string): void {
    this.cache.change(this.record, JOINED + company, PRESENT)
  }

  markLeft(company: string): void {
    this.cache.remove(this.record, JOINED + company)
  }
}
