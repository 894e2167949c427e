/** How an event through a mapping differs from today's destinations of Segment's catalog. docs/migration.md has the reasons. */
interface Difference {
  readonly action: string
  /** The mapping has at least one of these fields; empty: always. */
  readonly fields: readonly string[]
  readonly text: string
}

const CUSTOM = 'custom_attributes'

const DIFFERENCES: readonly Difference[] = [
  {
    action: 'identifyContact',
    fields: [],
    text: 'A value that Intercom refuses is left out and named. Today it refuses the whole person.'
  },
  {
    action: 'identifyContact',
    fields: ['email'],
    text: 'An address that another contact has is left out, and the person is stored. Today the event fails.'
  },
  {
    action: 'identifyContact',
    fields: [CUSTOM],
    text: 'An attribute that the workspace lacks is left out alone (field unknown_attributes). Today it refuses the person.'
  },
  {
    action: 'groupIdentifyContact',
    fields: [],
    text: 'A write that repeats what Intercom confirmed is not sent again for a short time (field unchanged_values).'
  },
  {
    action: 'groupIdentifyContact',
    fields: [CUSTOM],
    text: 'An attribute that the workspace lacks is left out alone (field unknown_attributes). Today it refuses the company.'
  },
  {
    action: 'groupIdentifyContact',
    fields: ['monthly_spend', 'size'],
    text: 'A number with decimals is rounded and named.'
  },
  { action: 'trackEvent', fields: ['revenue'], text: '19.99 becomes 1999 cents. Today it becomes 1998.9999999999998.' },
  {
    action: 'trackEvent',
    fields: ['metadata'],
    text: 'Twenty keys are sent, and those from the eleventh on are named as doubtful. Today ten are sent, the others are cut.'
  },
  {
    action: 'trackEvent',
    fields: ['created_at'],
    text: 'Times as Ruby, Go, Java, Python, .NET and Postgres print them are read. Today they become another time or fail.'
  }
]

export function findDifferences(action: string, mapping: Readonly<Record<string, unknown>>): string[] {
  return DIFFERENCES.filter(
    (difference) =>
      difference.action === action &&
      (difference.fields.length === 0 || difference.fields.some((field) => Object.hasOwn(mapping, field)))
  ).map(({ text }) => text)
}
