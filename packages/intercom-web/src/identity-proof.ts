import { withoutUndefined } from '@intercom-destinations/shared-mapping'
import type { UpdateBody } from './messenger'

type Proof = Pick<UpdateBody, 'user_hash' | 'intercom_user_jwt'>

/**
 * The proofs that this page has seen, by the person they are for. They live here and nowhere else: a proof in storage
 * would outlive the person's visit.
 */
export function createProofs() {
  const proofs = new Map<string, Proof>()
  return {
    /** Keeps the proof that comes with a person; a newer one takes the place of an older. */
    remember(body: UpdateBody): void {
      const { user_hash, intercom_user_jwt } = body
      const person = toPerson(body)
      const proof = withoutUndefined({ user_hash, intercom_user_jwt })
      if (person !== undefined && Object.keys(proof).length > 0) proofs.set(person, { ...proofs.get(person), ...proof })
    },
    /** The update with the proof of the person whom it names. */
    prove(body: UpdateBody): UpdateBody {
      return { ...body, ...proofs.get(toPerson(body) ?? '') }
    },
    /** Whether the update names nobody, or somebody whose proof was seen. */
    isProved(body: UpdateBody): boolean {
      const person = toPerson(body)
      return person === undefined || proofs.has(person)
    },
    forget(): void {
      proofs.clear()
    }
  }
}

/** Intercom proves the user id, or the address where there is none (developers.intercom.com, identity verification). */
function toPerson({ user_id, email }: UpdateBody): string | undefined {
  return user_id ?? email
}
