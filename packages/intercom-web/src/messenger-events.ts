import type { Analytics } from '@segment/analytics-next'
import { DESTINATION_NAME } from './destination-name'
import type { ListenCall } from './messenger'

/** Both of ours, so that what comes from Intercom never goes back to it. */
const NOT_TO_INTERCOM = { [DESTINATION_NAME]: false, 'Intercom Cloud Mode (Actions)': false }

/**
 * Makes Segment events of what happens in the Messenger. To be called after every boot: whether a listener outlives a
 * shutdown is not documented, so each boot has its own and only the newest speak.
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
