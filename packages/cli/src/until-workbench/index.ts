// What the workbench still takes from here until it is built on the delivery engine. Delete this folder then.
import { toOrderingKeys } from '@intercom-destinations/delivery'
import type { SegmentEvent } from '@segment/actions-core'

export { isAllowedByIntegrations as isSwitchedOn, WEB_NAMES } from '@intercom-destinations/delivery'
export { Lanes } from './lanes'
export { Pace } from './pace'
export { Patience } from './patience'
export { sendEvent, type Sender, type Sent } from './send-event'

/** The keys of a person and of a group in one list. */
export function toOrderKeys(event: SegmentEvent): string[] {
  const { person, group } = toOrderingKeys(event)
  return [...person, ...group]
}
