import type { State } from '../../contract'

type Address = Pick<State, 'trackingHost' | 'writeKey'>

/** The code that makes each library send to the workbench instead of Segment. */
export const LIBRARIES = [
  { name: 'Analytics.js', title: 'A page on this machine', write: toPageCode },
  { name: 'Node', title: '@segment/analytics-node', write: toNodeCode },
  { name: 'Python', title: 'segment-analytics-python', write: toPythonCode },
  { name: 'curl', title: 'The HTTP API', write: toCurlCode }
] as const

/** For a page of another local server: Segment's snippet, shortened to what a first event needs. */
function toPageCode({ trackingHost, writeKey }: Address): string {
  return `<script>
  window.analytics = Object.assign([], { _writeKey: '${writeKey}', _cdn: '${trackingHost}/cdn', invoked: true })
  for (const method of ['page', 'identify', 'track', 'group', 'reset', 'ready'])
    analytics[method] = (...call) => { analytics.push([method, ...call]) }
  analytics.page()
</script>
<script async data-global-segment-analytics-key="analytics"
  src="${trackingHost}/cdn/analytics.js/v1/${writeKey}/analytics.min.js"></script>

<button onclick="analytics.identify('u1', { email: 'ada@example.com', name: 'Ada' })">Sign up</button>
`
}

function toNodeCode({ trackingHost, writeKey }: Address): string {
  return `import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({
  writeKey: '${writeKey}',
  host: '${trackingHost}'
})

analytics.identify({
  userId: 'u1',
  traits: { email: 'ada@example.com', name: 'Ada' }
})
analytics.track({
  userId: 'u1',
  event: 'Order Completed',
  properties: { revenue: 19.99, currency: 'EUR' }
})
await analytics.closeAndFlush()
`
}

function toPythonCode({ trackingHost, writeKey }: Address): string {
  return `import segment.analytics as analytics

analytics.write_key = '${writeKey}'
analytics.host = '${trackingHost}'

analytics.identify('u1', {
    'email': 'ada@example.com',
    'name': 'Ada',
})
analytics.track('u1', 'Order Completed', {
    'revenue': 19.99,
    'currency': 'EUR',
})
analytics.flush()
`
}

function toCurlCode({ trackingHost, writeKey }: Address): string {
  return `curl '${trackingHost}/v1/track' \\
  --user '${writeKey}:' \\
  --header 'Content-Type: application/json' \\
  --data-raw '{
    "userId": "u1",
    "event": "Order Completed",
    "properties": { "revenue": 19.99, "currency": "EUR" }
  }'
`
}
