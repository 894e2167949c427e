import type { CustomAttributes, Loss } from '@intercom-destinations/shared-mapping'
import type { CompanyBody } from './api'
import { AttributeWriter, toCompanyPath, type UnknownAttributes } from './attributes'
import { isRefused } from './errors'
import { IntercomFailure } from './failure'
import type { Session } from './session'

/** What a mapping says of a company. */
export interface CompanyWrite {
  body: CompanyBody
  custom: CustomAttributes
  unknown: UnknownAttributes
  /** Where what is left out is written down. */
  losses: Loss[]
}

interface Gathered {
  write: CompanyWrite
  count: number
  lost: Loss[]
  stored?: Promise<string>
}

/** Stores each company of a batch once, with the last value of every attribute, however many events name it. */
export class CompanyUpserts {
  readonly #gathered = new Map<string, Gathered>()

  /** Says beforehand what the batch will store; in the order of the events. */
  prepare(writes: readonly CompanyWrite[]): void {
    for (const write of writes) {
      const { company_id } = write.body
      const before = this.#gathered.get(company_id)
      this.#gathered.set(company_id, {
        count: (before?.count ?? 0) + 1,
        lost: [],
        write: before
          ? {
              ...write,
              body: { ...before.write.body, ...write.body },
              custom: { ...before.write.custom, ...write.custom }
            }
          : write
      })
    }
  }

  /** Intercom's id of the company, which is stored by now. */
  async store(session: Session, write: CompanyWrite): Promise<string> {
    const gathered = this.#gathered.get(write.body.company_id)
    if (!gathered || gathered.count === 1) return upsertCompany(session, write)
    const { lost } = gathered
    gathered.stored ??= upsertCompany(session, { ...gathered.write, losses: lost })
    try {
      const id = await gathered.stored
      // What was lost is told to every event that had sent it.
      const mine = new Set(Object.keys(write.custom).map(toCompanyPath))
      write.losses.push(...lost.filter(({ path }) => mine.has(path)))
      return id
    } catch (thrown) {
      // A value of another event may be to blame.
      if (isRefused(thrown)) return upsertCompany(session, write)
      throw thrown
    }
  }
}

function upsertCompany(session: Session, { body, custom, unknown, losses }: CompanyWrite): Promise<string> {
  const { api, memory } = session
  const { company_id } = body
  const attributes = new AttributeWriter(api, 'company', unknown, losses)
  const upsert = () =>
    attributes.write(custom, (known) =>
      api.upsertCompany(known === undefined ? body : { ...body, custom_attributes: known })
    )
  return memory.turns.run([`company ${company_id}`], async () => {
    const id = await upsert().catch((thrown: unknown) => {
      // Another worker created it at the same moment (facts A4), so now it is there to be updated.
      if (thrown instanceof IntercomFailure && thrown.facts.code === 'unique_company_constraint') return upsert()
      throw thrown
    })
    memory.rememberId('company', company_id, id)
    return id
  })
}
