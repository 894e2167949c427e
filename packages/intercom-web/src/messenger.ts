import type { EventMetadata, UnixSeconds } from '@intercom-destinations/shared-mapping'
import { buildBootSettings, type BootSettings } from './boot-settings'
import type { Settings } from './generated-types'

/** Something of the customer's own beside Intercom's names, which is why no name is checked here. */
type Attribute = string | number | boolean | null | object | undefined

/** A company as the Messenger takes it; any further name is a custom attribute. */
export interface MessengerCompany {
  company_id: string
  name: string
  created_at?: UnixSeconds
  plan?: string
  monthly_spend?: number
  size?: number
  website?: string
  industry?: string
  remove?: true
  [custom: string]: Attribute
}

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

/** `window.Intercom`, command by command (developers.intercom.com, web/methods): those that we give, no more. */
export interface Messenger {
  (command: 'boot', settings: BootSettings): void
  (command: 'update', body: UpdateBody): void
  (command: 'trackEvent', name: string, metadata?: EventMetadata): void
}

declare global {
  interface Window {
    Intercom?: Messenger
  }
}

const WIDGET_URL = 'https://widget.intercom.io/widget/'

/**
 * Starts Intercom's widget and boots it, once; on a server it gives nothing.
 *
 * It does not wait for the network: until Intercom's script has come, the calls wait in the stub's queue, in their
 * order. A `window.Intercom` that is there already is used as it is. Throws, before anything touches the page, when the
 * settings do not make a usable address.
 *
 * The place for what a page can do to a widget (blocked script, somebody else's messenger, logout) is here.
 */
export function loadMessenger(settings: Settings): Messenger | undefined {
  if (typeof window === 'undefined') return undefined
  const boot = buildBootSettings(settings)
  if (typeof window.Intercom !== 'function') {
    window.Intercom = createQueue()
    document.head.append(createScript(WIDGET_URL + encodeURIComponent(boot.app_id), settings.cspNonce))
  }
  callIntercom('boot', boot)
  return callIntercom
}

/** Asks for `window.Intercom` on every call, because Intercom's script puts itself in the place of the stub. */
const callIntercom: Messenger = (...call: unknown[]) => {
  if (window.Intercom) Reflect.apply(window.Intercom, undefined, call)
}

interface Queue {
  (): void
  q: IArguments[]
  c: (call: IArguments) => void
}

/** The stub of Intercom's snippet (developers.intercom.com, web/installation); its script looks for `q`. */
function createQueue(): Queue {
  const queue: Queue = function () {
    // eslint-disable-next-line prefer-rest-params -- Intercom's script is promised `arguments`, as its own snippet keeps them
    queue.c(arguments)
  }
  queue.q = []
  queue.c = (call) => {
    queue.q.push(call)
  }
  return queue
}

function createScript(src: string, nonce: string | undefined): HTMLScriptElement {
  const script = document.createElement('script')
  script.async = true
  script.src = src
  if (nonce) script.setAttribute('nonce', nonce)
  return script
}
