import type { Analytics } from '@segment/analytics-next'
import { DESTINATION_NAME } from './destination-name'
import type { ListenCall } from './messenger'

/** Both of our destinations, so that events of the Messenger are never sent back to Intercom. */
const NOT_TO_INTERCOM = { [DESTINATION_NAME]: false, 'Intercom Cloud Mode (Actions)': false }

/**
 * Tracks Messenger events as Segment events. Call the result after every boot: it is not documented whether a listener
 * survives a shutdown, so each boot adds its own and only the newest ones track.
 */
export function createMessengerEvents(analytics: Pick<Analytics, 'track'>, listen: (call: ListenCall) => void) {
  let newest = 0
  return (): void => {
    const mine = (newest += 1)
    const track = (name: string, properties: { unread_count?: number } = {}) => {
      if (mine === newest)
        void analytics.track(`Intercom Messenger ${name}`, properties, { integrations: NOT_TO_INTERCOM })
    }
    let unread: number | undefined
    listen(['onShow', () => track('Shown')])
    listen(['onHide', () => track('Hidden')])
    listen([
      'onUnreadCountChange',
      (unread_count) => {
        if (unread_count !== unread) track('Unread Count Changed', { unread_count })
        unread = unread_count
      }
    ])
    listen(['onUserEmailSupplied', () => track('Email Supplied')])
  }
}
