import { isForWebHalfToo, type Run } from '@intercom-destinations/delivery'
import type { SegmentEvent } from '@segment/actions-core'

/** Whether the run writes an event; other actions write people and companies. */
export const isTrack = ({ action }: Run['subscription']): boolean => action === 'trackEvent'

/** Whether Intercom has the event from its page as well, as far as the event says so. Of people the later write counts. */
export function isCountedTwice(event: SegmentEvent, runs: readonly Run[]): boolean {
  return (
    isForWebHalfToo(event) &&
    runs.some(({ subscription, outcome }) => isTrack(subscription) && outcome.kind === 'delivered')
  )
}
