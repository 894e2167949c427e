import { serve } from '@hono/node-server'
import { Analytics } from '@segment/analytics-node'
import { Hono } from 'hono'
import { once } from 'node:events'
import type { JsonObject } from '../../../contract'
import { createTracking } from '../tracking'

test('events of Segment’s library for Node arrive complete', async () => {
  const taken: { event: JsonObject; source: string }[] = []
  const tracking = createTracking({ writeKey: 'key', submit: (event, source) => taken.push({ event, source }) })
  const server = serve({ fetch: new Hono().route('/v1', tracking).fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const problems: unknown[] = []
  const analytics = new Analytics({ writeKey: 'key', host: `http://127.0.0.1:${port}` })
  analytics.on('error', (problem) => problems.push(problem))

  const timestamp = '2024-01-02T03:04:05.000Z'
  analytics.identify({ userId: 'u1', traits: { plan: 'pro' }, timestamp })
  analytics.track({ userId: 'u1', event: 'Order Completed', properties: { revenue: 19.99 }, timestamp })
  analytics.group({ userId: 'u1', groupId: 'c1', traits: { name: 'Acme' }, timestamp })
  analytics.page({ anonymousId: 'a1', name: 'Home', timestamp })
  analytics.alias({ userId: 'u1', previousId: 'a1', timestamp })
  await analytics.closeAndFlush()
  server.close()

  expect(problems).toEqual([])
  expect(taken.map(({ source }) => source)).toEqual(['api', 'api', 'api', 'api', 'api'])
  const said = taken.map(({ event: { type, userId, anonymousId, groupId, previousId, event, name, traits } }) =>
    JSON.stringify({ type, userId, anonymousId, groupId, previousId, event, name, traits })
  )
  expect(said.map((line): unknown => JSON.parse(line))).toEqual([
    { type: 'identify', userId: 'u1', traits: { plan: 'pro' } },
    { type: 'track', userId: 'u1', event: 'Order Completed' },
    { type: 'group', userId: 'u1', groupId: 'c1', traits: { name: 'Acme' } },
    { type: 'page', anonymousId: 'a1', name: 'Home' },
    { type: 'alias', userId: 'u1', previousId: 'a1' }
  ])
})
