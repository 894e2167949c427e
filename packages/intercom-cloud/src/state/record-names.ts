/** The kinds of records. The name of a record is its kind, a space, and an id of Intercom or a salted hash. */
export type RecordKind =
  /** A contact, by Intercom's id. */
  | 'contact'
  /** The contact that Segment's user id names. */
  | 'user'
  /** The contacts that have an e-mail address. */
  | 'address'
  /** The company that the customer's id names. */
  | 'company'
  /** A company, by Intercom's id. */
  | 'company-values'
  | 'tag'
  /** An event that was submitted: its person, name and second. */
  | 'event'
  /** An event that was retried. */
  | 'retry'
  | 'attributes'

export function toRecordName(kind: RecordKind, id: string): string {
  return `${kind} ${id}`
}

export function isSubmittedEvent(record: string): boolean {
  return record.startsWith('event ')
}
