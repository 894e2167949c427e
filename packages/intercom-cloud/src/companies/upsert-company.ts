import { AttributeWriter } from '../attributes/attribute-writer'
import { IntercomApiError, UNIQUE_COMPANY } from '../client/intercom-api-error'
import { runTurn, type CallContext } from '../state/call-context'
import { KnownValues } from '../state/known-values'
import { toWriteTimes, withoutStaleValues } from '../state/stale-writes'
import type { TimedWrite } from './company-coalescer'

/** Events of one company run one at a time, so that an older event that is retried does not overwrite newer values. */
export function upsertCompany(context: CallContext, write: TimedWrite): Promise<string> {
  const locked = [context.cache.names.of('company', write.body.company_id)]
  return runTurn(context, { locked }, (turn) => writeCompany(turn, write))
}

async function writeCompany(context: CallContext, write: TimedWrite): Promise<string> {
  const { client, cache } = context
  const { company_id, ...body } = write.body
  const { unknown, losses, isMerged = false } = write
  const attributes = new AttributeWriter(context, { model: 'company', unknown, losses, isMerged })
  const cached = cache.findCompany(company_id)
  const fresh = withoutStaleValues({ ...write, body }, cached)
  if (cached && fresh.isEmpty) return cached.id
  const upsert = () =>
    attributes.write(fresh, async (accepted, custom = {}) => {
      const values = new KnownValues(cache.names.hashes, accepted, custom, write)
      if (cached && values.areKnown(cached)) return { id: cached.id, name: company_id, values }
      if (cached) values.forget(cached)
      const company = { company_id, ...accepted, ...(Object.keys(custom).length > 0 && { custom_attributes: custom }) }
      return { ...(await client.upsertCompany(company)), values }
    })
  const { id, name, values } = await upsert().catch((thrown: unknown) => {
    if (isCreationRace(thrown)) return upsert()
    throw thrown
  })
  // A new company without a name gets its id as the name. A group call without a name must not rename a company.
  if (name === undefined) await client.upsertCompany({ company_id, name: company_id })
  const company = cache.cacheCompany(company_id, id)
  for (const [attribute, time] of toWriteTimes({ ...write, body })) company.markWritten(attribute, time)
  values.confirm(company)
  return id
}

/**
 * Another process created the company at the same moment, or Intercom does not see it yet (intercom-node, issues 461 and
 * 490). The write is repeated once; after that Segment retries the event.
 */
function isCreationRace(thrown: unknown): boolean {
  return thrown instanceof IntercomApiError && [UNIQUE_COMPANY, 'company_not_found'].includes(thrown.details.code)
}
