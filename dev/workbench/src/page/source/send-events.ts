import type { JsonObject, Problem, Row, Submission, Submitted } from '../../contract'
import { post } from '../api'
import { problemsOf } from '../shown/problems-of'

export interface Sent {
  readonly rows: readonly Row[]
  readonly problems: readonly Problem[]
}

/** Sends events as they were written, in their order, and says which were refused. */
export async function sendEvents(events: readonly JsonObject[]): Promise<Sent> {
  try {
    const submission: Submission = { source: 'editor', lines: events.map((event) => JSON.stringify(event)) }
    const { rows, refused } = await post<Submitted>('events', submission)
    const isOne = events.length === 1
    return {
      rows,
      problems: refused.map(({ line, reason }) => ({ path: isOne ? '' : `event ${line + 1}`, message: reason }))
    }
  } catch (thrown) {
    return { rows: [], problems: problemsOf(thrown) }
  }
}
