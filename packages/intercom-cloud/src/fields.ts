import type { ActionDefinition, InputField } from '@segment/actions-core'
import { contactFields, existing, firstOf, path } from '@intercom-destinations/shared-mapping'

type SyncModes = NonNullable<ActionDefinition<object>['syncMode']>

/** Events in one batch. Intercom has no bulk endpoint for them, so each event is a separate call. */
const DEFAULT_BATCH_SIZE = 100

export const enable_batching = {
  label: 'Batch Events',
  description: 'Let Segment pass several events at once. Each event gets its own result.',
  type: 'boolean',
  default: true
} as const satisfies InputField

export const batch_size = {
  label: 'Batch Size',
  description: 'The most events that Segment passes at once.',
  type: 'number',
  default: DEFAULT_BATCH_SIZE,
  unsafe_hidden: true
} as const satisfies InputField

/** A text, like every optional time in the cloud half: an invalid one must not fail the event. */
export const event_time = {
  label: 'Time Of The Event',
  description: 'When the event happened. It decides how long we wait for a person who is not in Intercom yet.',
  type: 'string',
  default: path('$.timestamp'),
  unsafe_hidden: true
} as const satisfies InputField

export const active = { ...contactFields.active, type: 'string' } as const satisfies InputField

export const company_active = {
  ...active,
  description:
    'Whether this event shows the company being active. When true, Intercom sets the company’s "last seen" to now; an event older than 15 minutes does not.'
} satisfies InputField

/** In the cloud half the flag is a text, so the condition is one, too. */
export const context_attributes = {
  ...contactFields.context_attributes,
  depends_on: { conditions: [{ fieldKey: 'include_context', operator: 'is', value: 'true' }] }
} as const satisfies InputField

export const unknown_attributes = {
  label: 'Unknown Attributes',
  description:
    'What happens to a custom attribute that the workspace does not have: leave it out and report it, create it with a type guessed from its value, or refuse the event.',
  type: 'string',
  choices: [
    { label: 'Leave out', value: 'leave_out' },
    { label: 'Create', value: 'create' },
    { label: 'Refuse', value: 'refuse' }
  ],
  default: 'leave_out'
} as const satisfies InputField

export const unchanged_values = {
  label: 'Unchanged Values',
  description:
    'What happens to a write all of whose values Intercom confirmed a short time ago: it is left out, which saves a call, or it is sent. While it is left out, a value that was changed in Intercom by hand stays as it is.',
  type: 'string',
  choices: [
    { label: 'Leave out', value: 'skip' },
    { label: 'Send', value: 'send' }
  ],
  default: 'skip'
} as const satisfies InputField

/** Segment saves the choice beside the fields, for actions that declare it (`contacts/sync-mode.ts`). */
export const sync_mode: SyncModes = {
  label: 'Sync Mode',
  description:
    'Which people are written: all of them, created where Intercom does not have them; only people who are in Intercom; or only people who are not. The others are ignored, with their companies and tags.',
  default: 'upsert',
  choices: [
    { label: 'Create and update', value: 'upsert' },
    { label: 'Update only', value: 'update' },
    { label: 'Add only', value: 'add' }
  ]
}

export const tags_to_add = {
  dynamic: true,
  label: 'Tags To Add',
  description: 'The names of tags to attach. A tag that does not exist is created.',
  type: 'string',
  multiple: true
} as const satisfies InputField

export const tags_to_remove = {
  dynamic: true,
  label: 'Tags To Remove',
  description: 'The names of tags to detach.',
  type: 'string',
  multiple: true
} as const satisfies InputField

export const tags_from_traits = {
  label: 'Tags From Traits',
  description:
    'What happens to tags among the traits: they stay attributes as any other, or they are attached as tags and leave the custom attributes. Tags that the mapping itself adds or removes take precedence.',
  type: 'string',
  choices: [
    { label: 'Leave as they are', value: 'leave' },
    { label: 'Add as tags', value: 'add' }
  ],
  default: 'leave'
} as const satisfies InputField

/** An object, because Segment refuses the whole event for a list of objects in a field of texts. */
export const tags_in_traits = {
  label: 'Tags In Traits',
  description:
    'The traits that hold tags: a list of names, or one text with commas between them. The name beside each only appears in reports.',
  type: 'object',
  defaultObjectUI: 'keyvalue',
  depends_on: { conditions: [{ fieldKey: 'tags_from_traits', operator: 'is', value: 'add' }] },
  default: { tags: existing('$.traits.tags', '$.context.traits.tags') }
} as const satisfies InputField

export const tags_in_company_traits = {
  ...tags_in_traits,
  default: { tags: path('$.traits.tags') }
} as const satisfies InputField

export const owner_email = {
  dynamic: true,
  label: 'Owner’s Email Address',
  description:
    'The address of the teammate who owns this person in Intercom. It is used if Owner is empty. The teammates are read once in ten minutes.',
  type: 'string'
} as const satisfies InputField

export const subscriptions = {
  dynamic: true,
  label: 'Subscriptions',
  description:
    'What the person decided about kinds of messages: for the id or the name of a subscription type, opt_in or opt_out. It is stored where it differs from the default of the type. Unsubscribed From Emails stays the switch for all e-mails.',
  type: 'object',
  defaultObjectUI: 'keyvalue'
} as const satisfies InputField

const NO_OR_YES = [
  { label: 'No', value: 'false' },
  { label: 'Yes', value: 'true' }
] as const satisfies InputField['choices']

export const use_anonymous_id = {
  label: 'Use Anonymous ID',
  description:
    'Whether a person without a user ID is stored as a user whose External ID is the anonymous ID. When the user ID comes, that user is renamed. If Intercom has a user with the user ID already, the two stay apart: Intercom cannot merge users.',
  type: 'string',
  choices: NO_OR_YES,
  default: 'false'
} as const satisfies InputField

export const anonymous_id = {
  label: 'Anonymous ID',
  description: 'Your id of a person who has not told who they are. It is used where there is no user ID.',
  type: 'string',
  default: path('$.anonymousId'),
  depends_on: { conditions: [{ fieldKey: 'use_anonymous_id', operator: 'is', value: 'true' }] }
} as const satisfies InputField

export const convert_visitor = {
  label: 'Convert Visitor',
  description:
    'Whether the user takes over the visitor that the Messenger knew before, with the conversations. It costs one more call for each user and visitor.',
  type: 'string',
  choices: NO_OR_YES,
  default: 'false'
} as const satisfies InputField

export const visitor_id = {
  label: 'Visitor ID',
  description:
    "The id of the Messenger’s visitor, which Intercom('getVisitorId') returns on a page. Send it in the context of the identify call.",
  type: 'string',
  default: firstOf('$.context.intercom.visitor_id', '$.context.Intercom.visitor_id'),
  depends_on: { conditions: [{ fieldKey: 'convert_visitor', operator: 'is', value: 'true' }] }
} as const satisfies InputField

export const unknown_contact = {
  label: 'Unknown Contact',
  description:
    'What happens to an event of a person who is not in Intercom: try again for 15 minutes because the identify may still arrive, create the contact from its user ID or address, or fail at once.',
  type: 'string',
  choices: [
    { label: 'Try again', value: 'retry' },
    { label: 'Create the contact', value: 'create' },
    { label: 'Fail', value: 'fail' }
  ],
  default: 'retry'
} as const satisfies InputField

export const allowed_event_names = {
  label: 'Allowed Event Names',
  description:
    'If there are names here, only events with one of them are sent. Intercom stores 120 different names for each workspace.',
  type: 'string',
  multiple: true
} as const satisfies InputField

export const contact_id = {
  label: 'Contact ID',
  description:
    'Intercom’s own id of the contact to attach to the company. If it is given, External ID and Email Address are not used.',
  type: 'string'
} as const satisfies InputField

export const event_contact_id = {
  label: 'Contact ID',
  description:
    'Intercom’s own id of the person. It takes precedence over User ID and Email Address, and is the only way to reach a lead without an address.',
  type: 'string'
} as const satisfies InputField

export const group_email = {
  ...contactFields.email,
  description:
    'The e-mail address of the person who belongs to the company. It is not taken from the traits of the group call, because those are the company’s own.',
  default: path('$.context.traits.email')
} as const satisfies InputField

export const group_external_id = {
  label: 'External ID',
  description: 'Your own id of the person who belongs to the company.',
  type: 'string',
  default: path('$.userId')
} as const satisfies InputField

export const event_email = {
  label: 'Email Address',
  description:
    'The e-mail address of the person. It is used if there is neither a Contact ID nor a User ID, and is not part of the metadata.',
  type: 'string',
  default: firstOf('$.properties.email', '$.context.traits.email')
} as const satisfies InputField

export const event_user_id = {
  ...contactFields.user_id,
  description: 'Your own id of the person. Intercom calls it the external ID. It takes precedence over Email Address.'
} as const satisfies InputField
