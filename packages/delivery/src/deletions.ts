import type { SegmentEvent } from '@segment/actions-core'
import type { Erasure } from './action-runner'
import type { Outcome } from './outcome'
import type { Subscription } from './subscriptions'

/** The action of `DELETIONS`. It is none of the destination's: a runner erases the person instead. */
export const DELETE_CONTACTS = 'deleteContacts'

/**
 * Takes Segment's `delete` events, and erases their people in order with the other events of the person. A sender without
 * it refuses `delete` events, because nothing brings an erased person back.
 */
export const DELETIONS: Subscription = {
  action: DELETE_CONTACTS,
  filter: 'type = "delete"',
  mapping: {},
  row: { partnerAction: DELETE_CONTACTS, subscribe: 'type = "delete"', mapping: {} },
  takes: isDeletion
}

/** Whether it is a request of Segment's to delete a person. */
export function isDeletion(value: unknown): value is SegmentEvent {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'delete'
}

export const NO_USER_ID = 'The deletion names no user id, and Intercom does not know Segment’s anonymous ids.'
const NOT_FOUND = 'Intercom has no contact with this user id.'

export function toDeletionOutcome(erasure: Erasure): Outcome {
  switch (erasure.status) {
    case 'erased':
      return { kind: 'delivered', losses: [], doubtful: [] }
    case 'not-found':
      return { kind: 'ignored', losses: [], reason: NOT_FOUND }
    case 'rejected':
    case 'retry':
      return { kind: erasure.status, reason: erasure.reason }
  }
}
