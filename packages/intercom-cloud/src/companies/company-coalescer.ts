import { withoutUndefined, type CustomAttributes, type Loss } from '@intercom-destinations/shared-mapping'
import type { CompanyBody } from '../client/types'
import {
  AttributeWriter,
  toCompanyFieldPath,
  toCompanyPath,
  type UnknownAttributes
} from '../attributes/attribute-writer'
import { isPermanent } from '../errors'
import { IntercomApiError, UNIQUE_COMPANY } from '../client/intercom-api-error'
import type { IntercomClient } from '../client/intercom-client'
import type { WorkspaceCache } from '../state/workspace-cache'
import { withoutStaleValues, toLaterTimes, toTimes, toWritten, type AttributeTimes } from '../state/stale-writes'

/** What a mapping says of a company. */
export interface CompanyWrite {
  body: CompanyBody
  custom: CustomAttributes
  unknown: UnknownAttributes
  /** Unix seconds of the event; absent in mappings that were saved before there was such a field. */
  time?: number
  /** Where what is left out is written down. */
  losses: Loss[]
}

interface Workspace {
  readonly client: IntercomClient
  readonly cache: WorkspaceCache
}

interface TimedWrite extends CompanyWrite {
  times: AttributeTimes
  /** What several events say. */
  isMerged?: boolean
}

interface Gathered {
  write: TimedWrite
  count: number
  lost: Loss[]
  stored?: Promise<string>
}

/** Stores each company of a batch once, with the last value of every attribute, however many events name it. */
export class CompanyCoalescer {
  constructor(private readonly workspace: Workspace) {}

  readonly #gathered = new Map<string, Gathered>()

  /** Says beforehand what the batch will store: by the events' own times where all tell one, else as they came. */
  prepare(writes: readonly CompanyWrite[]): void {
    const isTimed = writes.every(({ time }) => time !== undefined)
    for (const write of isTimed ? [...writes].sort((a, b) => (a.time ?? 0) - (b.time ?? 0)) : writes) {
      const { company_id } = write.body
      const before = this.#gathered.get(company_id)
      this.#gathered.set(company_id, {
        count: (before?.count ?? 0) + 1,
        lost: [],
        write: before
          ? {
              ...write,
              body: { ...before.write.body, ...write.body },
              custom: { ...before.write.custom, ...write.custom },
              times: toLaterTimes(before.write.times, toCompanyTimes(write), write)
            }
          : { ...write, times: toCompanyTimes(write) }
      })
    }
  }

  /** The same for a company that is not in Intercom any more, whatever is remembered of it. */
  storeAgain(write: CompanyWrite): Promise<string> {
    this.workspace.cache.evictCompany(write.body.company_id)
    this.#gathered.delete(write.body.company_id)
    return this.store(write)
  }

  /** Intercom's id of the company, which is stored by now. */
  async store(write: CompanyWrite): Promise<string> {
    const gathered = this.#gathered.get(write.body.company_id)
    if (!gathered || gathered.count === 1)
      return upsertCompany(this.workspace, { ...write, times: toCompanyTimes(write) })
    const { lost } = gathered
    gathered.stored ??= upsertCompany(this.workspace, { ...gathered.write, losses: lost, isMerged: true })
    try {
      const id = await gathered.stored
      // What was lost is told to every event that had sent it.
      const mine = new Set([
        ...Object.keys(write.custom).map(toCompanyPath),
        ...Object.keys(write.body).map(toCompanyFieldPath)
      ])
      write.losses.push(...lost.filter(({ path }) => mine.has(path)))
      return id
    } catch (thrown) {
      // A value of another event may be to blame.
      if (isPermanent(thrown)) return upsertCompany(this.workspace, { ...write, times: toCompanyTimes(write) })
      throw thrown
    }
  }
}

function toCompanyTimes({ body: { company_id: _, ...body }, custom, time }: CompanyWrite): AttributeTimes {
  return toTimes(body, custom, time)
}

/** Events of one company take turns, so that an older one, delivered again, leaves newer values alone. */
function upsertCompany(workspace: Workspace, write: TimedWrite): Promise<string> {
  const { client, cache } = workspace
  const { company_id, ...body } = write.body
  const { unknown, losses, isMerged = false } = write
  const attributes = new AttributeWriter(workspace, { model: 'company', unknown, losses, isMerged })
  return cache.mutex.runExclusive([`company ${company_id}`], async () => {
    const remembered = cache.findCompany(company_id)
    const fresh = withoutStaleValues({ ...write, body }, remembered)
    if (remembered && fresh.isEmpty) return remembered.id
    const upsert = () =>
      attributes.write(fresh, (known, custom) =>
        client.upsertCompany({ company_id, ...known, ...withoutUndefined({ custom_attributes: custom }) })
      )
    const { id, name } = await upsert().catch((thrown: unknown) => {
      if (isUnsettled(thrown)) return upsert()
      throw thrown
    })
    // The id serves as the name, but only where there is none: a group call without a name must not rename a company.
    if (name === undefined) await client.upsertCompany({ company_id, name: company_id })
    const company = cache.cacheCompany(company_id, id)
    for (const [name, time] of toWritten({ ...write, body })) company.markWritten(name, time)
    return id
  })
}

/**
 * Another worker created it at the same moment, so now it is there to be updated; or Intercom looked for it too early
 * (intercom-node, issues 461 and 490). When that happens twice, it is Segment's to try again.
 */
function isUnsettled(thrown: unknown): boolean {
  return thrown instanceof IntercomApiError && [UNIQUE_COMPANY, 'company_not_found'].includes(thrown.details.code)
}
