/** A call on `window.Intercom`, as it was written: `['trackEvent', 'Order Completed', { … }]`. */
export type MessengerCall = readonly unknown[]

export interface MessengerState {
  /** Between `boot` and `shutdown`. */
  booted: boolean
  /** Whether the window of the Messenger is open. */
  open: boolean
  notificationsHidden: boolean
  /** All that `boot` and every `update` since have said, later words over earlier ones. */
  settings: Record<string, unknown>
  events: { name: unknown; metadata: unknown }[]
}

/** What a page did with its Messenger. */
export interface MessengerStandIn {
  /** Every call in order, those of the snippet's queue first. */
  readonly calls: readonly MessengerCall[]
  readonly state: Readonly<MessengerState>
  /** What Intercom would have ignored or the page will regret: `update before boot`. */
  readonly problems: readonly string[]
  /** Tells those who listen that so many messages wait. */
  readonly receive: (unread: number) => void
}

/** The two names of a page that matter to a widget. */
export interface MessengerPage {
  Intercom?: unknown
  intercomSettings?: unknown
}

export interface MessengerOptions {
  /** Milliseconds, for the budget of updates; `Date.now` when left out. */
  clock?: () => number
  /** What `getVisitorId` answers. */
  visitorId?: string
}

/**
 * Takes the place of Intercom's widget on a page: drains the queue that the snippet kept, boots by itself where
 * `window.intercomSettings` holds an `app_id`, and records what it is told. Facts B1 to B4.
 *
 * It is also sent to browsers as text, so it must not use anything from outside itself.
 */
export function installMessenger(page: MessengerPage, options: MessengerOptions = {}): MessengerStandIn {
  // Facts B4: 20 calls of `update` in 30 minutes on one page.
  const UPDATES = 20
  const UPDATES_PER_MS = 30 * 60 * 1000
  const OPENERS = [
    ...['show', 'showSpace', 'showMessages', 'showNewMessage', 'startConversation', 'showArticle', 'showNews'],
    ...['showTicket', 'showConversation']
  ]
  const RECORDED_ONLY = ['startTour', 'startSurvey', 'startChecklist', 'reattach_activator', 'whoami']

  const now = options.clock ?? Date.now
  const calls: MessengerCall[] = []
  const problems: string[] = []
  const state: MessengerState = { booted: false, open: false, notificationsHidden: false, settings: {}, events: [] }
  const listeners: Record<string, ((...news: unknown[]) => void)[]> = {}
  let updatedAt: number[] = []

  const isObject = (value: unknown): value is Record<string, unknown> =>
    (typeof value === 'object' || typeof value === 'function') && value !== null
  const isListener = (value: unknown): value is (...news: unknown[]) => void => typeof value === 'function'
  const tell = (event: string, ...news: unknown[]): void => {
    for (const listener of listeners[event] ?? []) listener(...news)
  }
  const listen = (event: string, listener: unknown): void => {
    if (isListener(listener)) (listeners[event] ??= []).push(listener)
    else problems.push(`${event} without a function`)
  }
  const setOpen = (open: boolean): void => {
    if (state.open === open) return
    state.open = open
    tell(open ? 'onShow' : 'onHide')
  }
  const merge = (settings: unknown): void => {
    if (isObject(settings)) state.settings = { ...state.settings, ...settings }
  }

  const boot = (settings: unknown): void => {
    if (!isObject(settings) || typeof settings.app_id !== 'string' || settings.app_id === '') {
      problems.push('boot without app_id')
      return
    }
    if (state.booted) problems.push('boot while booted')
    state.booted = true
    merge(settings)
  }
  const update = (settings: unknown): void => {
    if (!state.booted) {
      problems.push('update before boot')
      return
    }
    updatedAt = updatedAt.filter((at) => now() - at < UPDATES_PER_MS)
    if (updatedAt.length >= UPDATES) {
      problems.push(`update over the budget of ${UPDATES} in 30 minutes`)
      return
    }
    updatedAt.push(now())
    const before = state.settings.user_id
    if (isObject(settings) && before !== undefined && settings.user_id !== undefined && settings.user_id !== before) {
      problems.push('another user_id without shutdown')
    }
    merge(settings)
  }
  const shutdown = (): void => {
    setOpen(false)
    state.booted = false
    state.notificationsHidden = false
    state.settings = {}
  }

  const obey = (command: unknown, first: unknown, second: unknown): unknown => {
    switch (command) {
      case 'boot':
        return void boot(first)
      case 'update':
        return void update(first)
      case 'shutdown':
        return void shutdown()
      case 'getVisitorId':
        return state.booted ? (options.visitorId ?? 'emulated-visitor') : undefined
      case 'onShow':
      case 'onHide':
      case 'onUnreadCountChange':
      case 'onUserEmailSupplied':
        return void listen(command, first)
      case 'ready':
        if (isListener(first)) first()
        return undefined
      default:
    }
    const known = typeof command === 'string' ? command : ''
    const needsBoot = [...OPENERS, 'hide', 'trackEvent', 'hideNotifications'].includes(known)
    if (needsBoot && !state.booted) problems.push(`${known} before boot`)
    else if (OPENERS.includes(known)) setOpen(true)
    else if (known === 'hide') setOpen(false)
    else if (known === 'trackEvent') state.events.push({ name: first, metadata: second })
    else if (known === 'hideNotifications') state.notificationsHidden = first === true
    else if (!RECORDED_ONLY.includes(known)) problems.push(`unknown command ${String(command)}`)
    return undefined
  }
  const intercom = (...call: unknown[]): unknown => {
    calls.push(call)
    return obey(call[0], call[1], call[2])
  }

  const snippet = page.Intercom
  const queue = isObject(snippet) && Array.isArray(snippet.q) ? snippet.q : []
  page.Intercom = intercom
  if (isObject(page.intercomSettings) && 'app_id' in page.intercomSettings) boot(page.intercomSettings)
  // The queue holds `arguments`, which are no arrays.
  for (const waiting of queue)
    if (isObject(waiting)) intercom(...Array.from({ ...waiting, length: Number(waiting.length) }))

  return {
    calls,
    problems,
    state,
    receive: (unread) => {
      tell('onUnreadCountChange', unread)
    }
  }
}
