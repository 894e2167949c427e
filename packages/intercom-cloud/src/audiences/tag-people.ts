import type { Loss } from '@intercom-destinations/shared-mapping'
import { groupByConnectedKeys } from '../batch/group-by-connected-keys'
import { mapWithConcurrency } from '../batch/map-with-concurrency'
import type { Result } from '../batch/perform-together'
import { toPersonKeys } from '../batch/person-keys'
import { toSlices } from '../batch/to-slices'
import { BAD_INPUT_STATUSES, GONE, NOT_FOUND, TOO_LARGE } from '../client/http-status'
import { hasStatus } from '../client/intercom-api-error'
import { isWithinRetryWindow } from '../clock'
import { createFromIds } from '../contacts/create-from-ids'
import { findPerson, findPrefetchedPerson, isCached, prefetchPeople } from '../contacts/find-people'
import { followMerged } from '../contacts/merge-leads'
import { contactNotFoundYet, permanentError } from '../errors'
import type { CallContext } from '../state/call-context'
import type { TagChange } from './read-change'

/** People and calls under way at once. */
const CONCURRENCY = 20
/** Intercom documents no limit for one call, and refuses a body that is too large, which is then halved. */
const MAX_PEOPLE_PER_CALL = 1000

/** All changes of one person's tag. The latest decides. */
interface Tagging {
  id: string
  changes: [TagChange, ...TagChange[]]
}

/** People of one tag who all get it, or all lose it. */
interface TagCall {
  name: string
  isMember: boolean
  taggings: readonly Tagging[]
}

/**
 * Tags and untags the people of a batch: one call for each tag and direction, after as few searches as possible. An id
 * that Intercom does not have fails the whole call, so the people of a refused call are halved until it is alone.
 */
export async function tagPeople(
  context: CallContext,
  changes: readonly TagChange[]
): Promise<ReadonlyMap<TagChange, Result>> {
  const batch = new TagBatch(context)
  const taggings = toTaggings(await batch.findIds(changes))
  await mapWithConcurrency(batch.toCalls(taggings), CONCURRENCY, (call) => batch.send(call))
  return batch.results
}

class TagBatch {
  readonly results = new Map<TagChange, Result>()

  constructor(private readonly context: CallContext) {}

  /** The changes of people who are in Intercom, with Intercom's ids. The other changes get their results. */
  async findIds(changes: readonly TagChange[]): Promise<[TagChange, string][]> {
    const found: [TagChange, string][] = []
    const failure = await this.#prefetch(changes)
    const byPerson = groupByConnectedKeys(changes, ({ person }) => toPersonKeys(this.context, person))
    await mapWithConcurrency(byPerson, CONCURRENCY, async (own) => {
      for (const change of own) {
        try {
          // After a failed search of all people, a search for each of them would fail, too.
          if (failure && !isCached(this.context, change.person)) throw failure.thrown
          const id = (await findPrefetchedPerson(this.context, change.person)) ?? (await this.#create(change))
          if (id === undefined) this.#settleUnknown([change])
          else found.push([change, id])
        } catch (thrown) {
          this.#fail([change], thrown)
        }
      }
    })
    return found
  }

  /** One list for each call. A change that is older than the last one of its tag is done. */
  toCalls(taggings: readonly Tagging[]): TagCall[] {
    const calls = new Map<string, { name: string; isMember: boolean; taggings: Tagging[] }>()
    for (const tagging of taggings) {
      const { tag: name, isMember, time } = toLatest(tagging)
      const writtenAt = this.context.cache.findContactById(tagging.id)?.writtenAt(toTagName(name))
      if (time !== undefined && writtenAt !== undefined && time < writtenAt) {
        this.#settle(tagging)
        continue
      }
      const key = JSON.stringify([name.toLowerCase(), isMember])
      const call = calls.get(key) ?? { name, isMember, taggings: [] }
      call.taggings.push(tagging)
      calls.set(key, call)
    }
    return [...calls.values()].flatMap((call) =>
      toSlices(call.taggings, MAX_PEOPLE_PER_CALL).map((taggings) => ({ ...call, taggings }))
    )
  }

  async send(call: TagCall): Promise<void> {
    try {
      await this.#write(call)
    } catch (thrown) {
      await this.#resend(call, await this.#toTagFailure(call, thrown))
    }
  }

  /** Tries the two halves of a refused call, down to the one person whose id is the reason. */
  async #resend(call: TagCall, failure: { thrown: unknown; isOfOne: boolean }): Promise<void> {
    const { taggings } = call
    const [only] = taggings
    if (!failure.isOfOne || only === undefined) {
      for (const { changes } of taggings) this.#fail(changes, failure.thrown)
      return
    }
    if (taggings.length === 1) {
      await this.#resendOne(call, only, failure.thrown)
      return
    }
    for (const half of toSlices(taggings, Math.ceil(taggings.length / 2))) {
      const part = { ...call, taggings: half }
      try {
        await this.#write(part)
      } catch (thrown) {
        await this.#resend(part, { thrown, isOfOne: isOfOne(thrown) || isBadInput(thrown) })
      }
    }
  }

  /** Whether a refusal may be about one person: Intercom's 400 may be about the tag, so the tag is tried alone. */
  async #toTagFailure({ name }: TagCall, thrown: unknown): Promise<{ thrown: unknown; isOfOne: boolean }> {
    if (!isBadInput(thrown)) return { thrown, isOfOne: isOfOne(thrown) }
    try {
      await this.context.client.upsertTag(name)
      return { thrown, isOfOne: true }
    } catch (ofTag) {
      return { thrown: ofTag, isOfOne: false }
    }
  }

  /** Intercom refuses the id of this person: the contact was merged, or the cache or the search is outdated. */
  async #resendOne(call: TagCall, tagging: Tagging, thrown: unknown): Promise<void> {
    const { context } = this
    if (!hasStatus(thrown, NOT_FOUND, GONE)) {
      this.#fail(tagging.changes, thrown)
      return
    }
    const { id, changes } = tagging
    try {
      const canonicalId = hasStatus(thrown, GONE) ? thrown.details.canonicalId : undefined
      context.cache.evictContact(id)
      context.contactSearch.clear()
      const other = canonicalId ?? (await findPerson(context, changes[0].person))
      if (other === undefined || other === id) this.#settleUnknown(changes)
      else await followMerged(other, (next) => this.#write({ ...call, taggings: [{ id: next, changes }] }))
    } catch (again) {
      if (hasStatus(again, NOT_FOUND, GONE)) this.#settleUnknown(changes)
      else this.#fail(changes, again)
    }
  }

  async #write({ name, isMember, taggings }: TagCall): Promise<void> {
    const { client, cache } = this.context
    const ids = taggings.map(({ id }) => id)
    await (isMember ? client.tagContacts(name, ids) : client.untagContacts(name, ids))
    for (const tagging of taggings) {
      const { time } = toLatest(tagging)
      if (time !== undefined) cache.findContactById(tagging.id)?.markWritten(toTagName(name), time)
      this.#settle(tagging)
    }
  }

  async #prefetch(changes: readonly TagChange[]): Promise<{ thrown: unknown } | undefined> {
    try {
      await prefetchPeople(
        this.context,
        changes.map(({ person }) => person)
      )
      return undefined
    } catch (thrown) {
      return { thrown }
    }
  }

  /** The id of the new contact, if the mapping creates unknown people. A person who leaves is not created. */
  async #create({ person, isMember, unknown }: TagChange): Promise<string | undefined> {
    if (unknown !== 'create' || !isMember || person.id !== undefined) return undefined
    return (await createFromIds(this.context, person)).id
  }

  #settle({ id, changes }: Tagging): void {
    for (const change of changes) this.results.set(change, { report: { contactId: id, losses: [...change.losses] } })
  }

  /** The identify may still arrive. Afterwards an entry is rejected, and an exit has nothing to do. */
  #settleUnknown(changes: readonly TagChange[]): void {
    for (const change of changes) {
      const { unknown, time, isMember } = change
      if (unknown !== 'fail' && isWithinRetryWindow(time, this.context.clock))
        this.#fail([change], contactNotFoundYet())
      else if (isMember) this.#fail([change], permanentError('contact-unknown'))
      else {
        const losses: Loss[] = [...change.losses, { path: 'contact', reason: 'not-in-intercom' }]
        this.results.set(change, { report: { skipped: true, losses } })
      }
    }
  }

  #fail(changes: readonly TagChange[], failure: unknown): void {
    for (const change of changes) this.results.set(change, { failure })
  }
}

/** An id is unknown or merged, or the body is too large. */
const isOfOne = (thrown: unknown): boolean => hasStatus(thrown, NOT_FOUND, GONE, TOO_LARGE)

const isBadInput = (thrown: unknown): boolean => hasStatus(thrown, ...BAD_INPUT_STATUSES)

function toTaggings(found: readonly (readonly [TagChange, string])[]): Tagging[] {
  const taggings = new Map<string, Tagging>()
  for (const [change, id] of found) {
    const key = JSON.stringify([id, change.tag.toLowerCase()])
    const known = taggings.get(key)
    if (known) known.changes.push(change)
    else taggings.set(key, { id, changes: [change] })
  }
  return [...taggings.values()]
}

/** The latest by the event times if all changes have one, else the last of the batch. */
function toLatest({ changes }: Tagging): TagChange {
  const isTimed = changes.every(({ time }) => time !== undefined)
  return changes.reduce((latest, change) => (isTimed && (change.time ?? 0) < (latest.time ?? 0) ? latest : change))
}

/** The name under which the time of a tag's last change is remembered. Intercom ignores case in tags. */
function toTagName(tag: string): string {
  return `tags.${tag.toLowerCase()}`
}
