import type { Problems } from '../../contract'

/** One thing that is wrong, as a refusal says it; without a path it is about the whole. */
export const toProblems = (message: string, path = ''): Problems => ({ problems: [{ path, message }] })
