import type { CustomAttributes, Loss } from '@intercom-destinations/shared-mapping'
import type { CompanyBody } from '../client/types'
import { toCompanyFieldPath, toCompanyPath, type UnknownAttributes } from '../attributes/attribute-writer'
import { isPermanent } from '../errors'
import type { UnchangedValues } from '../state/known-values'
import { toLaterTimes, toTimes, type AttributeTimes } from '../state/stale-writes'

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

export interface TimedWrite extends CompanyWrite {
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

  /** From now on, each event writes this company by itself. */
  separate(company_id: string): void {
    this.#combined.delete(company_id)
  }

  /** Writes the company, once for all events of the batch; returns Intercom's id. */
  async upsert(write: CompanyWrite, upsertCompany: (write: TimedWrite) => Promise<string>): Promise<string> {
    const combined = this.#combined.get(write.body.company_id)
    if (!combined || combined.count === 1) return upsertCompany({ ...write, times: toCompanyTimes(write) })
    const { losses } = combined
    combined.companyId ??= upsertCompany({ ...combined.write, losses, isMerged: true })
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
      if (isPermanent(thrown)) return upsertCompany({ ...write, times: toCompanyTimes(write) })
      throw thrown
    }
  }
}

function toCompanyTimes({ body: { company_id: _, ...body }, custom, time }: CompanyWrite): AttributeTimes {
  return toTimes(body, custom, time)
}
