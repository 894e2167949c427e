import type { Company, EventMetadata, UnixSeconds } from '@intercom-destinations/shared-mapping'
import type { BootSettings } from './boot-settings'

/** A custom attribute stands beside Intercom's own keys, so no name can be checked here. */
type Attribute = string | number | boolean | null | object | undefined

/** A company as the Messenger expects it; its name is added before it is sent. Any other key is a custom attribute. */
export type MessengerCompany = Omit<Company, 'custom' | 'remove'> & { remove?: true; [custom: string]: Attribute }

/** The body of an `update`. Any other key is a custom attribute of the person. */
export interface UpdateBody {
  user_id?: string
  email?: string
  user_hash?: string
  intercom_user_jwt?: string
  name?: string
  phone?: string
  created_at?: UnixSeconds
  last_request_at?: UnixSeconds
  unsubscribed_from_emails?: boolean
  language_override?: string
  avatar?: { type: 'avatar'; image_url: string }
  company?: MessengerCompany
  companies?: MessengerCompany[]
  hide_default_launcher?: boolean
  widget?: { activator: string }
  [custom: string]: Attribute
}

/** A command to show, hide or start something (developers.intercom.com, web/methods). */
export type ShowCall =
  | [method: 'show' | 'hide']
  | [method: 'hideNotifications', isHidden: boolean]
  | [method: 'showNewMessage', text?: string]
  | [
      method:
        | 'showSpace'
        | 'startConversation'
        | 'showArticle'
        | 'showNews'
        | 'startSurvey'
        | 'startTour'
        | 'startChecklist'
        | 'showTicket'
        | 'showConversation',
      what: string
    ]

/** A listener for events of the Messenger (developers.intercom.com, web/methods). */
export type ListenCall =
  | [method: 'onShow' | 'onHide' | 'onUserEmailSupplied', listener: () => void]
  | [method: 'onUnreadCountChange', listener: (count: number) => void]

/** The calls of `window.Intercom` that this destination makes. */
export type MessengerCall =
  | [method: 'boot', settings: BootSettings & UpdateBody]
  | [method: 'update', body: UpdateBody]
  | [method: 'shutdown']
  | [method: 'trackEvent', name: string, metadata?: EventMetadata]
  | ShowCall
  | ListenCall

export type Messenger = (...call: MessengerCall) => void

declare global {
  interface Window {
    Intercom?: Messenger
  }
}
