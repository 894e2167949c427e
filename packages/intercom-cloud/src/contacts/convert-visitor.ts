import type { Loss, LossReason } from '@intercom-destinations/shared-mapping'
import { toPersonRecords } from '../batch/person-keys'
import { NOT_FOUND } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'
import type { Contact, VisitorName } from '../client/types'
import { isPermanent } from '../errors'
import { runTurn, type CallContext } from '../state/call-context'
import { toEntityName } from '../state/record-names'
import { MAX_AGE_MS } from '../state/state-store'
import { followMerged } from './merge-leads'
import { readSwitchedText } from './switched-text'

/** The path of a loss about the visitor. */
export const VISITOR_ID = 'visitor_id'

/** The visitor, if the mapping has the user take them over. */
export function readVisitorId(
  losses: Loss[],
  fields: { convert_visitor?: unknown; visitor_id?: unknown }
): string | undefined {
  return readSwitchedText(losses, fields, 'convert_visitor', VISITOR_ID)
}

const CONVERTED = 'converted'
type Outcome = typeof CONVERTED | (LossReason & ('unknown-visitor' | 'refused-visitor'))
const OUTCOMES: readonly Outcome[] = [CONVERTED, 'unknown-visitor', 'refused-visitor']

/**
 * Lets the user take over the visitor that the Messenger knew, unless the same was tried within the last hour. A visitor that
 * Intercom does not join is a loss; the person is written already. A failure that passes is thrown, as of any other call.
 */
export async function convertVisitor(
  context: CallContext,
  contact: Contact,
  visitor: string,
  losses: Loss[]
): Promise<void> {
  if (contact.role === 'lead') {
    losses.push({ path: VISITOR_ID, reason: 'visitor-of-lead' })
    return
  }
  // The answer shows the contact anew, so no other write may come between.
  const outcome = await runTurn(context, { locked: toPersonRecords(context, contact) }, async (turn) => {
    const { cache } = turn
    const record = toEntityName('contact', contact.id)
    const field = `visitor ${cache.names.hash('visitor', visitor)}`
    const recent = cache.findRecent(record, field, MAX_AGE_MS)
    const known = OUTCOMES.find((one) => one === recent)
    if (known) return known
    const found = await convert(turn, contact, visitor)
    cache.change(record, field, found)
    return found
  })
  if (outcome !== CONVERTED) losses.push({ path: VISITOR_ID, reason: outcome })
}

/** OpenAPI 2.16, visitors: Intercom's own ids have 24 hexadecimal digits, and those of the Messenger are UUIDs. */
const OWN_ID = /^[0-9a-f]{24}$/i

function toName(visitor: string): VisitorName {
  return OWN_ID.test(visitor) ? { id: visitor } : { user_id: visitor }
}

async function convert({ client, cache }: CallContext, contact: Contact, visitor: string): Promise<Outcome> {
  try {
    const user = await followMerged(contact.id, (id) => client.convertVisitor(toName(visitor), id))
    // A user with other ids is not remembered as this one.
    if (user.role === contact.role && user.external_id === contact.external_id) cache.cacheContact(user)
    else cache.evictContact(contact.id)
    return CONVERTED
  } catch (thrown) {
    if (hasStatus(thrown, NOT_FOUND)) return 'unknown-visitor'
    if (isPermanent(thrown)) return 'refused-visitor'
    throw thrown
  }
}
