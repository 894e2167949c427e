import { withoutUndefined } from '@intercom-destinations/shared-mapping'
import type { UpdateBody } from './messenger'

type Proof = Pick<UpdateBody, 'user_hash' | 'intercom_user_jwt'>
type Identity = Pick<UpdateBody, 'user_id' | 'email'>

/**
 * The proofs that this page has seen, by the person they are for. They live here and nowhere else: a proof in storage
 * would outlive the person's visit.
 */
export function createProofs() {
  const proofs = new Map<string, Proof>()
  /** The person that the last proof was for. */
  let proved: Identity = {}

  /** A secured workspace refuses what comes without the proof and the id it belongs to, a company alone too. */
  function named(body: UpdateBody, person: string | undefined): UpdateBody {
    const isNameless = body.user_id === undefined && (body.email === undefined || proved.user_id !== undefined)
    return isNameless && proved.user_id === person ? { ...proved, ...body } : body
  }

  return {
    /** Keeps the proof that comes with a person; a newer one takes the place of an older. */
    remember(body: UpdateBody): void {
      const { user_id, email, user_hash, intercom_user_jwt } = body
      const person = toPerson(body)
      const proof = withoutUndefined({ user_hash, intercom_user_jwt })
      if (person === undefined || Object.keys(proof).length === 0) return
      proofs.set(person, { ...proofs.get(person), ...proof })
      proved = user_id === undefined ? { email } : { user_id }
    },
    /** The update with the proof of the person that it names, or else of the one who is there. */
    prove(body: UpdateBody, person?: string): UpdateBody {
      const whole = named(body, person)
      return { ...whole, ...proofs.get(toPerson(whole) ?? '') }
    },
    /** Whether the update names nobody, or somebody whose proof was seen. */
    isProved(body: UpdateBody): boolean {
      const person = toPerson(body)
      return person === undefined || proofs.has(person)
    },
    forget(): void {
      proofs.clear()
      proved = {}
    }
  }
}

/** Intercom proves the user id, or the address where there is none (developers.intercom.com, identity verification). */
function toPerson({ user_id, email }: UpdateBody): string | undefined {
  return user_id ?? email
}
