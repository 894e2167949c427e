import type { ActionDefinition } from '@segment/actions-core'
import {
  audience_batch_size,
  audience_key,
  external_ids,
  membership,
  tag_name,
  tag_prefix,
  traits_or_properties
} from '../audiences/fields'
import { readChange, type Skipped, type TagChange } from '../audiences/read-change'
import { tagPeople } from '../audiences/tag-people'
import { toPerformTogether, type Result, type TogetherAction } from '../batch/perform-together'
import { toPersonRecords } from '../batch/person-keys'
import { person_contact_id, person_email, person_external_id } from '../contacts/person-fields'
import type { Dependencies } from '../dependencies'
import { enable_batching, event_time, unknown_contact } from '../fields'
import type { Settings } from '../generated-types'
import type { Payload } from './generated-types'

/** Tags the people who are in an audience. */
export default function audienceToTag(dependencies: Dependencies): ActionDefinition<Settings, Payload> {
  return {
    title: 'Audience To Tag',
    description:
      'Tag the people of a Segment audience in Intercom: a person who enters gets the tag, and a person who leaves loses it.',
    defaultSubscription: 'type = "identify" or type = "track"',
    fields: {
      external_id: person_external_id,
      email: person_email,
      contact_id: person_contact_id,
      external_ids,
      audience_key,
      tag_name,
      tag_prefix,
      membership,
      unknown_contact,
      traits_or_properties,
      enable_batching,
      batch_size: audience_batch_size,
      event_time
    },
    ...toPerformTogether(dependencies, 'audienceToTag', action)
  }
}

const action: TogetherAction<Payload, TagChange | Skipped> = {
  read: (payload, { clock }, isMember) => readChange(payload, clock, isMember),
  toRecords: (context, task) => (task.kind === 'skipped' ? [] : toPersonRecords(context, task.person)),
  send: async (context, tasks) => {
    const results = await tagPeople(
      context,
      tasks.filter((task) => task.kind === 'change')
    )
    const toResult = (task: TagChange | Skipped): Result | undefined =>
      task.kind === 'skipped' ? { report: { skipped: true, losses: task.losses } } : results.get(task)
    return new Map(
      tasks.flatMap((task) => {
        const result = toResult(task)
        return result ? [[task, result] as const] : []
      })
    )
  }
}
