import type { Loss } from '@intercom-destinations/shared-mapping'
import type { Contact } from '../client/types'
import type { CallContext } from '../state/call-context'
import { LINK } from '../state/record-names'
import { MAX_AGE_MS } from '../state/state-store'
import type { WorkspaceCache } from '../state/workspace-cache'
import type { ContactKey } from './contact-search'
import { findContactByExternalId, hasExternalId } from './find-contact'
import { readSwitchedText } from './switched-text'
import { toExternalId, toLeads, type UpsertPlan, type UpsertTarget } from './upsert-plan'

/** The path of a loss about the user with the anonymous id. */
export const ANONYMOUS_ID = 'anonymous_id'

/** The anonymous id, if the mapping stores people by it. */
export function readAnonymousId(
  losses: Loss[],
  fields: { use_anonymous_id?: unknown; anonymous_id?: unknown }
): string | undefined {
  return readSwitchedText(losses, fields, 'use_anonymous_id', ANONYMOUS_ID)
}

/** Whether a search for a person has to look for a user with the anonymous id, too. */
export function isAnonymousIdOpen(cache: WorkspaceCache, { external_id, anonymous_id }: ContactKey): boolean {
  return anonymous_id !== undefined && toFinding(cache, external_id, anonymous_id).find() === undefined
}

/** What was found out within the last hour: whether Intercom has another user with the anonymous id of a user. */
function toFinding(cache: WorkspaceCache, external_id: string, anonymousId: string) {
  const record = cache.names.of('user', external_id)
  const field = `anonymous ${cache.names.hash('user', anonymousId)}`
  return {
    find: () => cache.findRecent(record, field, MAX_AGE_MS),
    set: (state: typeof NONE | typeof OTHER) => cache.change(record, field, state)
  }
}

const NONE = 'none'
const OTHER = 'other'

type Target = UpsertTarget & { losses: Loss[] }

/**
 * The user that Intercom may have under the anonymous id of a person whose user id has come. That user is renamed, because
 * Intercom cannot merge two users. Beside a user who has the user id already, it stays another one, which is a loss.
 */
export class AnonymousUser {
  #asked: { found: Contact | undefined } | undefined

  constructor(
    private readonly context: CallContext,
    private readonly target: Target
  ) {}

  /** The plan, with the renaming in the place of a creation. A lead is merged into the renamed user. */
  async toPlan(plan: UpsertPlan): Promise<UpsertPlan> {
    const { anonymousId } = this.target
    const external_id = toExternalId(this.target)
    const { attempt } = plan
    const isUser = attempt.kind === 'update' && attempt.contact.role === 'user'
    if (anonymousId === undefined || external_id === undefined || isUser) return plan
    const found = await this.#find(anonymousId)
    this.#asked = { found }
    if (!found) return plan
    // What Intercom does with an id that another user has is not documented.
    const own = await findContactByExternalId(this.context, external_id)
    if (own) return { ...plan, attempt: { kind: 'update', contact: own }, leads: toLeads(plan) }
    // Until Intercom answers, it is not certain which of the two ids the user has.
    const { cache, contactSearch } = this.context
    cache.remove(cache.names.of('user', anonymousId), LINK)
    contactSearch.forget(anonymousId)
    const { external_id: _, ...unnamed } = found
    return { ...plan, attempt: { kind: 'update', contact: unnamed }, leads: toLeads(plan) }
  }

  /** Reports a user with the anonymous id beside the one that was written. Intercom is asked once an hour. */
  async settle({ id }: Contact): Promise<void> {
    const { anonymousId, losses } = this.target
    const external_id = toExternalId(this.target)
    if (anonymousId === undefined || external_id === undefined) return
    const finding = toFinding(this.context.cache, external_id, anonymousId)
    let state = this.#asked ? undefined : finding.find()
    if (state === undefined) finding.set((state = (await this.#findOther(anonymousId, id)) ? OTHER : NONE))
    if (state === OTHER) losses.push({ path: ANONYMOUS_ID, reason: 'user-with-anonymous-id' })
  }

  async #findOther(anonymousId: string, id: string): Promise<boolean> {
    const found = this.#asked ? this.#asked.found : await this.#findPrefetched(anonymousId)
    return found !== undefined && found.id !== id
  }

  /** Without a call for each person of a batch. A user of the last minutes may be missing there. */
  async #findPrefetched(anonymousId: string): Promise<Contact | undefined> {
    const prefetched = this.context.contactSearch.findPrefetched({ external_id: anonymousId })
    return prefetched ? prefetched.find((one) => hasExternalId(one, anonymousId)) : this.#find(anonymousId)
  }

  async #find(anonymousId: string): Promise<Contact | undefined> {
    const found = await findContactByExternalId(this.context, anonymousId)
    return found && hasExternalId(found, anonymousId) ? found : undefined
  }
}
