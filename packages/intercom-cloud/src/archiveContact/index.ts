import type { ActionDefinition } from '@segment/actions-core'
import { withoutUndefined, type Loss } from '@intercom-destinations/shared-mapping'
import { toPerform, type BatchAction } from '../batch/perform-batch'
import { toPersonRecords } from '../batch/person-keys'
import { toEventTime } from '../clock'
import { archiveContact as send, type ArchiveTask } from '../contacts/archive-contact'
import { archive_operation, person_contact_id, person_email, person_external_id } from '../contacts/person-fields'
import { readPerson } from '../contacts/read-person'
import type { Dependencies } from '../dependencies'
import { batch_size, enable_batching, event_time } from '../fields'
import type { Settings } from '../generated-types'
import type { Payload } from './generated-types'

/** Archives a contact, or restores an archived one. */
export default function archiveContact(dependencies: Dependencies): ActionDefinition<Settings, Payload> {
  return {
    title: 'Archive Contact',
    description:
      'Archive a contact in Intercom, or restore an archived one. A deletion request of Segment deletes the contact instead.',
    fields: {
      operation: archive_operation,
      external_id: person_external_id,
      email: person_email,
      contact_id: person_contact_id,
      enable_batching,
      batch_size,
      event_time
    },
    ...toPerform(dependencies, 'archiveContact', action)
  }
}

const action: BatchAction<Payload, ArchiveTask> = {
  read: (payload, { clock }) => {
    const losses: Loss[] = []
    const time = toEventTime(payload.event_time, clock)
    return {
      person: readPerson(payload, losses),
      operation: payload.operation === 'unarchive' ? 'unarchive' : 'archive',
      losses,
      ...withoutUndefined({ time })
    }
  },
  toPersonKey: ({ person }) => person,
  toRecords: (context, { person }) => toPersonRecords(context, person),
  // A search shows no archived contact.
  toContactKey: ({ person, operation }) => (operation === 'archive' && person.id === undefined ? person : undefined),
  send
}
