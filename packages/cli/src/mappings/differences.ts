import type { CheckedDestination } from './checked-destination'

/** How an event through a mapping differs from today's destinations of Segment's catalog. docs/migration.md has the reasons. */
export interface Difference {
  readonly half: CheckedDestination['half']
  readonly action: string
  /** The mapping has at least one of these fields; empty: always. */
  readonly fields: readonly string[]
  readonly text: string
}

const CUSTOM = 'custom_attributes'
const WRITTEN_DATES =
  'Times as Ruby, Go, Java, Python, .NET and Postgres print them are read. Today they become another time or fail.'
const EXACT_PRICE = '19.99 becomes 1999 cents. Today it becomes 1998.9999999999998.'
const NEW_ACTION = 'Today’s destination has no such action.'
const NAMED_COMPANY =
  'An empty company is not sent, and one without an id gets the id of its name. Today both are sent incomplete.'

export const DIFFERENCES: readonly Difference[] = [
  {
    half: 'cloud',
    action: 'identifyContact',
    fields: [],
    text: 'A value that Intercom refuses is left out and named. Today it refuses the whole person.'
  },
  {
    half: 'cloud',
    action: 'identifyContact',
    fields: ['email'],
    text: 'An address that another contact has is left out, and the person is stored. Today the event fails.'
  },
  {
    half: 'cloud',
    action: 'identifyContact',
    fields: [CUSTOM],
    text: 'An attribute that the workspace lacks is left out alone (field unknown_attributes). Today it refuses the person.'
  },
  {
    half: 'cloud',
    action: 'groupIdentifyContact',
    fields: [],
    text: 'A write that repeats what Intercom confirmed is not sent again for a short time (field unchanged_values).'
  },
  {
    half: 'cloud',
    action: 'groupIdentifyContact',
    fields: [CUSTOM],
    text: 'An attribute that the workspace lacks is left out alone (field unknown_attributes). Today it refuses the company.'
  },
  {
    half: 'cloud',
    action: 'groupIdentifyContact',
    fields: ['monthly_spend', 'size'],
    text: 'A number with decimals is rounded and named.'
  },
  { half: 'cloud', action: 'trackEvent', fields: ['revenue'], text: EXACT_PRICE },
  {
    half: 'cloud',
    action: 'trackEvent',
    fields: ['metadata'],
    text: 'Twenty keys are sent, and those from the eleventh on are named as doubtful. Today ten are sent, the others are cut.'
  },
  { half: 'cloud', action: 'trackEvent', fields: ['created_at'], text: WRITTEN_DATES },
  { half: 'cloud', action: 'audienceToTag', fields: [], text: NEW_ACTION },
  { half: 'cloud', action: 'archiveContact', fields: [], text: NEW_ACTION },
  {
    half: 'web',
    action: 'identifyUser',
    fields: [],
    text: 'Changes within 50 ms are one update, and what has not changed is not sent again. Today each call is an update, and Intercom accepts 20 in 30 minutes.'
  },
  {
    half: 'web',
    action: 'identifyUser',
    fields: [],
    text: 'The proof of identity goes with every later update of its person. Today page and group calls are sent without it, and a secured workspace refuses them.'
  },
  { half: 'web', action: 'identifyUser', fields: ['created_at'], text: WRITTEN_DATES },
  {
    half: 'web',
    action: 'identifyUser',
    fields: ['custom_traits'],
    text: 'A trait with a name of Intercom’s own is left out and named. Today it replaces the real value.'
  },
  {
    half: 'web',
    action: 'identifyUser',
    fields: ['avatar_image_url'],
    text: 'A picture that is not served over https is left out and named. Today it is sent, and the Messenger does not take it.'
  },
  { half: 'web', action: 'identifyUser', fields: ['company', 'companies'], text: NAMED_COMPANY },
  {
    half: 'web',
    action: 'identifyUser',
    fields: ['companies'],
    text: 'A list that cannot be read is left out and named. Today it loses the whole identify.'
  },
  { half: 'web', action: 'identifyCompany', fields: ['company'], text: NAMED_COMPANY },
  {
    half: 'web',
    action: 'trackEvent',
    fields: ['revenue'],
    text: 'A refund is kept as a plain value. Today it becomes a negative price.'
  },
  { half: 'web', action: 'trackEvent', fields: ['revenue'], text: EXACT_PRICE },
  {
    half: 'web',
    action: 'trackEvent',
    fields: ['event_metadata'],
    text: 'Objects, lists and rich links of another shape are left out and named. Today they vanish or arrive broken.'
  },
  { half: 'web', action: 'messengerCommand', fields: [], text: NEW_ACTION }
]

export function findDifferences(
  half: CheckedDestination['half'],
  action: string,
  mapping: Readonly<Record<string, unknown>>
): string[] {
  return DIFFERENCES.filter(
    (difference) =>
      difference.half === half &&
      difference.action === action &&
      (difference.fields.length === 0 || difference.fields.some((field) => Object.hasOwn(mapping, field)))
  ).map(({ text }) => text)
}
