import { isAllowedByIntegrations, toFields, toUncheckedSubscription, WEB_NAMES } from '@intercom-destinations/delivery'
import { destination, intercomWebFromJson, LOSS_EVENT } from '@intercom-destinations/intercom-web'
import { transform, type SegmentEvent } from '@segment/actions-core'
import { Analytics, Context } from '@segment/analytics-next'
import { toCheckedActions } from '../mappings/checked-destination'
import type { TracedCall, TracedLoss, TracedRun, TracedSubscription, TraceSide, WebTraceOptions } from './trace-model'
import { messageOf } from '../text/message-of'

/** The name and the actions of the web destination, for those who may not load it themselves. */
export const WEB_DEFINITION = { name: destination.name, actions: toCheckedActions(destination.actions) }

/** The Messenger needs an app id; this one is not shown. */
const APP_ID = 'trace'

/** Runs the event through the plugin, with a recorder in the place of `window.Intercom`. */
export async function traceWeb(
  event: SegmentEvent,
  { settings = {}, subscriptions: rows = destination.presets }: WebTraceOptions = {}
): Promise<TraceSide> {
  const switchedOn = isAllowedByIntegrations(event.integrations, WEB_NAMES)
  const subscriptions: TracedSubscription[] = []
  for (const row of rows) {
    const { name, partnerAction, subscribe, mapping } = row
    const takes = toUncheckedSubscription(row).takes(event)
    const traced = { name: name ?? partnerAction, filter: subscribe, takes }
    if (!takes || !switchedOn) subscriptions.push(traced)
    else {
      const payload = transform(mapping, { ...event })
      const run = await runPlugin(event, { appId: APP_ID, ...settings, subscriptions: [{ ...row, enabled: true }] })
      subscriptions.push({ ...traced, run: { payload, ...run } })
    }
  }
  return { destination: destination.name, switchedOn, subscriptions }
}

async function runPlugin(event: SegmentEvent, settings: object): Promise<Omit<TracedRun, 'payload'>> {
  const { anonymousId } = event
  const page = new RecordedPage(anonymousId ?? undefined)
  // Created while there is no `window`, because with one they would read its address.
  const context = toContext(event)
  const system = Context.system()
  const analytics = new Analytics({ writeKey: APP_ID }, { disableClientPersistence: true })
  if (anonymousId) analytics.setAnonymousId(anonymousId)
  // Only the parts of a page that the plugin uses.
  Reflect.set(globalThis, 'window', page)
  Reflect.set(globalThis, 'document', { querySelector: () => null })
  try {
    for (const plugin of await intercomWebFromJson(settings)) {
      await plugin.load(system, analytics)
      if (event.type in plugin && isTraced(event.type)) await plugin[event.type]?.(context)
    }
    // The plugin collects updates for a moment, and sends them when the page ends.
    page.dispatchEvent(new Event('pagehide'))
    return { ...page.recorded(), failure: undefined }
  } catch (error) {
    return { ...page.recorded(), failure: messageOf(error) }
  } finally {
    Reflect.deleteProperty(globalThis, 'window')
    Reflect.deleteProperty(globalThis, 'document')
  }
}

class RecordedPage extends EventTarget {
  readonly #calls: TracedCall[] = []
  readonly #losses: TracedLoss[] = []
  readonly #doubtful: TracedLoss[] = []

  /** The Messenger's visitor, who has the event's anonymous id. */
  constructor(private readonly visitorId: string | undefined) {
    super()
    this.addEventListener(LOSS_EVENT, (event) => {
      if (!('detail' in event)) return
      const { losses, doubtful } = toReported(event.detail)
      this.#losses.push(...losses)
      this.#doubtful.push(...doubtful)
    })
  }

  recorded(): Pick<TracedRun, 'sent' | 'losses' | 'doubtful'> {
    return { sent: this.#calls, losses: this.#losses, doubtful: this.#doubtful }
  }

  /** A Messenger that has booted already, so that the event is an update of its own and not part of the boot. */
  readonly Intercom = Object.assign(
    (command: string, ...body: unknown[]): unknown => {
      const [name, ...rest] = body
      // It sends nothing.
      if (command === 'getVisitorId') return this.visitorId
      if (typeof name === 'string')
        this.#calls.push({ call: `Intercom('${command}', ${JSON.stringify(name)})`, body: rest[0] ?? null })
      else this.#calls.push({ call: `Intercom('${command}')`, body: name ?? null })
      return undefined
    },
    { booted: true }
  )
}

function toReported(detail: unknown): Pick<TracedRun, 'losses' | 'doubtful'> {
  const report = toFields(detail)
  return { losses: toLosses(report.losses), doubtful: toLosses(report.doubtful) }
}

function toLosses(reported: unknown): TracedLoss[] {
  const losses: unknown[] = Array.isArray(reported) ? reported : []
  return losses.filter(isLoss).map(({ path, reason, text }) => ({ path, reason, text }))
}

function isLoss(value: unknown): value is TracedLoss {
  const { path, reason, text } = toFields(value)
  return typeof path === 'string' && typeof reason === 'string' && typeof text === 'string'
}

/** The calls of Analytics.js that reach a plugin; screen calls are for apps. */
const isTraced = (type: string): type is 'track' | 'identify' | 'page' | 'group' | 'alias' =>
  ['track', 'identify', 'page', 'group', 'alias'].includes(type)

function toContext(event: unknown): Context {
  if (isPageEvent(event)) return new Context(event)
  throw new TypeError('An event has a type.')
}

/** Analytics.js requires no more of an event. */
const isPageEvent = (event: unknown): event is Context['event'] =>
  typeof event === 'object' && event !== null && 'type' in event
