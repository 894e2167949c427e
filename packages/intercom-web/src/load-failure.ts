import { DESTINATION_NAME } from './destination-name'

/** The name of the event on `window`; its `detail` is a `LoadFailure`. */
export const LOAD_FAILURE_EVENT = 'intercom-destination:load-failure'

export interface LoadFailure {
  appId: string
  /** `other-workspace`: the page has the Messenger of another workspace, which is not changed. */
  reason: 'refused-by-policy' | 'offline' | 'blocked' | 'no-answer' | 'other-workspace'
  message: string
}

const MESSAGES: Record<LoadFailure['reason'], string> = {
  'refused-by-policy':
    'the content security policy of the page refuses its script. Allow widget.intercom.io and js.intercomcdn.com, or set the CSP nonce. If it requires trusted types, add a default policy.',
  offline: 'the browser is offline.',
  blocked:
    'its script was blocked or not found. Likely causes: an ad blocker, a wrong App ID or region, the content security policy of the page, a domain that the workspace does not allow.',
  'no-answer':
    'its script did not load in time, or did not start. Likely causes: an ad blocker, a wrong App ID or region, a slow or filtered network. If it loads later, the waiting calls are delivered.',
  'other-workspace': 'the page has the Messenger of another workspace. Remove one of the two, or correct the App ID.'
}

export function complain(appId: string, reason: LoadFailure['reason']): void {
  const message = `${DESTINATION_NAME}: Intercom (${appId}) is not used: ${MESSAGES[reason]}`
  // eslint-disable-next-line no-console -- once for each page, for a developer who misses the Messenger
  console.warn(message)
  const detail: LoadFailure = { appId, reason, message }
  window.dispatchEvent(new CustomEvent(LOAD_FAILURE_EVENT, { detail }))
}
