import type { Problem, Row, Submission, Submitted } from '../../contract'
import { post } from '../api'
import { problemsOf } from '../shown/problems-of'

export interface Sent {
  readonly rows: readonly Row[]
  readonly problems: readonly Problem[]
}

/** Sends events in order, each with its JSON unchanged, and returns which were refused. */
export async function sendEvents(texts: readonly string[]): Promise<Sent> {
  try {
    const submission: Submission = { source: 'editor', lines: texts }
    const { rows, refused } = await post<Submitted>('events', submission)
    const isOne = texts.length === 1
    return {
      rows,
      problems: refused.map(({ line, reason }) => ({ path: isOne ? '' : `event ${line + 1}`, message: reason }))
    }
  } catch (thrown) {
    return { rows: [], problems: problemsOf(thrown) }
  }
}
