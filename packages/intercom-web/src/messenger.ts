import type { Company, EventMetadata, UnixSeconds } from '@intercom-destinations/shared-mapping'
import type { BootSettings } from './boot-settings'

/** Something of the customer's own beside Intercom's names, which is why no name is checked here. */
type Attribute = string | number | boolean | null | object | undefined

/** A company as the Messenger takes it, its name filled in before it is sent; any further name is a custom attribute. */
export type MessengerCompany = Omit<Company, 'custom' | 'remove'> & { remove?: true; [custom: string]: Attribute }

/** What an `update` may say; any further name is a custom attribute of the person. */
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

/** What somebody asks the Messenger to do or to show (developers.intercom.com, web/methods). */
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

/** What the Messenger tells the page (the same page of Intercom's documentation). */
export type ListenCall =
  | [method: 'onShow' | 'onHide' | 'onUserEmailSupplied', listener: () => void]
  | [method: 'onUnreadCountChange', listener: (count: number) => void]

/** A call of `window.Intercom`, as it is written: those that we make, no more. */
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
