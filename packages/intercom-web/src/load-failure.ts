import { DESTINATION_NAME } from './destination-name'

/** The name of the event on `window`; its `detail` is a `LoadFailure`. */
export const LOAD_FAILURE_EVENT = 'intercom-destination:load-failure'

export interface LoadFailure {
  appId: string
  /** `other-workspace`: the page has the Messenger of another workspace, which is left alone. */
  reason: 'refused-by-policy' | 'offline' | 'blocked' | 'no-answer' | 'other-workspace'
  message: string
}

const MESSAGES: Record<LoadFailure['reason'], string> = {
  'refused-by-policy':
    'the content security policy of the page refuses its script. Allow widget.intercom.io and js.intercomcdn.com, or set the CSP nonce in the settings of the destination. Where the policy asks for trusted types, the page needs a default policy for these hosts.',
  offline: 'the browser is offline.',
  blocked:
    'its script was refused or not found. Likely causes: a wrong App ID; the wrong region; the content security policy of the page; a domain that the workspace does not allow; an ad blocker.',
  'no-answer':
    'its script did not come in time, or did not start. Likely causes: a slow or filtered network, an ad blocker, a wrong App ID or region. If it still comes, it is used, and what happened meanwhile is delivered.',
  'other-workspace':
    'the page already has the Messenger of another workspace, which is left alone. Remove one of the two, or correct the App ID.'
}

export function complain(appId: string, reason: LoadFailure['reason']): void {
  const message = `${DESTINATION_NAME}: Intercom (${appId}) is not used: ${MESSAGES[reason]}`
  // eslint-disable-next-line no-console -- said once for each page, for those who look for the missing Messenger
  console.warn(message)
  const detail: LoadFailure = { appId, reason, message }
  window.dispatchEvent(new CustomEvent(LOAD_FAILURE_EVENT, { detail }))
}
