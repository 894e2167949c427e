/** A call on `window.Intercom`, as it was made: `['trackEvent', 'Order Completed', { … }]`. */
export type MessengerCall = readonly unknown[]

export interface MessengerState {
  /** True between `boot` and `shutdown`. */
  booted: boolean
  /** Whether the Messenger's window is open. */
  open: boolean
  notificationsHidden: boolean
  /** The settings of `boot` and every `update` since; later values replace earlier ones. */
  settings: Record<string, unknown>
  events: { name: unknown; metadata: unknown }[]
}

/** What a page did with its Messenger. */
export interface MessengerStandIn {
  /** Every call in order, those of the snippet's queue first. */
  readonly calls: readonly MessengerCall[]
  readonly state: Readonly<MessengerState>
  /** Calls that Intercom would ignore or that cause trouble later: `update before boot`. */
  readonly problems: readonly string[]
  /** Reports this number of unread messages to the listeners of the page. */
  readonly receive: (unread: number) => void
}

/** The two globals of a page that a widget uses. */
export interface MessengerPage {
  Intercom?: unknown
  intercomSettings?: unknown
}

export interface MessengerOptions {
  /** The current time in milliseconds, for the limit of updates; `Date.now` by default. */
  clock?: () => number
  /** The answer of `getVisitorId`. */
  visitorId?: string
  /** Writes what the page does into a workspace: `emulator.openMessenger()`. Without it calls are only recorded. */
  session?: { readonly call: (command: unknown, first?: unknown, second?: unknown) => unknown }
}

type Listener = (...values: unknown[]) => void

/**
 * Replaces Intercom's widget on a page: runs the calls that the snippet queued, boots by itself if
 * `window.intercomSettings` holds an `app_id`, and records every call. docs/intercom.md, Messenger: methods and settings.
 *
 * `messengerScript` sends this class to browsers as text. It must not use anything outside of itself, and its members
 * are `private` instead of `#private`, because a compiler may replace those with functions outside of the class.
 */
export class RecordingMessenger implements MessengerStandIn {
  readonly calls: MessengerCall[] = []
  readonly problems: string[] = []
  readonly state: MessengerState = {
    booted: false,
    open: false,
    notificationsHidden: false,
    settings: {},
    events: []
  }
  private readonly listeners: Record<string, Listener[]> = {}
  private updateTimes: number[] = []
  // docs/intercom.md, Messenger: limits: 20 calls of `update` in 30 minutes on one page.
  private readonly updatesAllowed = 20
  private readonly updateWindowMs = 30 * 60 * 1000
  private readonly openingCommands = [
    ...['show', 'showSpace', 'showMessages', 'showNewMessage', 'startConversation', 'showArticle', 'showNews'],
    ...['showTicket', 'showConversation']
  ]
  private readonly recordedOnlyCommands = ['startTour', 'startSurvey', 'startChecklist', 'reattach_activator', 'whoami']

  constructor(
    page: MessengerPage,
    private readonly options: MessengerOptions = {}
  ) {
    const snippet = page.Intercom
    const queue: unknown[] = this.isObject(snippet) && Array.isArray(snippet.q) ? snippet.q : []
    const intercom = (...call: unknown[]): unknown => this.record(call)
    page.Intercom = intercom
    if (this.isObject(page.intercomSettings) && 'app_id' in page.intercomSettings) this.boot(page.intercomSettings)
    for (const queued of queue) {
      // The queue holds `arguments` objects, which are not arrays.
      if (this.isObject(queued)) intercom(...Array.from({ ...queued, length: Number(queued.length) }))
    }
  }

  readonly receive = (unread: number): void => {
    this.notify('onUnreadCountChange', unread)
  }

  private isObject(value: unknown): value is Record<string, unknown> {
    return (typeof value === 'object' || typeof value === 'function') && value !== null
  }

  private isListener(value: unknown): value is Listener {
    return typeof value === 'function'
  }

  private record(call: MessengerCall): unknown {
    this.calls.push(call)
    return this.execute(call[0], call[1], call[2])
  }

  private execute(command: unknown, first: unknown, second: unknown): unknown {
    switch (command) {
      case 'boot':
        return void this.boot(first)
      case 'update':
        return void this.update(first)
      case 'shutdown':
        return void this.shutdown()
      case 'getVisitorId':
        return this.state.booted ? (this.options.visitorId ?? 'emulated-visitor') : undefined
      case 'onShow':
      case 'onHide':
      case 'onUnreadCountChange':
      case 'onUserEmailSupplied':
        return void this.listen(command, first)
      case 'ready':
        if (this.isListener(first)) first()
        return undefined
      default:
        return void this.executeOther(command, first, second)
    }
  }

  /** The commands that return nothing and, except for the recorded ones, need a boot. */
  private executeOther(command: unknown, first: unknown, second: unknown): void {
    const { state, problems } = this
    const name = typeof command === 'string' ? command : ''
    const needsBoot = [...this.openingCommands, 'hide', 'trackEvent', 'hideNotifications'].includes(name)
    if (needsBoot && !state.booted) problems.push(`${name} before boot`)
    else if (this.openingCommands.includes(name)) this.setOpen(true)
    else if (name === 'hide') this.setOpen(false)
    else if (name === 'trackEvent') this.track(first, second)
    else if (name === 'hideNotifications') state.notificationsHidden = first === true
    else if (!this.recordedOnlyCommands.includes(name)) problems.push(`unknown command ${String(command)}`)
  }

  private track(name: unknown, metadata: unknown): void {
    this.state.events.push({ name, metadata })
    this.options.session?.call('trackEvent', name, metadata)
  }

  private boot(settings: unknown): void {
    if (!this.isObject(settings) || typeof settings.app_id !== 'string' || settings.app_id === '') {
      this.problems.push('boot without app_id')
      return
    }
    if (this.state.booted) this.problems.push('boot while booted')
    this.state.booted = true
    this.merge(settings)
    this.options.session?.call('boot', settings)
  }

  private update(settings: unknown): void {
    if (!this.state.booted) {
      this.problems.push('update before boot')
      return
    }
    const now = (this.options.clock ?? Date.now)()
    this.updateTimes = this.updateTimes.filter((time) => now - time < this.updateWindowMs)
    if (this.updateTimes.length >= this.updatesAllowed) {
      this.problems.push(`update over the budget of ${this.updatesAllowed} in 30 minutes`)
      return
    }
    this.updateTimes.push(now)
    const before = this.state.settings.user_id
    const next = this.isObject(settings) ? settings.user_id : undefined
    if (before !== undefined && next !== undefined && next !== before) {
      this.problems.push('another user_id without shutdown')
    }
    this.merge(settings)
    this.options.session?.call('update', settings)
  }

  private shutdown(): void {
    this.setOpen(false)
    this.state.booted = false
    this.state.notificationsHidden = false
    this.state.settings = {}
    this.options.session?.call('shutdown')
  }

  private merge(settings: unknown): void {
    if (this.isObject(settings)) this.state.settings = { ...this.state.settings, ...settings }
  }

  private setOpen(open: boolean): void {
    if (this.state.open === open) return
    this.state.open = open
    this.notify(open ? 'onShow' : 'onHide')
  }

  private listen(event: string, listener: unknown): void {
    if (this.isListener(listener)) (this.listeners[event] ??= []).push(listener)
    else this.problems.push(`${event} without a function`)
  }

  private notify(event: string, ...values: unknown[]): void {
    for (const listener of this.listeners[event] ?? []) listener(...values)
  }
}

/** Replaces Intercom's widget on this page with a recording one. */
export const installMessenger = (page: MessengerPage, options: MessengerOptions = {}): MessengerStandIn =>
  new RecordingMessenger(page, options)
