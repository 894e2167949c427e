import type { InputField } from '@segment/actions-core'
import { asText, firstOf } from '@intercom-destinations/shared-mapping'
import { group_external_id } from '../fields'

/* The person of an action that changes people who are in Intercom. */

export const person_external_id = {
  ...group_external_id,
  description: 'Your own id of the person. It takes precedence over Email Address.'
} as const satisfies InputField

export const person_email = asText({
  label: 'Email Address',
  description:
    'The e-mail address of the person. It is used if there is no External ID, or if no user in Intercom has it.',
  type: 'string',
  default: firstOf('$.traits.email', '$.context.traits.email')
} as const satisfies InputField)

export const person_contact_id = {
  label: 'Contact ID',
  description: 'Intercom’s own id of the person. If it is given, External ID and Email Address are not used.',
  type: 'string'
} as const satisfies InputField

export const archive_operation = {
  label: 'Operation',
  description:
    'Archive the contact, or restore it. An archived contact is restored by External ID if there is one, else by the address of a user; an archived lead only by Contact ID. The next identify of an archived user restores the contact, too.',
  type: 'string',
  choices: [
    { label: 'Archive', value: 'archive' },
    { label: 'Unarchive', value: 'unarchive' }
  ],
  default: 'archive'
} as const satisfies InputField
