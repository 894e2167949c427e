import type { Problem } from '../../contract'
import { Refused } from '../api'

/** A thrown error as problems. */
export function problemsOf(thrown: unknown): readonly Problem[] {
  if (thrown instanceof Refused) return thrown.problems
  return [{ path: '', message: thrown instanceof Error ? thrown.message : 'Something went wrong.' }]
}
