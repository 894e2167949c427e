import { withoutUndefined } from '@intercom-destinations/shared-mapping'
import { createProofs } from './identity-proof'
import type { PageLoss } from './losses'
import { classifyChange, mergeUpdates, toStatements, unnamedCompanies, withCompanyNames } from './merged-update'
import type { UpdateBody } from './messenger'
import type { UpdateKind } from './update-budget'

export type PersonUpdates = ReturnType<typeof createPersonUpdates>

/** The person on the page: their user id, the update that is not sent yet, and everything sent about them so far. */
export function createPersonUpdates(
  isSecured: boolean | undefined,
  userIdOfPage: string | undefined,
  toVisitor?: () => UpdateBody | undefined,
  onDoubtful?: (losses: readonly PageLoss[]) => void
) {
  let userId = userIdOfPage
  /** Whether the Messenger knows the user id. */
  let isNamed = userId !== undefined
  let pending: UpdateBody | undefined
  let isPingWanted = false
  const sent = new Map<string, string>()
  const proofs = createProofs()

  function clearPending(): void {
    pending = undefined
    isPingWanted = false
  }

  /** The pending update as it can be sent now. A secured workspace refuses a person without their proof. */
  function toSendable(): UpdateBody | undefined {
    const body = pending && proofs.prove(pending, userId)
    return body && (!isSecured || proofs.isProved(body)) ? withCompanyNames(body, sent) : undefined
  }

  /** Why an update is worth sending; undefined if it is not. */
  const toKind = (body: UpdateBody): UpdateKind | undefined =>
    classifyChange(body, sent) ?? (isPingWanted ? 'ping' : undefined)

  return {
    toSendable,
    toKind,
    clearPending,
    pending: () => pending,
    isIdentityPending(): boolean {
      const body = toSendable()
      return body !== undefined && toKind(body) === 'identity'
    },
    /** Whether the update names another user than the present one. */
    isOtherPerson: ({ user_id }: UpdateBody): boolean =>
      user_id !== undefined && userId !== undefined && user_id !== userId,
    /** Merges the update into the pending one. */
    add(body: UpdateBody, isPing: boolean): void {
      userId = body.user_id ?? userId
      proofs.remember(body)
      pending = pending ? mergeUpdates(pending, body) : body
      isPingWanted ||= isPing
    },
    /** Adds who the visitor was to the first update that names them. */
    withVisitor: (body: UpdateBody): UpdateBody =>
      body.user_id === undefined || isNamed ? body : { ...toVisitor?.(), ...body },
    /** Names the user of an earlier page, unless this page has one. */
    assume(toUserId: () => string | undefined): void {
      if (userId !== undefined) return
      userId = toUserId()
      if (userId !== undefined) pending = { ...pending, user_id: userId }
    },
    /** Marks everything in the update as sent, and reports what Intercom may ignore. Nothing is pending then. */
    markSent(body: UpdateBody): void {
      clearPending()
      isNamed ||= body.user_id !== undefined
      const unnamed = unnamedCompanies(body, sent)
      if (unnamed.length > 0) onDoubtful?.(unnamed)
      for (const [key, value] of toStatements(body)) sent.set(key, value)
    },
    /** Keeps only who the person is, so that a later boot names them. */
    keepIdentity({ user_id, email }: UpdateBody = {}): void {
      clearPending()
      if (user_id !== undefined || email !== undefined) pending = withoutUndefined({ user_id, email })
    },
    forget(): void {
      userId = undefined
      isNamed = false
      clearPending()
      sent.clear()
      proofs.forget()
    }
  }
}
