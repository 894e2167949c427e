import type { Problems } from '../../contract'

/** A refusal with one problem; without a path it concerns the whole request. */
export const toProblems = (message: string, path = ''): Problems => ({ problems: [{ path, message }] })
