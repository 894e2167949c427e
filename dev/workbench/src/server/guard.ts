import type { MiddlewareHandler } from 'hono'
import { toProblems } from './api/problems'

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

const FORBIDDEN = 403
const UNSUPPORTED_MEDIA_TYPE = 415
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** Pages run only this server's own files, and only its own pages may frame them. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'"
].join('; ')

const isLoopbackOrigin = (origin: string): boolean => {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  return url !== undefined && ['http:', 'https:'].includes(url.protocol) && LOOPBACK.includes(url.hostname)
}

/**
 * Accepts requests from this machine to this server. Requests for another host (DNS rebinding) and from other sites are
 * refused. Pages of other local servers may only load Analytics.js and track events, which Segment allows to every page.
 */
export function guard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = LOOPBACK.map((name) => `${name}:${port()}`)
    const { req } = context
    if (!hosts.includes(req.header('host')?.toLowerCase() ?? '')) {
      return context.json(toProblems('This workbench answers to its own loopback address only.'), FORBIDDEN)
    }
    const origin = req.header('origin')?.toLowerCase()
    const isOwn = origin === undefined || hosts.some((host) => origin === `http://${host}`)
    // Segment's CDN and tracking API are open to every page; here to those of this machine.
    const isOpenToPages = req.path.startsWith('/v1/') || req.path.startsWith('/cdn/')
    if (!isOwn && !(isOpenToPages && isLoopbackOrigin(origin))) {
      return context.json(toProblems('This workbench does not answer to other sites.'), FORBIDDEN)
    }
    // Other pages may link here, as the consent page does. They may not read or embed this server.
    const site = req.header('sec-fetch-site')
    if (req.path.startsWith('/api/') && site !== undefined && site !== 'same-origin' && site !== 'none') {
      return context.json(toProblems('This workbench does not answer to other sites.'), FORBIDDEN)
    }
    // An image or a script of another site with this address is no redirect of the consent page.
    const destination = req.header('sec-fetch-dest') ?? 'document'
    if (req.path.startsWith('/connect/') && destination !== 'document') {
      return context.json(
        toProblems('Only a browser that comes back from the consent page is answered here.'),
        FORBIDDEN
      )
    }
    const isJson = req.header('content-type')?.toLowerCase().startsWith('application/json') ?? false
    if (req.path.startsWith('/api/') && !SAFE_METHODS.includes(req.method) && !isJson) {
      return context.json(toProblems('Send it as application/json.'), UNSUPPORTED_MEDIA_TYPE)
    }
    await next()
    if (!isOwn && req.path.startsWith('/cdn/')) {
      context.res.headers.set('Access-Control-Allow-Origin', origin)
      context.res.headers.append('Vary', 'Origin')
    }
    context.res.headers.set('X-Content-Type-Options', 'nosniff')
    context.res.headers.set('Referrer-Policy', 'no-referrer')
    context.res.headers.set('Cross-Origin-Resource-Policy', isOpenToPages ? 'cross-origin' : 'same-origin')
    // A report that is saved has a policy of its own.
    if (!context.res.headers.has('Content-Security-Policy'))
      context.res.headers.set('Content-Security-Policy', PAGE_POLICY)
    return undefined
  }
}
