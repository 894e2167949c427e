import { EXIT_CODES } from '../command/exit-codes'
import type { Summary } from './summary'

/** A list without items, or a header without rows. */
export const holdsNoEvents = ({ complete, lines }: Summary): boolean =>
  complete && lines.events + lines.unreadable + lines.earlier === 0

/** The exit code of a run that was not interrupted. */
export function exitCodeOf(summary: Summary): number {
  const { events, lines, brokeOff } = summary
  if (brokeOff?.by === 'intercom') return EXIT_CODES.cannotConnect
  const failed = events.rejected + lines.unreadable
  return failed > 0 || brokeOff !== null || holdsNoEvents(summary) ? EXIT_CODES.someRejected : EXIT_CODES.delivered
}
