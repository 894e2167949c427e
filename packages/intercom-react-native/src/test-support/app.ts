import {
  createClient,
  type Config,
  type EventType,
  type SegmentClient,
  type SegmentError,
  type SegmentEvent
} from '@segment/analytics-react-native'
import { IntercomPlugin, type IntercomPluginOptions, type LossReport } from '..'
import type { MobileLoss } from '../losses'

export interface App {
  client: SegmentClient
  plugin: IntercomPlugin
  reports: LossReport[]
  errors: SegmentError[]
  /** What the logger of the client was given as warnings. */
  warnings: unknown[]
}

interface AppOptions {
  plugin?: IntercomPluginOptions
  /** The integrations in Segment's settings. `undefined`: they cannot be fetched. */
  integrations?: Record<string, object> | undefined
  /** Passed to `client.add`. */
  settings?: Record<string, unknown>
  config?: Partial<Config>
}

const CONNECTED = { Intercom: {} }

/** Starts an app: the real Segment client, with its storage and the network left out, and the plugin. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const { plugin: pluginOptions, settings, config } = options
  const integrations = 'integrations' in options ? options.integrations : CONNECTED
  jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation(() =>
      integrations
        ? Promise.resolve(new Response(JSON.stringify({ integrations })))
        : Promise.reject(new Error('there is no network'))
    )
  const app: Omit<App, 'client' | 'plugin'> = { reports: [], errors: [], warnings: [] }
  const client = createClient({
    writeKey: 'key',
    autoAddSegmentDestination: false,
    trackAppLifecycleEvents: false,
    flushPolicies: [],
    storePersistor: { get: () => Promise.resolve(undefined), set: () => Promise.resolve() },
    logger: {
      enable: () => undefined,
      disable: () => undefined,
      info: () => undefined,
      warn: (...warning: unknown[]) => void app.warnings.push(...warning),
      error: () => undefined
    },
    errorHandler: (error) => void app.errors.push(error),
    ...config
  })
  const plugin = new IntercomPlugin({ onLoss: (report) => void app.reports.push(report), ...pluginOptions })
  client.add({ plugin, ...(settings && { settings }) })
  // Until it runs, the client keeps events back.
  while (!client.isReady.value || client.running.get() !== true) await new Promise((resolve) => setImmediate(resolve))
  return { ...app, client, plugin }
}

/** Passes an event to the plugin with every field given, as the timeline of the client does. */
export function pass(plugin: IntercomPlugin, event: { type: string; [field: string]: unknown }): Promise<unknown> {
  if (!isSegmentEvent(event)) throw new Error(`There is no ${event.type} on a phone`)
  return plugin.execute(event)
}

const EVENT_TYPES: readonly `${EventType}`[] = ['identify', 'track', 'screen', 'group', 'alias']

function isSegmentEvent(event: { type: string }): event is SegmentEvent {
  return EVENT_TYPES.some((type) => type === event.type)
}

const withoutText = ({ path, reason }: MobileLoss): MobileLoss => ({ path, reason })

export const toLosses = (reports: readonly LossReport[]) => reports.flatMap((one) => one.losses.map(withoutText))
export const toDoubts = (reports: readonly LossReport[]) => reports.flatMap((one) => one.doubtful.map(withoutText))
