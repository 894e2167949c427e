import type { Loss } from '@intercom-destinations/intercom-cloud'

const OWN_KEY = 'Send it under a key of its own, as one text, number or true/false.'
const NESTED = 'Choose Flatten or As JSON in the mapping’s Nested Values, or send it under a key of its own.'
const AS_TEXT = 'Send a text, or map another value.'
const READABLE_TIME = 'Send ISO 8601, such as 2026-11-09T08:00:00Z, or Unix seconds.'

/** What to do about each loss and each doubtful value, as a sentence. */
const LOSS_ADVICE = {
  missing: 'Send it, or map another value.',
  'nested-value': NESTED,
  'not-storable': OWN_KEY,
  'not-text': AS_TEXT,
  'not-a-number': 'Send a number.',
  'not-a-boolean': 'Send true or false.',
  'not-a-date': READABLE_TIME,
  'not-money': 'Send a plain amount, such as 19.99, without a currency sign.',
  'not-a-currency': 'Send a code of three letters, such as EUR.',
  'not-an-email': 'Correct the address where it is collected.',
  'not-a-url': 'Send a whole address that starts with https://.',
  'not-a-list': 'Send a list of objects.',
  'not-an-object': 'Send names with values, such as { "plan": "pro" }.',
  'out-of-range': 'Send a smaller number, or a time in seconds since 1970.',
  'too-long': 'Shorten the text before it is sent.',
  'too-many-keys': 'Map the keys that you need in Intercom, twenty at most.',
  'reserved-key': 'Use another name, or map it to the field of this name.',
  'bad-name': 'Use a name without full stops and dollar signs.',
  'name-taken': 'Rename one of the two, or map one of them by hand.',
  'partial-name': 'Send the first and the last name together.',
  'no-field-reads-it': 'Add it to the mapping, or ignore this row.',
  'no-company-id': 'Send the id of the company with it.',
  'unknown-contact': 'Identify the person before the company is sent.',
  'not-for-leads': 'Nothing, or identify the person with a userId.',
  'event-not-allowed': "Add the name to the mapping's list, or ignore this row.",
  'same-second-event': 'Nothing, or send events of the same name a second apart.',
  'no-audience': 'Limit the mapping to the events of audiences, or map the name of a tag.',
  'no-membership': 'Map true or false to Is A Member.',
  'already-in-intercom': 'Nothing, or choose a sync mode that updates.',
  'not-in-intercom': 'Nothing, or identify the person first.',
  'unknown-teammate': 'Correct the address, or give the app the permission to read admins.',
  'user-with-anonymous-id': 'Archive the user with the anonymous id in Intercom, or leave both.',
  'unknown-visitor': 'Nothing, if the visitor was joined before; else send what getVisitorId returns.',
  'refused-visitor': 'Give the app the permission to write users, or correct the id.',
  'visitor-of-lead': 'Nothing, or identify the person with a userId.',
  'not-a-consent': 'Send opt_in or opt_out.',
  'unknown-subscription': 'Create the subscription type in Intercom, or correct its name.',
  'unknown-attribute': 'Create it, see “Create these attributes”.',
  'unchecked-attribute': 'Give the app the permission to read data attributes.',
  'email-of-another-contact': 'Merge or archive the other contact in Intercom.',
  'refused-by-intercom': 'Send values of the type that the attribute has in Intercom.',
  'unnamed-company': 'Send the name of the company with it.',
  rounded: 'Nothing, or send a whole number.',
  'beyond-ten-keys': 'Map the ten keys that you need most.',
  'doubtful-key': 'Use a key without full stops and dollar signs.',
  'same-key': 'Use keys that differ in more than case.',
  'currency-without-cents': 'Compare one amount in Intercom with your own.',
  'not-a-price': 'Nothing, if a plain value is what you want.',
  'other-time': READABLE_TIME
} as const satisfies Record<Loss['reason'], string>

export const toLossAdvice = (reason: Loss['reason']): string => LOSS_ADVICE[reason]

const STATUS_ADVICE: ReadonlyMap<number, string> = new Map([
  [401, 'Connect the workspace again: Intercom no longer accepts the token.'],
  [402, 'The plan of the workspace lacks this feature.'],
  [403, 'Give the app this permission in Intercom’s Developer Hub.'],
  [404, 'Identify the person first, or let the mapping create unknown contacts.'],
  [409, 'Send it again; if it stays, merge the contacts in Intercom.'],
  [429, 'Send it again later, with fewer calls at once.']
])

const SEND_AGAIN = 'Nothing is wrong with the event. Send it again later.'
const CORRECT = 'Correct the event or the mapping, then send it again.'

/** What to do about an event that was not delivered. */
export function toOutcomeAdvice(result: 'ignored' | 'rejected' | 'retry', status: number | undefined): string {
  if (result === 'ignored') return 'Nothing, or change the triggers of the mappings.'
  const byStatus = status === undefined ? undefined : STATUS_ADVICE.get(status)
  return byStatus ?? (result === 'retry' ? SEND_AGAIN : CORRECT)
}
