import { messengerScript } from '@intercom-destinations/emulator'
import { Hono, type Context } from 'hono'
import type { DestinationState } from '../../contract'
import { readAnalyticsFiles, readWebDestination } from './cdn-scripts'
import { toSettingsDocument } from './cdn-settings'
import { SHOP_WRITE_KEY } from '../tracking/tracking-key'

export interface CdnOptions {
  /** The write key that the page shows. The shop's own key is accepted too. */
  readonly writeKey: string
  /** Read for every request, so that a change applies from the next page on. */
  readonly web: () => DestinationState
  /** Whether Intercom's script is refused, as an ad blocker would. */
  readonly isWidgetBlocked: () => boolean
}

const FORBIDDEN = 403

/**
 * Segment's CDN and Intercom's, for pages of this server: the real Analytics.js, the settings document of the source,
 * the built web destination, and the stand-in for the Messenger. Mount it at `/cdn`. URLs in the served files use the
 * host of the request, which the guard has checked: a page may be open at `localhost` or at `127.0.0.1`.
 */
export function createCdn({ writeKey, web, isWidgetBlocked }: CdnOptions): Hono {
  const app = new Hono()
  const files = readAnalyticsFiles()
  const toWebDestination = readWebDestination()
  const isKnown = (key: string) => key === writeKey || key === SHOP_WRITE_KEY

  app.use(async (context, next) => {
    await next()
    context.header('Cache-Control', 'no-cache')
  })
  app.get('/analytics.js/v1/:key/analytics.min.js', (context) =>
    isKnown(context.req.param('key')) ? script(context, files.get('standalone.js')) : context.notFound()
  )
  app.get('/analytics-next/bundles/:name', (context) => script(context, files.get(context.req.param('name'))))
  app.get('/v1/projects/:key/settings', (context) => {
    const key = context.req.param('key')
    return isKnown(key) ? context.json(toSettingsDocument(originOf(context), key, web())) : context.notFound()
  })
  app.get('/intercom-web.js', (context) => script(context, toWebDestination(`${originOf(context)}/cdn/widget/`)))
  app.get('/widget/:appId', (context) =>
    isWidgetBlocked() ? script(context, '', FORBIDDEN) : script(context, messengerScript())
  )
  return app
}

const originOf = (context: Context): string => new URL(context.req.url).origin

function script(context: Context, text: string | undefined, status: 200 | 403 = 200): Response | Promise<Response> {
  if (text === undefined) return context.notFound()
  return context.body(text, { status, headers: { 'Content-Type': 'text/javascript; charset=utf-8' } })
}
