import { hashText } from './cache-key'

/** What a record is about. Its name is the kind, a space, and an id of Intercom or a salted hash. */
export type HashedKind =
  /** The contact that has Segment's user id. */
  | 'user'
  /** The contacts that have an e-mail address. */
  | 'address'
  /** The company that has the customer's id. */
  | 'company'
  | 'tag'
  /** An event that was submitted: its person, name and second. */
  | 'event'
  /** An event that was retried. */
  | 'retry'

/** Texts of which only the hash is compared: a contact's name, a visitor's id. */
type RecordedText = HashedKind | 'name' | 'visitor'

/** The record of a contact or a company, by Intercom's id. */
export function toEntityName(kind: 'contact' | 'company-values', id: string): string {
  return `${kind} ${id}`
}

export function isSubmittedEvent(record: string): boolean {
  return record.startsWith('event ')
}

/** A field that names the record of a contact or company. */
export const LINK = '@'
/** The event time of the last value written to an attribute. */
export const TIME = 'time '
/** The hash of a value that Intercom confirmed. */
export const VALUE = 'value '
/** The contact joined the company with this id of Intercom. */
export const JOINED = 'joined '
/** The value of a field of which only the presence and the age matter. */
export const PRESENT = '1'

/** Whether a field says what Intercom holds, which an unanswered call, or another process, may have changed. */
export function isConfirmation(field: string): boolean {
  return field.startsWith(VALUE) || field.startsWith(JOINED)
}

/** Characters of the hash of a value or an attribute's name: 96 bits. */
const SHORT_HASH_LENGTH = 16
/** More than the attributes of all models of one workspace. */
const MAX_ATTRIBUTE_NAMES = 1000

/** The hashes of one workspace. The salt never leaves the process. */
export class Hashes {
  readonly #attributes = new Map<string, string>()

  constructor(private readonly salt: string) {}

  of(kind: string, text: string): string {
    // Neither salt nor kind has a line end, so no two texts look alike.
    return hashText(`${this.salt}\n${kind}\n${text}`)
  }

  /** Stands for an attribute's name. Remembered, because every event has the same few attributes. */
  ofAttribute(name: string): string {
    const known = this.#attributes.get(name)
    if (known !== undefined) return known
    const hash = this.of('attribute', name).slice(0, SHORT_HASH_LENGTH)
    if (this.#attributes.size >= MAX_ATTRIBUTE_NAMES) this.#attributes.clear()
    this.#attributes.set(name, hash)
    return hash
  }

  /** Stands for the value of an attribute. */
  ofValue(attribute: string, value: unknown): string {
    return this.of('value', JSON.stringify([attribute, value])).slice(0, SHORT_HASH_LENGTH)
  }
}

/** The names of the records of one call from Segment. Each is hashed once, however often it is asked for. */
export class RecordNames {
  readonly #hashes = new Map<string, string>()
  readonly #texts = new Map<string, string>()

  constructor(readonly hashes: Hashes) {}

  of(kind: HashedKind, text: string): string {
    return `${kind} ${this.hash(kind, text)}`
  }

  hash(kind: RecordedText, text: string): string {
    const key = `${kind} ${text}`
    const known = this.#hashes.get(key)
    if (known !== undefined) return known
    const hash = this.hashes.of(kind, text)
    this.#hashes.set(key, hash)
    this.#texts.set(hash, text)
    return hash
  }

  /**
   * The text that a hash stands for, if this call has asked for the text. Any other is compared with the texts of the call
   * only, so a text that equals none of them does.
   */
  reveal(hash: string): string {
    return this.#texts.get(hash) ?? `(${hash})`
  }
}
