import { parseFql } from './fql-stub'
import { transform } from './mapping-kit-stub'

interface Action {
  perform(client: unknown, input: object): unknown
}

interface Definition {
  name: string
  initialize(input: object): unknown
  actions: Record<string, Action>
}

interface Subscription {
  enabled: boolean
  partnerAction: string
  subscribe: string
  mapping: Record<string, unknown>
}

/**
 * `generatePlugins` of Segment's browser runtime, without what this destination does not use: lifecycle hooks and the script
 * loader. Each filter is parsed once. A test compares the two.
 */
export function generatePlugins(definition: Definition, settings: object, subscriptions: Subscription[]) {
  let analytics: unknown
  let client: unknown
  let initializing: unknown
  let isLoaded = false
  const load = async (_context: unknown, instance: unknown): Promise<void> => {
    if (!initializing) {
      analytics = instance
      initializing = definition.initialize({ settings, analytics })
    }
    client = await initializing
    isLoaded = true
  }
  return Object.entries(definition.actions).flatMap(([key, action]) => {
    const rows = subscriptions
      .filter(({ enabled, partnerAction }) => enabled && partnerAction === key)
      .map(({ subscribe, mapping }) => ({ passes: parseFql(subscribe), mapping }))
    const evaluate = async <T extends { event: object }>(context: T): Promise<T> => {
      await Promise.all(
        rows
          .filter(({ passes }) => passes(context.event))
          .map(({ mapping }) =>
            action.perform(client, {
              payload: transform(mapping, context.event),
              mapping,
              settings,
              analytics,
              context
            })
          )
      )
      return context
    }
    return rows.length === 0
      ? []
      : {
          name: `${definition.name} ${key}`,
          type: 'destination',
          version: '0.1.0',
          ready: () => Promise.resolve(),
          isLoaded: () => isLoaded,
          load,
          track: evaluate,
          page: evaluate,
          alias: evaluate,
          identify: evaluate,
          group: evaluate
        }
  })
}
