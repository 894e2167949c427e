import type { InputField } from '@segment/actions-core'
import { existing, path } from '@intercom-destinations/shared-mapping'
import { batch_size } from '../fields'

/** A batch of any size costs one call for each tag and direction, and a search for each 150 people. */
const AUDIENCE_BATCH_SIZE = 1000

export const audience_batch_size = { ...batch_size, default: AUDIENCE_BATCH_SIZE } as const satisfies InputField

export const external_ids = {
  label: 'Listed IDs',
  description:
    'The lists of ids that Segment sends with an event of an audience. The user id and the address in them are used where the two fields above are empty.',
  type: 'object',
  default: { personas: path('$.context.personas.external_ids'), context: path('$.context.externalIds') }
} as const satisfies InputField

export const audience_key = {
  label: 'Audience Key',
  description: 'The key of the audience in Segment. The trait or property of this name says who is a member.',
  type: 'string',
  default: path('$.context.personas.computation_key')
} as const satisfies InputField

export const tag_name = {
  label: 'Tag Name',
  description:
    'The name of the tag. It is created in Intercom if there is none. Without a name, the audience key is used.',
  type: 'string',
  default: path('$.context.personas.computation_key')
} as const satisfies InputField

export const tag_prefix = {
  label: 'Tag Prefix',
  description: 'What is put before the name of the tag, for example “Segment: ”.',
  type: 'string'
} as const satisfies InputField

/** A text, like every optional flag in the cloud half. */
export const membership = {
  label: 'Is A Member',
  description:
    'Whether the person is in the audience: true attaches the tag, false detaches it. Leave it empty for audiences of Segment Engage, whose events say it; map it for events of other sources.',
  type: 'string'
} as const satisfies InputField

export const traits_or_properties = {
  label: 'Traits Or Properties',
  description: 'Where the trait or property with the name of the audience key is looked for.',
  type: 'object',
  default: existing('$.traits', '$.properties'),
  unsafe_hidden: true
} as const satisfies InputField
