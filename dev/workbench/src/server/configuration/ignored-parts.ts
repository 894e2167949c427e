import { findMappingWarnings } from '@intercom-destinations/cli'
import type { Problem, SubscriptionRow } from '../../contract'

/** Found once for each list: the state is sent often, and a changed configuration has a new list. */
const known = new WeakMap<readonly SubscriptionRow[], readonly Problem[]>()

/** What Segment takes without a word, and ignores or sends as it stands, in the mappings of a destination. */
export function findIgnoredParts(rows: readonly SubscriptionRow[]): readonly Problem[] {
  const found =
    known.get(rows) ??
    rows.flatMap((row, index) =>
      findMappingWarnings(row).map(({ path, message }) => ({ path: `subscriptions[${index}].${path}`, message }))
    )
  known.set(rows, found)
  return found
}
