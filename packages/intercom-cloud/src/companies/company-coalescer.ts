import { type CustomAttributes, type Loss } from '@intercom-destinations/shared-mapping'
import type { CompanyBody } from '../client/types'
import {
  AttributeWriter,
  toCompanyFieldPath,
  toCompanyPath,
  type UnknownAttributes
} from '../attributes/attribute-writer'
import { isPermanent } from '../errors'
import { IntercomApiError, UNIQUE_COMPANY } from '../client/intercom-api-error'
import { runTurn, type CallContext } from '../state/call-context'
import { KnownValues, type UnchangedValues } from '../state/known-values'
import { withoutStaleValues, toLaterTimes, toTimes, toWriteTimes, type AttributeTimes } from '../state/stale-writes'

/** A company as one event describes it. */
export interface CompanyWrite {
  body: CompanyBody
  custom: CustomAttributes
  unknown: UnknownAttributes
  unchanged: UnchangedValues
  /** Time of the event in Unix seconds. Mappings saved before the field existed do not have it. */
  time?: number
  /** What is left out is added here. */
  losses: Loss[]
}

interface TimedWrite extends CompanyWrite {
  times: AttributeTimes
  /** It combines several events. */
  isMerged?: boolean
}

/** All writes of a batch to one company. */
interface CombinedWrite {
  write: TimedWrite
  /** Number of events. */
  count: number
  losses: Loss[]
  /** Intercom's id, from the first event on. */
  companyId?: Promise<string>
}

/** Writes each company of a batch once, with the last value of every attribute, however many events name it. */
export class CompanyCoalescer {
  readonly #combined = new Map<string, CombinedWrite>()

  /** Combines the writes of a batch: in the order of the event times if all events have one, else in their own order. */
  prepare(writes: readonly CompanyWrite[]): void {
    const isTimed = writes.every(({ time }) => time !== undefined)
    for (const write of isTimed ? [...writes].sort((a, b) => (a.time ?? 0) - (b.time ?? 0)) : writes) {
      const { company_id } = write.body
      const earlier = this.#combined.get(company_id)
      this.#combined.set(company_id, {
        count: (earlier?.count ?? 0) + 1,
        losses: [],
        write: earlier
          ? {
              ...write,
              body: { ...earlier.write.body, ...write.body },
              custom: { ...earlier.write.custom, ...write.custom },
              times: toLaterTimes(earlier.write.times, toCompanyTimes(write), write)
            }
          : { ...write, times: toCompanyTimes(write) }
      })
    }
  }

  /** Writes a company that was deleted in Intercom although it is cached. */
  recreate(context: CallContext, write: CompanyWrite): Promise<string> {
    const { company_id } = write.body
    context.cache.evictCompany(company_id)
    this.#combined.delete(company_id)
    return this.upsert(context, write)
  }

  /** Writes the company, once for all events of the batch; returns Intercom's id. */
  async upsert(context: CallContext, write: CompanyWrite): Promise<string> {
    const combined = this.#combined.get(write.body.company_id)
    if (!combined || combined.count === 1) return upsertCompany(context, { ...write, times: toCompanyTimes(write) })
    const { losses } = combined
    combined.companyId ??= upsertCompany(context, { ...combined.write, losses, isMerged: true })
    try {
      const id = await combined.companyId
      // Each event reports the losses of the values that it sent.
      const sentPaths = new Set([
        ...Object.keys(write.custom).map(toCompanyPath),
        ...Object.keys(write.body).map(toCompanyFieldPath)
      ])
      write.losses.push(...losses.filter(({ path }) => sentPaths.has(path)))
      return id
    } catch (thrown) {
      // The rejected value may come from another event.
      if (isPermanent(thrown)) return upsertCompany(context, { ...write, times: toCompanyTimes(write) })
      throw thrown
    }
  }
}

function toCompanyTimes({ body: { company_id: _, ...body }, custom, time }: CompanyWrite): AttributeTimes {
  return toTimes(body, custom, time)
}

/** Events of one company run one at a time, so that an older event that is retried does not overwrite newer values. */
function upsertCompany(context: CallContext, write: TimedWrite): Promise<string> {
  return runTurn(context, { locked: toLocked(context, write.body.company_id) }, (turn) => writeCompany(turn, write))
}

function toLocked({ cache }: CallContext, company_id: string): string[] {
  return [cache.names.of('company', company_id)]
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
      const values = new KnownValues(accepted, custom, write)
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
