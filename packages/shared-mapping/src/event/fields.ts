import type { InputField } from '@segment/actions-core'
import { firstOf, orInside, path } from '../input-field'

export const event_name = {
  label: 'Event Name',
  description:
    'The name of the event. Intercom stores 120 different names for each workspace, so do not put ids or dates into names.',
  type: 'string',
  required: true,
  default: path('$.event')
} as const satisfies InputField

export const event_created_at = {
  label: 'Event Time',
  description: 'When the event happened: ISO 8601 or another common form (UTC if no zone is given), or Unix seconds.',
  type: 'datetime',
  required: true,
  default: path('$.timestamp')
} as const satisfies InputField

export const revenue = {
  label: 'Revenue',
  description:
    'The revenue of the event, in units of the currency: 19.99, not 1999. With the currency it becomes the price of the event in Intercom.',
  type: 'number',
  default: firstOf(
    '$.properties.revenue.amount',
    '$.properties.revenue',
    '$.properties.total.amount',
    '$.properties.total'
  )
} as const satisfies InputField

export const currency = {
  label: 'Currency',
  description: 'The three letters of the currency of the revenue. USD if it is missing.',
  type: 'string',
  default: orInside('$.properties.currency', '$.properties.revenue.currency', '$.properties.total.currency')
} as const satisfies InputField

export const metadata = {
  label: 'Event Metadata',
  description:
    'More about the event: up to twenty texts, numbers, rich links `{ url, value }` and amounts `{ amount, currency }`. Intercom may keep only the first ten: the price goes first, then rich links, then the others as they were sent. Whatever does not fit is left out and reported.',
  type: 'object',
  default: path('$.properties')
} as const satisfies InputField
