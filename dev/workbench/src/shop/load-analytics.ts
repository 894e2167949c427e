const METHODS = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'reset', 'ready', 'on', 'once', 'off']

/**
 * Segment's snippet for the head of a site (segment.com/docs/connections/sources/catalog/libraries/website/javascript,
 * "Step 2"), with the CDN of this server: a list buffers calls until Analytics.js has loaded and replaces it.
 */
export function loadAnalytics(writeKey: string): void {
  const cdn = `${location.origin}/cdn`
  const waiting: unknown[][] = []
  const keep =
    (method: string) =>
    (...call: unknown[]) => {
      waiting.push([method, ...call])
    }
  const snippet = Object.assign(waiting, Object.fromEntries(METHODS.map((method) => [method, keep(method)])), {
    invoked: true,
    _writeKey: writeKey,
    _cdn: cdn,
    _loadOptions: {},
    SNIPPET_VERSION: '5.2.1'
  })
  Reflect.set(window, 'analytics', snippet)
  const script = document.createElement('script')
  script.async = true
  script.dataset.globalSegmentAnalyticsKey = 'analytics'
  script.src = `${cdn}/analytics.js/v1/${encodeURIComponent(writeKey)}/analytics.min.js`
  document.head.append(script)
}

/** Calls `analytics`: the snippet's list, or the library that has replaced it. */
export function callAnalytics(method: string, ...call: readonly unknown[]): void {
  const analytics: unknown = Reflect.get(window, 'analytics')
  if (typeof analytics !== 'object' || analytics === null) return
  const found: unknown = Reflect.get(analytics, method)
  if (typeof found === 'function') Reflect.apply(found, analytics, call)
}
