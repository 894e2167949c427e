import type { InputField } from '@segment/actions-core'

export const nested_values = {
  label: 'Nested Values',
  description:
    'What happens to objects and lists in the custom attributes, which Intercom does not store: leave them out and report it; flatten them, so that `address: { city }` becomes `address_city`, three levels deep, and a list of texts one text; or store them as JSON of up to 255 characters. On a web page each new name becomes an attribute of the workspace for good, of 250.',
  type: 'string',
  choices: [
    { label: 'Leave out', value: 'leave_out' },
    { label: 'Flatten', value: 'flatten' },
    { label: 'As JSON', value: 'json' }
  ],
  default: 'leave_out'
} as const satisfies InputField

export const nested_metadata = {
  ...nested_values,
  description:
    'What happens to objects and lists in the metadata, which Intercom does not store: leave them out and report it; flatten them, so that `cart: { items }` becomes `cart_items`, three levels deep, and a list of texts one text; or store them as JSON of up to 255 characters. Rich links and amounts stay whole. The keys count afterwards, twenty at most.'
} as const satisfies InputField
