import { withoutUndefined } from '@intercom-destinations/shared-mapping'
import type { UpdateBody } from './messenger'

type Proof = Pick<UpdateBody, 'user_hash' | 'intercom_user_jwt'>
type Identity = Pick<UpdateBody, 'user_id' | 'email'>

/**
 * The proofs of identity that this page received, by person. They are kept in memory only: in storage they would outlive
 * the person's visit.
 */
export function createProofs() {
  const proofs = new Map<string, Proof>()
  /** The person of the last proof. */
  let proved: Identity = {}

  /** A secured workspace refuses an update without the proof and its id, even for a company alone. */
  function withIdentity(body: UpdateBody, userId: string | undefined): UpdateBody {
    const isNameless = body.user_id === undefined && (body.email === undefined || proved.user_id !== undefined)
    return isNameless && proved.user_id === userId ? { ...proved, ...body } : body
  }

  return {
    /** Keeps the proof of an update; a newer proof replaces the older one of the same person. */
    remember(body: UpdateBody): void {
      const { user_id, email, user_hash, intercom_user_jwt } = body
      const key = toKey(body)
      const proof = withoutUndefined({ user_hash, intercom_user_jwt })
      if (key === undefined || Object.keys(proof).length === 0) return
      proofs.set(key, { ...proofs.get(key), ...proof })
      proved = user_id === undefined ? { email } : { user_id }
    },
    /** Adds the proof of the person that the update names, or else of the present user. */
    prove(body: UpdateBody, userId?: string): UpdateBody {
      const whole = withIdentity(body, userId)
      return { ...whole, ...proofs.get(toKey(whole) ?? '') }
    },
    /** Whether the update names no person, or one whose proof is known. */
    isProved(body: UpdateBody): boolean {
      const key = toKey(body)
      return key === undefined || proofs.has(key)
    },
    forget(): void {
      proofs.clear()
      proved = {}
    }
  }
}

/** A proof is made for the user id, or for the email address without one (developers.intercom.com, identity verification). */
function toKey({ user_id, email }: UpdateBody): string | undefined {
  return user_id ?? email
}
