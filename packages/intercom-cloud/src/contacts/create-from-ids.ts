import { withoutUndefined } from '@intercom-destinations/shared-mapping'
import { AttributeWriter } from '../attributes/attribute-writer'
import type { Contact } from '../client/types'
import type { CallContext } from '../state/call-context'
import { toTimes } from '../state/stale-writes'
import type { ContactKey } from './contact-search'
import { upsertContact } from './upsert-contact'

/** Creates a user from the ids that an event carries, or finds the one that the search index did not have yet. */
export async function createFromIds(context: CallContext, key: ContactKey): Promise<Contact> {
  const body = withoutUndefined({ email: key.email })
  const { contact } = await upsertContact(context, {
    identity: { kind: 'user', ...key },
    ...withoutUndefined({ anonymousId: key.anonymous_id }),
    body,
    custom: {},
    times: toTimes(body, {}, undefined),
    unchanged: 'send',
    attributes: new AttributeWriter(context, {
      model: 'contact',
      unknown: 'leave_out',
      losses: [],
      identity: ['email']
    }),
    losses: []
  })
  return contact
}
