import { serve } from '@hono/node-server'
import { createSender } from '@intercom-destinations/delivery'
import { createApp } from './app.js'

const { INTERCOM_TOKEN = '', SEGMENT_SECRET = '', INTERCOM_REST_HOST, HOST = '127.0.0.1', PORT = '3000' } = process.env

const sender = createSender({ token: INTERCOM_TOKEN, restHost: INTERCOM_REST_HOST })
const { fetch } = createApp(sender, SEGMENT_SECRET)
const server = serve({ fetch, hostname: HOST, port: Number(PORT) }, ({ address, port }) => {
  console.log(`Listening on ${address}, port ${port}.`)
})

/** Answers what is under way, and 503 for the rest, so that Segment sends it again. Then the process ends. */
function shutDown(): void {
  // A connection that waits for a next request would keep the process alive.
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 1
  server.close()
  void sender.close()
}

process.once('SIGTERM', shutDown)
