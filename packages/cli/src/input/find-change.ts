import type { Source } from './open-source'
import { SourceError } from './source-error'

/** The error for a file that changed while or after it was read; `undefined` when it did not. */
export async function findChange({ verify }: Source): Promise<SourceError | undefined> {
  try {
    await verify()
    return undefined
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
}
