import type { Plugin } from '@segment/analytics-next'

/** An event with what the default mappings read. Its losses are not reported. */
export const SAMPLE = {
  type: '',
  userId: 'a',
  groupId: 'a',
  event: 'a',
  timestamp: '2024-01-02T03:04:05Z',
  traits: { email: 'a@a', company: { id: 'a' } },
  properties: { revenue: 1 }
}

/**
 * Passes a sample event of each type through plugins whose client sends nothing, while the page is idle. Otherwise the
 * first event of a visitor waits until the browser has compiled the code, and until filters and mappings are read. One event
 * for each idle moment, so that the page can answer in between. Rejects if a mapping cannot be followed.
 */
export async function rehearse(plugins: readonly Plugin[]): Promise<void> {
  for (const type of ['identify', 'track', 'group'] as const)
    for (const plugin of plugins) {
      await new Promise((resolve) => requestIdleCallback(resolve))
      SAMPLE.type = type
      await Reflect.apply(plugin.load, plugin, [])
      await Reflect.apply(plugin[type] ?? plugin.load, plugin, [{ event: SAMPLE }])
    }
}
