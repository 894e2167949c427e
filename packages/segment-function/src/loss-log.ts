import type { Verdict } from '@intercom-destinations/delivery'
import { toLossLine } from '@intercom-destinations/intercom-cloud'

/** Names each kind of loss of a call once, in one line of the function's log: paths and reasons, no values. */
export function logLosses(verdicts: readonly Verdict[]): void {
  const losses = verdicts.flatMap(({ losses, doubtful }) => [...losses, ...doubtful])
  const kinds = new Map(losses.map((loss) => [JSON.stringify([loss.path, loss.reason]), loss]))
  if (kinds.size > 0) log(toLossLine([...kinds.values()]))
}

function log(line: string): void {
  // The log is how a function tells its author something.
  // eslint-disable-next-line no-console
  console.log(line)
}
