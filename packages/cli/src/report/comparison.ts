/** One of the two destinations of a comparison, and what it did. */
export interface ComparedSide {
  /** The name of the destination, and where it comes from. */
  readonly name: string
  /** Requests to Intercom. */
  readonly calls: number
  /** Requests that were answered with an error. */
  readonly refusedCalls: number
  readonly events: { readonly delivered: number; readonly ignored: number; readonly refused: number }
  /** What Intercom holds afterwards. */
  readonly holds: { readonly contacts: number; readonly companies: number; readonly events: number }
}

/** Where two things differ: `line 12`, the latest event about the contact, company or event. */
export interface ComparedExample {
  readonly at: string
  /** The two values as JSON, shortened; only in a report with values. */
  readonly values?: readonly [ours: string, theirs: string]
}

/** How often the two workspaces differ in one field. */
export interface DifferenceRow {
  readonly kind: 'contact' | 'company' | 'event'
  /** In Intercom's names; empty for the thing as a whole. */
  readonly field: string
  /** Only our side has it. */
  readonly onlyOurs: number
  /** Only the other side has it. */
  readonly onlyTheirs: number
  /** Both have it, with other values. */
  readonly unequal: number
  readonly example: ComparedExample
}

/** Events that only one of the two destinations delivered. */
export interface ResultRow {
  /** Which one refused or ignored them. */
  readonly side: 'ours' | 'theirs'
  readonly result: 'ignored' | 'refused'
  readonly reason: string
  readonly count: number
  readonly example: ComparedExample
}

/** The same events through two destinations. */
export interface Comparison {
  readonly ours: ComparedSide
  readonly theirs: ComparedSide
  readonly operations: readonly { readonly operation: string; readonly ours: number; readonly theirs: number }[]
  readonly results: readonly ResultRow[]
  readonly differences: readonly DifferenceRow[]
  /** What the reader has to know to judge it: fields that were left out of the mapping, and the like. */
  readonly notes: readonly string[]
}
